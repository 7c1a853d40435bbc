from datetime import UTC, datetime, timedelta

import pytest

from provenance.model import Article, Derivation, Evidence, Published, Trace
from provenance.report.columns import columns, shorten, wrap
from provenance.report.wording import (
    Names,
    chance,
    confidence_word,
    date_words,
    outlet_words,
    percent,
    plain,
    quote,
    strongest_reason,
)

MORNING = datetime(2023, 9, 22, 8, 5, tzinfo=UTC)
MIDNIGHT = datetime(2023, 9, 22, tzinfo=UTC)
DAY = timedelta(hours=23, minutes=59, seconds=59)


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (None, "no date"),
        (Published(None, None, "nothing"), "no date"),
        (Published(MIDNIGHT, MIDNIGHT + DAY, "date line"), "22 Sep 2023"),
        (Published(MORNING, MORNING, "JSON-LD"), "22 Sep 2023, 08:05 UTC"),
        (Published(MIDNIGHT, None, "caption"), "not before 22 Sep 2023"),
        (Published(None, MIDNIGHT, "credit"), "not after 22 Sep 2023"),
        (Published(MIDNIGHT, MIDNIGHT + 3 * DAY, "two dates"), "between 22 Sep 2023 and 24 Sep 2023"),
    ],
)
def test_an_interval_is_said_as_people_say_it(published: Published | None, words: str) -> None:
    assert date_words(published) == words


def test_the_words_for_confidence_change_at_the_limits_of_the_design() -> None:
    said = [confidence_word(p) for p in (0.9, 0.8999, 0.7, 0.6999, 0.5, 0.4999)]
    assert said == ["very likely", "likely", "likely", "leaning", "leaning", "undecided"]


def test_a_chance_is_never_rounded_up_into_the_next_word() -> None:
    assert [chance(p) for p in (0.8999, 0.9, 0.99, 0.9901, 1.0)] == ["89 %", "90 %", "99 %", "over 99 %", "over 99 %"]


def test_a_share_is_never_rounded_to_all_or_nothing() -> None:
    assert [percent(s) for s in (0.0, 0.004, 0.5, 0.996, 1.0)] == ["0 %", "under 1 %", "50 %", "99 %", "100 %"]


@pytest.mark.parametrize(
    ("wild", "tame"),
    [
        ("\x1b[2J\x1b[1;31mHarbour Post\x1b[0m", "Harbour Post"),
        ("\x1b]0;new window title\x07Harbour Post", "Harbour Post"),
        ("\x1b]8;;https://evil.example\x1b\\Harbour\x1b]8;;\x1b\\ Post", "Harbour Post"),
        ("\x9b31mHarbour Post", "Harbour Post"),
        ("Harbour\u202etsoP\u2066", "HarbourtsoP"),
        ("Harbour\r\n\tPost\x00", "Harbour Post"),
        ("caf\udce9.txt", "caf�.txt"),
        ("The mayor\x9ds boat stayed in port", "The mayors boat stayed in port"),
        ("می\u200cخواهد", "می\u200cخواهد"),
    ],
)
def test_what_comes_out_of_an_article_cannot_steer_a_terminal(wild: str, tame: str) -> None:
    assert plain(wild) == tame


def test_an_outlet_that_is_inferred_or_stated_says_so_wherever_it_is_shown() -> None:
    def named(ground: str) -> str:
        return outlet_words(Article("a.txt", "a.txt", "", outlet="Harbour Post", outlet_ground=ground))

    assert named("og:site_name") == "Harbour Post"
    assert named("stated by A. Quill") == "Harbour Post (stated)"
    assert named("digest.txt credits Harbour Post for a sentence that aligns with this text") == "likely Harbour Post"
    assert outlet_words(Article("a.txt", "a.txt", "")) == "outlet unknown"


def test_what_balances_the_sum_is_never_given_as_the_reason() -> None:
    arrow = Derivation(
        "b.txt",
        "a.txt",
        "rewritten",
        0.7,
        0.4,
        True,
        (
            Evidence("competition", 3.0, "Others."),
            Evidence("sentences", 0.5, "Same sentences."),
            Evidence("time", -2.6, "Late."),
        ),
    )
    assert strongest_reason(arrow.evidence) == "Same sentences."
    shared = Evidence("shared_text", 4.0, "they share 40 words")
    assert strongest_reason((shared, *arrow.evidence)) == "Same sentences."
    alike = Evidence("keeps", 3.0, "most of it stands there")
    assert strongest_reason((shared, alike, *arrow.evidence)) == "Same sentences."
    weaker = Evidence("time", 0.4, "It appeared a day earlier.")
    assert strongest_reason((shared, alike, weaker)) == "most of it stands there"
    assert strongest_reason((shared,)) == "they share 40 words"
    assert strongest_reason(()) == "no single reason stands out"


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("Ferry aground", "“Ferry aground”"),
        ('"Stop," he said, "or turn."', "“‘Stop,’ he said, ‘or turn.’”"),
        ("“We heard her”: a morning", "“‘We heard her’: a morning”"),
        ("Ein Zettel: „Wir backen.“", "“Ein Zettel: ‘Wir backen.’”"),
        ("Jerusalem’s", "“Jerusalem’s”"),
    ],
)
def test_quotations_look_alike_wherever_they_come_from(words: str, quoted: str) -> None:
    assert quote(words) == quoted


def test_a_file_that_a_reason_names_gets_its_outlet(ferry: Trace) -> None:
    names = Names.of(ferry)
    assert names.told("digest.txt credits it (post.html).") == (
        "Isles Digest [digest.txt] credits it (Harbour Post [post.html])."
    )
    assert names.told("blog.txt and other.txt") == "blog.txt and other.txt"


def test_a_text_is_cut_between_words() -> None:
    text = "Radio Gellan counts 148 people aboard"
    cut = {shorten(text, width) for width in range(15, 37)}
    assert all(text.startswith(c.removesuffix("…") + " ") for c in cut), cut


def test_a_long_file_name_is_parted_at_its_joints() -> None:
    assert wrap("[000_1f7c0d0ed3992dfc.txt]", 23) == ["[000_1f7c0d0ed3992dfc.", "txt]"]
    assert wrap("[02-village-lorries-stop.txt]", 16) == ["[02-village-", "lorries-stop.", "txt]"]


def test_wide_characters_take_two_columns() -> None:
    assert columns("港口新闻") == 8
    assert wrap("港口新闻渡轮搁浅", 6) == ["港口新", "闻渡轮", "搁浅"]
    assert columns(shorten("港口新闻渡轮搁浅", 7)) <= 7


def test_no_line_is_wider_than_asked_and_no_word_is_lost() -> None:
    text = "The Selkie ran aground near Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch on Monday"
    lines = wrap(text, 20)
    assert all(columns(line) <= 20 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
