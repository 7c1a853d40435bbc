"""Where one text comes from, in a few lines: the answer to a question that an index was asked."""

from collections.abc import Iterator

from provenance.model import Derivation, Passage, Trace
from provenance.report.arrow_words import called
from provenance.report.columns import WIDTH, listed, shorten, wrap
from provenance.report.terminal import settling
from provenance.report.wording import (
    Names,
    about_confidence,
    confidence,
    counted,
    in_ascii,
    kind_words,
    plain,
    quote,
    share_words,
)

_PASSAGES = 3  # of an arrow, the longest
_QUOTED = 160  # characters of a passage


def answer(found: Trace, id: str, among: int, *, ascii: bool = False, width: int = WIDTH) -> str:
    """What an index says of one text.

    Args:
        found: the trace of the text and what it may come from.
        id: of the text.
        among: how many articles were asked.
        ascii: quotation marks with ASCII characters.
        width: columns of the terminal.

    Returns:
        Lines of text that end with a line break.
    """
    names = Names.of(found)
    arrows = found.sources_of(id)
    items = [_lines(names, found, arrow) for arrow in arrows]
    title = f"Where {plain(id)} comes from, by {counted(among, 'article')} of the index"
    body = listed(items, width) if items else "".join(f"{line}\n" for line in wrap(_nothing(names, found, id), width))
    if arrows:
        body += "".join(f"{line}\n" for line in wrap(about_confidence(found.generated_by.calibrated), width))
    text = f"{title}\n\n{body}"
    return in_ascii(text) if ascii else text


def placed(found: Trace, id: str) -> str | None:
    """One line on where a text comes from; None where no source was found."""
    arrows = found.sources_of(id)
    if not arrows:
        return None
    names = Names.of(found)
    return "; ".join(_head(names, found, arrow) for arrow in arrows[:_PASSAGES])


def _head(names: Names, found: Trace, arrow: Derivation) -> str:
    shares = ", ".join(share_words(arrow, "of it is in the source", "of the source is in it"))
    became = kind_words(arrow) + (f" ({shares})" if shares else "")
    at = f" [{plain(arrow.source)}]" if arrow.source in names.articles else ""
    return f"{called(names, arrow.source)}{at}: {confidence(arrow, found.generated_by.calibrated)}, {became}"


def _lines(names: Names, found: Trace, arrow: Derivation) -> list[str]:
    """An arrow to the text: who, how sure, why, and its longest passages."""
    lines = [f"from {_head(names, found, arrow)}", f"why: {names.reason(arrow.evidence)}"]
    derived = names.articles.get(arrow.derived)
    if derived is not None:
        lines += [f"for example: {quote(shorten(plain(p.a.cut(derived.text)), _QUOTED))}" for p in _longest(arrow)]
    return lines


def _longest(arrow: Derivation) -> list[Passage]:
    """The longest passages that count, in the order of the text."""
    counted_ones = [p for p in arrow.passages if p.counted]
    longest = sorted(counted_ones, key=lambda p: p.a.start - p.a.end)[:_PASSAGES]
    return sorted(longest, key=lambda p: p.a)


def _nothing(names: Names, found: Trace, id: str) -> str:
    """What is to be said where no arrow ends."""
    said = ["No source found."]
    said += _undecided(names, found, id)
    said += dict.fromkeys(settling(case) for case in found.undecided if id in case.articles)
    if takers := found.derived_from(id):
        some = ", ".join(called(names, d.derived) for d in takers[:5])
        said.append(f"{counted(len(takers), 'text')} took from it: {some}.")
        article = names.articles.get(id)
        if article is not None and article.published is None:
            said.append("It says no date; if it is the later text, state its date and ask again.")
    return " ".join(said)


def _undecided(names: Names, found: Trace, id: str) -> Iterator[str]:
    for case in found.undecided:
        if id in case.articles:
            other = next(each for each in case.articles if each != id)
            who = f"{called(names, other)} [{plain(other)}]"
            if case.what == "direction":
                yield f"It shares text with {who}; which of the two was first is not known."
            else:
                yield f"It shares a little text with {who}; whether one took it from the other is not known."
