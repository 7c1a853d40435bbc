"""The lesson shows the articles and no more at first, says what it is compared with, and speaks both its languages."""

import json
import re
import tomllib
from dataclasses import fields, replace
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from provenance.errors import InputError, SettingError
from provenance.ingest.truth import read_truth
from provenance.model import Article, Change, Trace
from provenance.pipeline import read_articles, trace
from provenance.report.lesson_answers import answers_of
from provenance.report.lesson_cast import Cast
from provenance.report.lesson_page import lesson_page
from provenance.report.lesson_questions import credited, reports
from provenance.report.lesson_sets import ready_sets
from provenance.report.lesson_words import lesson_language, lesson_languages, lesson_words
from provenance.report.tree_picture import PictureWords
from provenance.truth import TrueDerivation, TrueUndecided, Truth

READ = lesson_words("en")["read"]
EMPTY = Truth({}, (), (), True, (), {}, (), {}, None, (), ())


class Page(HTMLParser):
    """Elements in order: tag, attributes, and the text in them; closed details and hidden parts are told apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, bool]] = []
        self.first_sight = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        here = dict(attrs)
        self.elements.append((tag, here))
        if tag not in ("meta", "br", "input"):
            closed = tag in ("script", "style", "title") or (tag == "details" and "open" not in here)
            self.open.append((tag, closed))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(closed for _, closed in self.open):
            self.first_sight += data

    def of(self, css: str) -> list[dict[str, str | None]]:
        return [attrs for _, attrs in self.elements if css in (attrs.get("class") or "").split()]

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.elements if "id" in attrs]


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="lesson">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found.group(1))
    return data


@pytest.fixture(scope="module")
def classroom(root: Path) -> Trace:
    return trace(read_articles(root / "inputs" / "classroom"))


@pytest.fixture(scope="module")
def classroom_truth(root: Path) -> Truth:
    return read_truth(root / "inputs" / "classroom" / "truth.json")


# --- what pupils see -------------------------------------------------------------------------------------------------


def test_every_article_can_be_read_whole(ferry: Trace) -> None:
    html = lesson_page(ferry)
    assert len(Page(html).of("card")) == len(ferry.articles)
    for article in ferry.articles:
        for line in article.text.splitlines():
            assert line.replace("'", "&#39;").replace('"', "&#34;") in html


def test_at_first_sight_nobody_is_said_to_have_taken_anything(classroom: Trace, classroom_truth: Truth) -> None:
    page = Page(lesson_page(classroom, classroom_truth))
    assert "Skarn Press Agency" in page.first_sight
    for told in ("byline and last line name the agency", "very likely", "stand in", "2 · Evranmouth Mercury took text"):
        assert told not in page.first_sight
    assert page.of("true-arrow")


def test_an_outlet_that_was_only_inferred_is_not_given_away(ferry: Trace) -> None:
    guessed = replace(
        ferry.articles[0], outlet="Skerry Chronicle", outlet_ground="a sentence that aligns with another article"
    )
    page = Page(lesson_page(replace(ferry, articles=(guessed, *ferry.articles[1:]))))
    assert "Skerry Chronicle" not in page.first_sight
    assert "newspaper not named" in page.first_sight


def test_a_date_that_was_only_inferred_is_not_given_away(ferry: Trace) -> None:
    dates = {card.file: card.date for card in Cast.of(ferry, None, READ).cards}
    assert dates["post.html"] == "3 May 2031"
    assert dates["blog.txt"] == dates["choir.txt"] == dates["twin-a.txt"] == "no date given"


def test_the_palette_has_right_and_tempting_names_and_nobody_twice(classroom: Trace, ferry: Trace) -> None:
    assert set(Cast.of(classroom, None, READ).named.values()) == {"Marine Safety Office", "Tidewright Review"}
    named = Cast.of(ferry, None, READ).named
    assert list(named.values()) == sorted(
        {"Northern Wire", "Skerry Gazette", "Skerry Radio", "the choir's director"}, key=str.casefold
    )


def test_a_name_that_only_the_truth_knows_is_in_the_palette_too(ferry: Trace) -> None:
    arrow = TrueDerivation("choir.txt", "named:choral news", "republished", True, "it says so")
    html = lesson_page(ferry, replace(EMPTY, derivations=(arrow,)))
    assert "choral news" in Page(html).first_sight


# --- answers ---------------------------------------------------------------------------------------------------------


def test_the_answers_are_the_truth_where_there_is_one(classroom: Trace, classroom_truth: Truth) -> None:
    html = lesson_page(classroom, classroom_truth)
    data = data_of(html)
    names, arrows = data["names"], {(a["derived"], a["source"]) for a in data["arrows"]}
    assert len(arrows) == len(classroom_truth.derivations) == 9
    assert ("a3", next(key for key, name in names.items() if name == "Tidewright Review")) in arrows
    assert {("a19", "a4"), ("a19", "a6")} <= arrows
    assert [sorted(case["pair"]) for case in data["open"]] == [["a1", "a16"], ["a15", "a17"]]
    assert data["reports"] == 11
    assert "a person who knows this pile" in html
    assert "the whole wire text under a new headline" in html


def test_without_a_truth_the_page_says_that_the_tool_may_be_wrong(ferry: Trace) -> None:
    html = lesson_page(ferry)
    assert "compared with the tool, which can be wrong" in Page(html).first_sight
    assert "The answers were written down" not in html


def test_an_arrow_below_one_half_is_open_and_no_answer(ferry: Trace) -> None:
    weak = replace(ferry.derivations[0], probability=0.49)
    data = data_of(lesson_page(replace(ferry, derivations=(weak, *ferry.derivations[1:]))))
    assert {"derived": "a1", "source": "a4"} not in data["arrows"]
    assert ["a1", "a4"] in [case["pair"] for case in data["open"]]


def test_a_missed_arrow_can_be_followed_to_its_passages(ferry: Trace) -> None:
    html = lesson_page(ferry)
    assert 'id="because-a1-a4"' in html
    after = html.split('id="because-a1-a4"')[1].split("</section>")[0]
    assert after.count("The ferry Selkie ran aground in fog on Monday with 112 people aboard") == 2


def test_the_picture_of_the_answers_has_every_arrow_with_room_for_a_mark(
    classroom: Trace, classroom_truth: Truth
) -> None:
    html = lesson_page(classroom, classroom_truth)
    drawn = dict(re.findall(r'<a class="pic-arrow[^>]*href="#because-([^"]+)"[^>]*>(.*?)</a>', html, re.DOTALL))
    assert set(drawn) == {f"{a['derived']}-{a['source']}" for a in data_of(html)["arrows"]}
    assert all('<text class="pic-word"' in inside for inside in drawn.values())


def test_an_arrow_of_the_truth_that_the_tool_lacks_still_says_why(ferry: Trace) -> None:
    arrow = TrueDerivation("choir.txt", "blog.txt", "excerpted", True, "the singer told the blog first")
    html = lesson_page(ferry, replace(EMPTY, derivations=(arrow,)))
    assert "The singer told the blog first" in html
    assert "The tool did not draw this arrow" in html


def test_the_teachers_page_answers_the_questions_of_the_worksheet(classroom: Trace, classroom_truth: Truth) -> None:
    solution = lesson_page(classroom, classroom_truth).split('<div class="solution">')[1]
    assert "Independent reports: 11" in solution
    assert "4 · Skarn Press Agency; 6 · Skerry Courier; 7 · The Isles Standard" in solution
    assert '“148”</span> → <span dir="auto">“163”' in solution


def test_a_fact_credit_is_no_arrow(classroom: Trace, classroom_truth: Truth) -> None:
    cast = Cast.of(classroom, classroom_truth, READ)
    facts = answers_of(classroom, classroom_truth, cast).facts
    assert facts["a3"] == (("Skerry Courier", "a6"),)
    assert [name for name, _ in facts["a19"]] == ["Skarn Press Agency", "Skerry Courier"]


def test_each_independent_report_is_told_with_the_articles_that_go_back_to_it(
    classroom: Trace, classroom_truth: Truth
) -> None:
    cast = Cast.of(classroom, classroom_truth, READ)
    found = reports(answers_of(classroom, classroom_truth, cast))
    said = [(report.firsts, report.others) for report in found]
    review = next(key for key, name in cast.named.items() if name == "Tidewright Review")
    assert len(said) == 11
    assert (("a4",), ("a2", "a10", "a19")) in said
    assert ((review,), ("a3",)) in said  # a source that is only named stands at the beginning
    assert (("a1", "a16"), ()) in said  # of two that cannot be told apart, neither is the first


def test_without_a_truth_the_reports_are_counted_from_the_arrows(ferry: Trace) -> None:
    answers = answers_of(ferry, None, Cast.of(ferry, None, READ))
    grouped = [key for group in answers.groups for key in group]
    assert len(grouped) == len(set(grouped)) == (len(ferry.articles) if answers.groups else 0)
    assert answers.reports == ferry.independent_reports.n


def test_what_an_article_names_is_told_by_what_it_names_it_for(classroom: Trace, classroom_truth: Truth) -> None:
    cast = Cast.of(classroom, classroom_truth, READ)
    answers = answers_of(classroom, classroom_truth, cast)
    names = {card.key: card.name for card in cast.cards} | cast.named
    rows = {(row.article, row.what): row for row in credited(classroom, cast, answers, names)}
    agency, courier = "4 · Skarn Press Agency", "6 · Skerry Courier"
    assert rows["a2", "whole"].names == (agency,)
    assert rows["a7", "picture"].names == (agency,)  # "SKPA", the short form of the agency
    assert rows["a7", "picture"].took == ()
    assert rows["a3", "fact"].names == (courier,) and rows["a3", "fact"].took == ()
    assert rows["a8", "fact"].took == (courier,)  # named for a fact only, and yet text came from there
    assert ("a2", "picture") not in rows  # for the whole text already


def test_a_name_for_facts_is_no_fact_row_where_text_came_from_there(classroom: Trace, classroom_truth: Truth) -> None:
    answers = answers_of(classroom, classroom_truth, Cast.of(classroom, classroom_truth, READ))
    assert answers.only_facts()["a3"] == ["Skerry Courier"]
    assert "a8" not in answers.only_facts() and "a19" not in answers.only_facts()


def test_an_article_of_an_open_pair_is_not_said_to_have_taken_from_nobody(
    classroom: Trace, classroom_truth: Truth
) -> None:
    cast = Cast.of(classroom, classroom_truth, READ)
    own = answers_of(classroom, classroom_truth, cast).by_nobody(card.key for card in cast.cards)
    assert own == ["a4", "a6", "a7", "a9", "a13", "a14", "a18"]
    for article, other in (("a15", "17 · Evran Business Week"), ("a17", "15 · Upland Observer")):
        said = lesson_page(classroom, classroom_truth).split(f'data-answer="{article}"')[1].split("</section>")[0]
        assert f"whether it and {other} took text from one another cannot be known" in said


def test_a_tempting_pair_says_what_it_shares(classroom: Trace, classroom_truth: Truth) -> None:
    told = data_of(lesson_page(classroom, classroom_truth))["why_not"]
    assert "photograph only" in told["a4 a7"]
    assert "newsletter" in told["a13 a14"]
    assert told["a14 a15"].startswith("The same event")  # "the others"


def test_numbers_that_changed_come_before_names(ferry: Trace) -> None:
    pairs = (("name", "Ann Lund", "Anne Lund"), ("number", "112", "121"))
    changes = tuple(Change(kind, before, after) for kind, before, after in pairs)
    arrow = replace(ferry.derivations[0], changes=changes)
    changed = replace(ferry, derivations=(arrow, *ferry.derivations[1:]))
    found = answers_of(changed, None, Cast.of(changed, None, READ)).arrows
    assert (("112", "121"), ("Ann Lund", "Anne Lund")) in [a.changed for a in found]


def test_sets_keep_families_together_and_hold_every_article_once(classroom: Trace, classroom_truth: Truth) -> None:
    cast = Cast.of(classroom, classroom_truth, READ)
    articles = [card.key for card in cast.cards]
    answers = answers_of(classroom, classroom_truth, cast)
    sets = ready_sets(answers, articles)
    assert sorted(key for found in sets.groups for key in found) == sorted(articles)
    of = {key: n for n, found in enumerate(sets.groups) for key in found}
    ties = [(a.derived, a.source) for a in answers.arrows] + [case.pair for case in answers.open]
    assert all(of[one] == of[other] for one, other in ties if one in of and other in of)
    assert len(sets.short) == 8 and set(answers.open[0].pair) <= set(sets.short)


def test_pupils_are_shown_no_file_names(classroom: Trace, classroom_truth: Truth) -> None:
    pupils, teacher = lesson_page(classroom, classroom_truth).split('<section id="teacher"')
    for article in classroom.articles:
        assert article.id not in pupils
        assert article.id in teacher


def test_bookkeeping_of_the_tool_is_no_reason_for_pupils(classroom: Trace, classroom_truth: Truth) -> None:
    words = lesson_words("en")["evidence"]
    html = lesson_page(classroom, classroom_truth)
    assert "The source appeared earlier." in html
    assert words["one_of_many"]["against"] not in html and words["competition"]["against"] not in html


def test_an_article_without_an_outlet_is_called_by_its_headline(ferry: Trace) -> None:
    bare = replace(ferry.articles[0], outlet=None, title="Fog over the sound")
    card = Cast.of(replace(ferry, articles=(bare, *ferry.articles[1:])), None, READ).cards[0]
    assert card.name == "1 · “Fog over the sound”"


def test_a_truth_of_another_pile_is_refused_with_the_cure(ferry: Trace, classroom_truth: Truth) -> None:
    with pytest.raises(InputError, match="not among the articles; give the folder"):
        lesson_page(ferry, classroom_truth)
    open_pair = TrueUndecided(("choir.txt", "nowhere.txt"), "relation", "")
    with pytest.raises(InputError, match=r"nowhere\.txt"):
        lesson_page(ferry, replace(EMPTY, undecided=(open_pair,)))


def test_a_truth_that_does_not_count_the_reports_leaves_that_open(ferry: Trace) -> None:
    html = lesson_page(ferry, EMPTY)
    assert data_of(html)["reports"] is None
    assert "Independent reports: None" not in html


# --- the file --------------------------------------------------------------------------------------------------------


def test_the_classroom_lesson_is_one_small_steady_file(classroom: Trace, classroom_truth: Truth) -> None:
    html = lesson_page(classroom, classroom_truth)
    assert html == lesson_page(classroom, classroom_truth)
    assert len(html.encode()) < 500_000
    page = Page(html)
    assert not [a for _, a in page.elements if "src" in a or "style" in a or any(k.startswith("on") for k in a)]
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg|creativecommons)", html.split("<main>")[0])


@pytest.mark.parametrize("pile", ["small", "deutsch"])
def test_no_fragment_stands_twice_and_every_link_arrives(root: Path, pile: str) -> None:
    folder = root / "inputs" / pile
    page = Page(lesson_page(trace(read_articles(folder)), read_truth(folder / "truth.json")))
    ids = page.ids()
    assert len(ids) == len(set(ids))
    links = [a["href"] or "" for tag, a in page.elements if "href" in a]
    assert links and {link[1:] for link in links} <= set(ids)


def test_what_an_article_contains_stays_text(ferry: Trace) -> None:
    bad = '<script>alert(1)</script></script><img src=x onerror="alert(2)">\u202e{name}'
    hostile = Article(id='"><b>x.txt', path="x", text=bad, title=bad, outlet=bad, outlet_ground="og:site_name")
    html = lesson_page(replace(ferry, articles=(*ferry.articles, hostile)))
    assert "<script>alert" not in html and "<img" not in html and "\u202e" not in html and "<b>x.txt" not in html
    assert data_of(html)["names"]["a7"].startswith("7 · <script>alert(1)</script>")


def test_a_pile_without_articles_or_arrows_gives_a_page(ferry: Trace) -> None:
    bare = replace(ferry, derivations=(), undecided=(), families=(), citations=())
    assert "In this pile there is no such pair." in lesson_page(bare)
    nothing = replace(bare, articles=(), sources=())
    assert "<main>" in lesson_page(nothing)


def test_a_licence_is_claimed_only_where_the_truth_names_one(ferry: Trace) -> None:
    assert "CC0" not in lesson_page(ferry, EMPTY)
    assert "Licence of the texts: CC0-1.0." in lesson_page(ferry, replace(EMPTY, licence="CC0-1.0"))


# --- languages -------------------------------------------------------------------------------------------------------


def leaves(words: Any, path: str = "") -> dict[str, str]:
    if isinstance(words, dict):
        return {k: v for key, inner in words.items() for k, v in leaves(inner, f"{path}.{key}").items()}
    if isinstance(words, list):
        return {k: v for n, inner in enumerate(words) for k, v in leaves(inner, f"{path}.{n}").items()}
    assert isinstance(words, str) and words.strip(), path
    return {path: words}


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("language", lesson_languages())
def test_every_language_has_the_same_words_with_the_same_placeholders(language: str) -> None:
    english, other = leaves(lesson_words("en")), leaves(lesson_words(language))
    assert set(other) == set(english)
    assert [key for key in english if placeholders(english[key]) != placeholders(other[key])] == []


def test_no_word_accuses() -> None:
    forbidden = re.compile(
        r"cop(?:y|ied)\s+from|stole|plagiar|theft|guilt|abgeschrieben|geklaut|gestohlen|Plagiat", re.I
    )
    for language in lesson_languages():
        assert [text for text in leaves(lesson_words(language)).values() if forbidden.search(text)] == []


def test_every_kind_of_evidence_has_a_plain_sentence(root: Path) -> None:
    package = root / "provenance"
    weights = tomllib.loads((package / "data" / "cue_weights.toml").read_text(encoding="utf-8"))["cues"]
    code = "".join(file.read_text(encoding="utf-8") for file in (package / "reconstruct").glob("*.py"))
    made = set(re.findall(r'(?:Evidence|Finding)\(\s*"(\w+)"', code))
    assert made - set(weights) == {"competition", "identity_by_sentence"}
    assert (made | set(weights)) - set(lesson_words("en")["evidence"]) == set()


def test_the_picture_has_all_its_words_in_every_language() -> None:
    wanted = {field.name for field in fields(PictureWords)} - {"months"}
    for language in lesson_languages():
        assert wanted == set(lesson_words(language)["picture"])


def test_every_word_is_used(root: Path) -> None:
    page = root / "provenance" / "data" / "page"
    used = "".join(f.read_text(encoding="utf-8") for f in page.glob("lesson*"))
    used += "".join(f.read_text(encoding="utf-8") for f in (root / "provenance" / "report").glob("lesson*.py"))
    dynamic = {"evidence", "picture", "mark", "kind", "confidence", "tasks", "evidence_words", "passage", "glossary"}
    unused = [
        f"{part}.{key}"
        for part, words in lesson_words("en").items()
        if isinstance(words, dict) and part not in dynamic
        for key in words
        if not re.search(rf"\b{re.sub('_(one|many)$', '', key)}\b", used)
    ]
    assert unused == []


def test_a_pile_is_taught_in_its_own_language_where_there_are_words(ferry: Trace) -> None:
    spoken = [
        replace(a, language=code) for a, code in zip(ferry.articles, ["de", "de", "de", "en", "fr", "fr"], strict=True)
    ]
    german = replace(ferry, articles=tuple(spoken))
    assert lesson_language(german, None) == "de"
    assert lesson_language(german, "en-GB") == "en"
    assert lesson_language(replace(ferry, articles=tuple(replace(a, language="fr") for a in spoken)), None) == "en"
    with pytest.raises(SettingError, match="de and en"):
        lesson_language(ferry, "fr")


def test_the_german_page_gives_the_tools_english_as_english(ferry: Trace) -> None:
    html = lesson_page(ferry, language="de")
    assert '<html lang="de"' in html
    assert "ein starker Hinweis" in html and "a strong sign" not in html
    folded = html.split("Was das Programm gezählt hat (englisch)</summary>")[1:]
    assert folded and all(part.lstrip().startswith('<ul lang="en">') for part in folded)
    assert "How one can see it" not in html and "took text" not in Page(html).first_sight


def test_what_is_told_of_the_german_pile_is_german(root: Path) -> None:
    folder = root / "inputs" / "deutsch"
    truth = read_truth(folder / "truth.json")
    html = lesson_page(trace(read_articles(folder)), truth)
    data = data_of(html)
    assert data["from"]["x"] == "jemandem, den wir nicht haben"
    assert data["why_not"]["a1 a6"].endswith("die Agentur steht nur unter dem Foto")
    assert "Ortsmarke „(nda) -“ und letzte Zeile" in html
    picture = html.split('class="pic-families"')[1].split("</svg>")[0]
    assert "„Sternenuhr aus" in picture and "”" not in picture
