"""What an index says of one text: who it is from, who took from it, and that nothing is known where it is not."""

from dataclasses import replace

import pytest

from provenance.model import Derivation, Trace
from provenance.report.answer import answer, placed


def squeezed(text: str) -> str:
    """The words alone, as lines may be broken anywhere."""
    return " ".join(text.split())


def test_a_text_with_two_sources_names_both_with_shares_reasons_and_passages(ferry: Trace) -> None:
    said = answer(ferry, "blog.txt", 1_200)
    assert said.startswith("Where blog.txt comes from, by 1,200 articles of the index\n\n")
    plain = squeezed(said)
    assert "from Harbour Post [post.html]: very likely, an excerpt (84 % of it is in the source" in plain
    assert "from Skerry Gazette: leaning, an excerpt (12 % of it is in the source)" in plain
    assert plain.index("Harbour Post") < plain.index("Skerry Gazette"), "the surest first"
    assert "why: a long stretch stands here in its own voice" in plain
    assert "for example: “The ferry Selkie ran aground in fog on Monday with 112 people aboard" in plain
    assert "uncalibrated" in plain and said.endswith("\n")


def test_a_text_with_one_source_that_nobody_has_read(ferry: Trace) -> None:
    plain = squeezed(answer(ferry, "post.html", 1))
    assert "by 1 article of the index" in plain
    assert "from Northern Wire: very likely, contributed a part" in plain and "[" not in plain.split("from Northern")[1]
    assert "for example" not in plain, "there is no text to show"


def test_a_text_without_a_source_says_so_and_who_took_from_it(ferry: Trace) -> None:
    assert squeezed(answer(ferry, "choir.txt", 9)).endswith("No source found.")
    taken = replace(ferry, derivations=tuple(d for d in ferry.derivations if d.derived != "post.html"), undecided=())
    plain = squeezed(answer(taken, "post.html", 9))
    assert "No source found." in plain and "2 texts took from it: blog.txt, Skerry Gazette." in plain
    assert "very likely" not in plain, "where no arrow is shown nothing is said of how sure it is"


def test_an_undecided_pair_is_said_with_what_would_settle_it(ferry: Trace) -> None:
    (case,) = (u for u in ferry.undecided if set(u.articles) == {"twin-a.txt", "twin-b.txt"})
    for id, other in (("twin-a.txt", "twin-b.txt"), ("twin-b.txt", "twin-a.txt")):
        plain = squeezed(answer(ferry, id, 9))
        assert f"It shares text with {other} [{other}]; which of the two was first is not known." in plain
        assert squeezed(case.would_settle) in plain
    doubtful = replace(ferry, undecided=(replace(case, what="relation"),))
    plain = squeezed(answer(doubtful, "twin-a.txt", 9))
    assert "It shares a little text with twin-b.txt [twin-b.txt]; whether one took it from the other" in plain


@pytest.mark.parametrize("width", [40, 80, 200])
def test_lines_keep_to_the_width_and_ascii_to_ascii(ferry: Trace, width: int) -> None:
    for id in ("blog.txt", "post.html", "choir.txt", "twin-a.txt"):
        said = answer(ferry, id, 1_000_000, width=width)
        body = said.split("\n")[2:]
        assert max(map(len, body)) <= width
        assert squeezed(said) == squeezed(answer(ferry, id, 1_000_000))
        assert answer(ferry, id, 1_000_000, width=width, ascii=True).isascii()


def test_only_passages_that_count_are_shown_and_no_more_than_three(ferry: Trace) -> None:
    def shown(change: Derivation) -> int:
        arrows = tuple(change if d.derived == "blog.txt" and d.is_primary else d for d in ferry.derivations)
        plain = squeezed(answer(replace(ferry, derivations=arrows), "blog.txt", 9))
        return plain.split("from Skerry Gazette")[0].count("for example:")

    arrow = next(d for d in ferry.derivations if d.derived == "blog.txt" and d.is_primary)
    counted = [p for p in arrow.passages if p.counted]
    assert shown(arrow) == len(counted) >= 1
    assert shown(replace(arrow, passages=tuple(counted) * 5)) == 3
    assert shown(replace(arrow, passages=tuple(replace(p, reason="boilerplate") for p in counted))) == 0


def test_one_line_places_a_text(ferry: Trace) -> None:
    line = placed(ferry, "blog.txt")
    assert line is not None and "\n" not in line
    assert line.startswith("Harbour Post [post.html]: very likely, an excerpt (84 %")
    assert "; Skerry Gazette: leaning, an excerpt" in line
    assert placed(ferry, "choir.txt") is None and placed(ferry, "twin-a.txt") is None
