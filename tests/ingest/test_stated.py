"""What a person states takes the place of what was read, and says so."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance import Article, Pile, Published
from provenance.errors import SettingError
from provenance.ingest import read_facts, with_facts
from provenance.model import Fact, Skipped

READ = Article(
    id="03-lamp.txt",
    path="pile/03-lamp.txt",
    text="The lamp went dark.",
    title="Read title",
    title_ground="first line",
    outlet="Read Outlet",
    outlet_ground="© line",
    byline="Read Byline",
    byline_ground="byline in the text",
    url="https://read.example/lamp",
    published=Published(None, None, "read"),
)
OTHER = Article(id="04-market.txt", path="pile/04-market.txt", text="The market closed.")
PILE = Pile((READ, OTHER), (Skipped("pile/05.bin", "binary"),))


def stated(field: str, value: str, article: str = READ.id) -> Pile:
    return with_facts(PILE, [Fact(article, field, value, "Ada Quill")])


@pytest.mark.parametrize("field", ["outlet", "title", "byline"])
def test_a_stated_thing_takes_the_place_of_what_was_read_with_its_ground(field: str) -> None:
    article = stated(field, "Stated").articles[0]
    assert getattr(article, field) == "Stated"
    assert getattr(article, f"{field}_ground") == "stated by Ada Quill"


def test_a_stated_address_takes_the_place_of_the_one_that_was_read() -> None:
    assert stated("url", "https://stated.example/x").articles[0].url == "https://stated.example/x"


@pytest.mark.parametrize("written", ["2031-05-03", "3 May 2031", "May 3, 2031"])
def test_a_stated_day_is_the_whole_of_that_day(written: str) -> None:
    published = stated("date", written).articles[0].published
    assert published == Published(
        datetime(2031, 5, 3, tzinfo=UTC), datetime(2031, 5, 3, 23, 59, 59, tzinfo=UTC), "stated by Ada Quill"
    )


def test_a_stated_minute_with_a_zone_is_an_instant_in_utc() -> None:
    published = stated("date", "2031-05-03T09:30:00+02:00").articles[0].published
    assert published is not None
    assert published.earliest == published.latest == datetime(2031, 5, 3, 7, 30, tzinfo=UTC)


def test_only_the_article_that_is_named_changes_and_nothing_is_lost() -> None:
    pile = stated("outlet", "Stated")
    assert pile.articles[1] == OTHER
    assert [a.id for a in pile.articles] == [READ.id, OTHER.id]
    assert pile.skipped == PILE.skipped
    assert PILE.articles[0].outlet == "Read Outlet"


def test_statements_that_contradict_each_other_are_an_error_that_names_both() -> None:
    said = [Fact(READ.id, "outlet", name, "Ada") for name in ("First", "Second")]
    with pytest.raises(SettingError, match=r"contradictory facts.*First.*Second"):
        with_facts(PILE, said)
    with pytest.raises(SettingError, match="contradictory"):
        with_facts(PILE, [Fact(READ.id, "from", OTHER.id, "Ada"), Fact(READ.id, "not from", OTHER.id, "Bo")])
    with pytest.raises(SettingError, match="contradictory"):
        with_facts(PILE, [Fact(READ.id, "from", OTHER.id, "Ada"), Fact(OTHER.id, "from", READ.id, "Bo")])
    assert with_facts(PILE, [said[0], said[0]]).articles[0].outlet == "First"


@pytest.mark.parametrize("relation", ["from", "not from"])
def test_relations_between_articles_of_the_pile_leave_the_articles_as_they_are(relation: str) -> None:
    assert stated(relation, OTHER.id) == PILE


def test_a_source_outside_the_pile_becomes_a_credit_for_the_whole_text() -> None:
    (credit,) = stated("from", "Tidewright Review").articles[0].credits
    assert (credit.article, credit.source_name, credit.kind, credit.tier) == (
        READ.id,
        "Tidewright Review",
        "stated",
        "A",
    )
    assert credit.span is None
    assert "Ada Quill" in credit.text


def test_a_circle_of_any_length_is_an_error_that_names_its_steps() -> None:
    ids = ["a.txt", "b.txt", "c.txt", "d.txt"]
    articles = Pile(tuple(Article(id=id, path=id, text="Words.") for id in ids))
    steps = [Fact(one, "from", other, "Ada Quill") for one, other in zip(ids, [*ids[1:], ids[0]], strict=True)]
    assert with_facts(articles, steps[:3]) == articles
    with pytest.raises(SettingError, match=r"round in a circle") as wrong:
        with_facts(articles, steps)
    assert all(id in str(wrong.value) for id in ids)


def test_two_main_sources_of_one_text_are_an_error_and_the_same_one_twice_is_none() -> None:
    articles = Pile((Article(id="a.txt", path="a.txt", text="Words."),))
    reuters, afp = (Fact("a.txt", "from", name, "Ada Quill") for name in ("Reuters", "AFP"))
    with pytest.raises(SettingError, match=r"two main sources.*Reuters.*AFP"):
        with_facts(articles, [reuters, afp])
    again = Fact("a.txt", "from", "Reuters", "Tom Vane")
    assert with_facts(articles, [reuters, again]).articles[0].credits


def test_no_statements_change_nothing() -> None:
    assert with_facts(PILE, []) == PILE


def test_an_article_that_is_not_there_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(SettingError, match=r"no article '03-lmap\.txt' in this pile; did you mean '03-lamp\.txt'\?"):
        stated("outlet", "Stated", "03-lmap.txt")


def test_an_article_that_is_like_none_is_an_error_without_a_guess() -> None:
    with pytest.raises(SettingError) as caught:
        stated("outlet", "Stated", "zzz")
    assert str(caught.value) == "no article 'zzz' in this pile"


def test_not_from_something_outside_the_pile_is_an_error_that_names_the_nearest_article() -> None:
    with pytest.raises(
        SettingError, match=r"'04-markt\.txt' is no article of this pile.*did you mean '04-market\.txt'\?"
    ):
        stated("not from", "04-markt.txt")


def test_an_article_that_is_from_itself_is_an_error() -> None:
    with pytest.raises(SettingError, match="itself"):
        stated("from", READ.id)


def test_a_facts_file_is_read_and_applied_in_one_go(tmp_path: Path) -> None:
    file = tmp_path / "facts.csv"
    file.write_text(
        "article,field or relation,value,who says so\n"
        "03-lamp.txt,outlet,Carrow Mail,Ada Quill\n"
        "04-market.txt,date,2031-05-03,Ada Quill\n"
        "04-market.txt,from,Tidewright Review,Ada Quill\n",
        encoding="utf-8",
    )
    lamp, market = with_facts(PILE, read_facts(file)).articles
    assert lamp.outlet == "Carrow Mail"
    assert market.published is not None
    assert [c.source_name for c in market.credits] == ["Tidewright Review"]
