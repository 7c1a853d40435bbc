"""What the dates inside a text say of its day."""

from datetime import date

from provenance.ingest.known import Known
from provenance.ingest.plain_text import article_from
from provenance.model import Article, Published


def read(text: str) -> Article:
    return article_from("a.txt", "a.txt", text, Known())


def published(text: str) -> Published:
    found = read(text).published
    assert found is not None
    return found


def days(text: str) -> tuple[date | None, date | None]:
    found = published(text)
    return found.earliest and found.earliest.date(), found.latest and found.latest.date()


FERRY = "The ferry to Lower Hallow sank in the outer harbour, the port office of Marrow Bay said in a statement."


def test_the_latest_past_day_bounds_a_text_without_a_date_line() -> None:
    repairs = "It was built in 1998 and had been repaired on March 2, 2031, and again on April 9, 2031."
    text = f"Ferry sinks off Marrow Bay\n\n{FERRY}\n\n{repairs}"
    assert days(text) == (date(2031, 4, 9), None)
    assert "not before" in published(text).read_from and "April 9, 2031" in published(text).read_from


def test_a_day_that_lies_ahead_bounds_nothing() -> None:
    ahead = "A hearing is scheduled for June 1, 2031.\n\nThe wreck will be raised on July 2, 2031."
    text = f"{FERRY}\n\n{ahead}\n\nIt was repaired on March 2, 2031."
    assert days(text) == (date(2031, 3, 2), None)


def test_a_caption_bounds_even_without_a_verb_in_the_past() -> None:
    caption = "In this photo released by the port office on May 3, 2031, smoke rises over the pier."
    text = f"Ferry sinks off Marrow Bay\n\n{caption}\n\n{FERRY}"
    assert days(text) == (date(2031, 5, 3), None)


def test_an_embedded_post_gives_a_weekday_its_year() -> None:
    post = "Smoke over the pier pic.twitter.com/a1B2c3\n— Ada Quill (@adaquill) April 28, 2031"
    text = f"Divers reached the ferry on Saturday, 3 May, the port office said.\n\n{FERRY}\n\n{post}"
    assert days(text) == (date(2031, 5, 3), None)
    assert "weekday" in published(text).read_from


def test_a_weekday_alone_settles_no_year() -> None:
    assert read(f"Divers reached the ferry on Saturday, 3 May, the port office said.\n\n{FERRY}").published is None


def test_comments_below_an_article_do_not_bound_it() -> None:
    comments = "2 Comments\n\nAnn wrote on May 9, 2033: I was there when it sank."
    text = f"{FERRY}\n\n{FERRY[:-1]} again, as it had said before.\n\n{comments}"
    assert read(text).published is None


def test_last_month_and_named_days_tell_day_from_month() -> None:
    body = "The ferry that sank last month off Marrow Bay was raised, the port office said."
    text = f"Ferry raised\n\n5-10-2031 |\n\n{body}\n\nIt went down on Sept. 19 with 40 cars on board."
    assert days(text) == (date(2031, 10, 5), date(2031, 10, 5))
    assert "day first" in published(text).read_from
    turned = text.replace("Sept. 19", "April 19")
    assert days(turned) == (date(2031, 5, 10), date(2031, 5, 10))


def test_a_weekday_beside_the_figures_tells_day_from_month() -> None:
    assert days(f"Ferry raised\n\nSunday, 5/10/2031\n\n{FERRY}") == (date(2031, 10, 5), date(2031, 10, 5))


def test_days_just_behind_and_just_ahead_tell_day_from_month() -> None:
    days_named = "Divers have worked since Monday, 9 June. They will stop on Friday 13 June."
    text = f"Ferry raised\n\n11-6-2031 |\n\n{FERRY}\n\n{days_named}"
    assert days(text) == (date(2031, 6, 11), date(2031, 6, 11))
    assert days(text.replace("Friday 13 June", "Friday 13 December")) == (date(2031, 6, 11), date(2031, 11, 6))


def test_what_nothing_settles_spans_both_readings() -> None:
    assert days(f"Ferry raised\n\n5/10/2031\n\n{FERRY}") == (date(2031, 5, 10), date(2031, 10, 5))


def test_a_german_text_is_read_by_its_own_words() -> None:
    text = (
        "Die Fähre sank im Hafen, sagte die Hafenbehörde von Sandeck am Abend.\n\n"
        "Sie wurde am 2. März 2031 repariert und soll bis zum 1. Juni 2031 gehoben werden.\n\n"
        "Das Schiff war am 9. April 2031 in Sandeck angekommen und hatte 40 Autos an Bord."
    )
    assert days(text) == (date(2031, 4, 9), None)
