"""What a picture of a tree shows, free of where it comes from: boxes, arrows between them, and what is open."""

from dataclasses import dataclass
from typing import Literal

from provenance.model import Published, SourceKind

MarkKind = Literal["found", "missed", "extra"]
GroupKind = Literal["family", "listed"]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Node:
    """A box: an article, a named source or an unseen one.

    Attributes:
        id: what arrows call it.
        name: the outlet, or whatever it is called.
        kind: article (solid frame), named (dashed) or unseen (dotted).
        when: the interval in which it appeared; it decides how far right the box stands.
        date: the same in words.
        title: its headline.
        link: the fragment where its text stands, None for no link.
        about: what else tells it from others, such as its file.
        known: how the text of a source that is no article is known; stands in the box.
        facts: whom it names for facts.
        notes: whatever else is to be said of it, a sentence each; only in the list and on hovering.
    """

    id: str
    name: str
    kind: SourceKind = "article"
    when: Published | None = None
    date: str = ""
    title: str | None = None
    link: str | None = None
    about: str = ""
    known: str = ""
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """What a check says of an arrow: found, missed or extra, and the word for it."""

    kind: MarkKind
    word: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """``derived`` took text from ``source``.

    Attributes:
        source, derived: ids of nodes.
        word: how sure, as a word that stands at the arrow.
        css: the class that gives its colour: very-likely, likely, leaning or undecided.
        share: part of the derived text, 0 to 1, None where unknown; it gives the thickness.
        share_word: the same as people read it, such as "97 %".
        said: the sentence that the arrow stands for.
        detail: what became of the text and how much of it.
        is_main: whether it is the source of the text rather than of a part of it.
        link: the fragment where the reasons stand, None for no link.
        mark: what a check says of it.
    """

    source: str
    derived: str
    word: str = ""
    css: str = "very-likely"
    share: float | None = None
    share_word: str = ""
    said: str = ""
    detail: str = ""
    is_main: bool = True
    link: str | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """Two texts of which it is not known which one took from the other, or whether one did.

    Attributes:
        ends: the ids of both; one of them may stand in another group.
        what: direction (they belong together) or relation (they share a little).
        word: what stands at the line.
        said: the sentence that the line stands for.
        link: the fragment where the reasons stand, None for no link.
    """

    ends: tuple[str, str]
    what: Literal["direction", "relation"]
    word: str = ""
    said: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Texts that belong together: drawn as one picture, or (``listed``) only as a list under the heading."""

    heading: str
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...] = ()
    opens: tuple[Open, ...] = ()
    kind: GroupKind = "family"


@dataclass(frozen=True, slots=True)
class PictureWords:
    """The words of the picture itself, so that a page in another language can bring its own."""

    months: tuple[str, ...] = _MONTHS
    day: str = "{day} {month} {year}"
    day_of_month: str = "{day}"
    no_date: str = "no date"
    not_before: str = "not before {}"
    not_after: str = "not after {}"
    same_day: str = "same day"
    one_day_later: str = "1 day later"
    days_later: str = "{n} days later"
    facts: str = "says it has facts from: {names}"
    facts_more: str = "{names} and {n} more"
    dated_wrongly: str = "dated earlier: a date is wrong, or the arrow is"
    open_mark: str = "?"
    find: str = "Find in the picture"
    zoom: str = "Size"
    smaller: str = "Smaller"
    larger: str = "Larger"
    natural: str = "100 %"
    fit: str = "Fit to the width"
    fold: str = "Close all"
    unfold: str = "Open all"
    show_as: str = "Show as"
    as_picture: str = "Picture"
    as_list: str = "List"
    hits: str = "{n} found"
    region: str = "Picture: {heading}"
    describe: str = "Time runs from left to right. Every box and every arrow is a link. The list says the same."
    legend: str = "How to read the picture"
    key_time: str = "time runs from left to right (not to scale)"
    key_sure: str = "how sure this is: very likely, likely, leaning"
    key_arrow: str = "the right one likely has text from the left one"
    key_thick: str = "the thicker the arrow, the more of its text (the number: how much of it is in the left one)"
    key_part: str = "a second source, or a part of unknown size"
    key_article: str = "an article of this pile"
    key_named: str = "a source that an article names"
    key_unseen: str = "a source that nobody names"
    key_direction: str = "they belong together; who took it from whom is not decided"
    key_relation: str = "they share a little; whether one took it from the other is not decided"
    key_facts: str = "whom an article names for its facts"
