from dataclasses import replace

from provenance.model import Article, Change, Credit, Derivation, Place, Span, Trace
from provenance.report.changes import change_lines
from provenance.report.terminal import changes
from provenance.report.wording import Names

HEADLINE = Change("headline", "Ferry aground", "All safe")
NUMBER = Change("number", "148", "163")
DROPPED = (Change("sentence_dropped", "The lamp was dead.", None), Change("sentence_dropped", "It was dark.", None))
ADDED = Change("sentence_added", None, "The council will meet.")
NAMED = Change("credit", None, "Skerry Radio said")


def lines(trace: Trace, *found: Change, **other: object) -> list[str]:
    arrow: Derivation = replace(trace.derivations[3], changes=found, **other)  # type: ignore[arg-type]
    return change_lines(Names.of(trace), arrow)


def test_every_kind_of_change_has_its_line(ferry: Trace) -> None:
    assert lines(ferry, ADDED, *DROPPED, NAMED, NUMBER, HEADLINE) == [
        "headline: “Ferry aground” became “All safe”",
        "numbers: “148” became “163”",
        "newly named: “Skerry Radio said”",
        "shortened: 2 sentences not printed, such as “The lamp was dead.”",
        "new: 1 sentence, “The council will meet.”",
    ]


def test_of_an_excerpt_and_of_a_part_only_numbers_and_names_are_told(ferry: Trace) -> None:
    found = (HEADLINE, NAMED, NUMBER, *DROPPED, ADDED)
    assert lines(ferry, *found, kind="excerpted") == ["numbers: “148” became “163”"]
    assert lines(ferry, *found, is_primary=False) == ["numbers: “148” became “163”"]


def test_the_credit_of_a_picture_is_no_change_of_the_text(ferry: Trace) -> None:
    span = Span(0, 7)
    picture = Credit("post.html", "Lena Orvik", "photo_credit", "D", "Lena Orvik / SKPA", span)
    articles = tuple(with_credit(a, picture) for a in ferry.articles)
    gone = Change("credit", "Lena Orvik / SKPA", None, (Place("post.html", span),))
    assert lines(ferry, gone) == ["no longer named: “Lena Orvik / SKPA”"]
    assert lines(replace(ferry, articles=articles), gone) == []


def with_credit(article: Article, credit: Credit) -> Article:
    return replace(article, credits=(*article.credits, credit)) if article.id == credit.article else article


def test_an_arrow_without_a_change_worth_telling_is_not_listed(ferry: Trace) -> None:
    arrow = replace(ferry.derivations[3], kind="excerpted", changes=DROPPED)
    assert changes(replace(ferry, derivations=(arrow,))) == ""
