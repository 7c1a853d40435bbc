"""What a cue of direction looks at and what it says: two texts, what they share, what is known around them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from provenance.model import Article, Credit, Evidence, Fact, Place, Published
from provenance.reconstruct.weights import CueWeights
from provenance.settings import Settings
from provenance.shared import Alignment


@dataclass(frozen=True, slots=True)
class Text:
    """A text that takes part in the tree: an article, or a named source that is read through one.

    Attributes:
        id: of the Source.
        article: whose text it is (for a named source, the article it is read through).
        name: outlet, None when unknown.
        published: when this text appeared.
        credits: what it says of others.
    """

    id: str
    article: Article
    name: str | None
    published: Published | None
    credits: tuple[Credit, ...]

    @property
    def read_through(self) -> bool:
        return self.id != self.article.id


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """An arrow that is possible: ``shared.a`` is the derived side, ``shared.b`` the source's.

    ``mirror`` is the same alignment turned round, where somebody has it already.
    """

    derived: Text
    source: Text
    shared: Alignment
    mirror: Alignment | None = None


More = ParamSpec("More")
Side = TypeVar("Side")
Both = Callable[Concatenate[Pair, More], tuple[Side, Side] | None]


def both_ways(of: Both[More, Side]) -> Both[More, Side]:
    """A decorator for what is found on both sides of a pair: the same pair the other way round, asked next, has it."""
    lately: list[tuple[Pair, tuple[object, ...], tuple[Side, Side] | None]] = []

    def answer(pair: Pair, /, *more: More.args, **named: More.kwargs) -> tuple[Side, Side] | None:
        for last, with_it, found in lately:
            if _is_turned(last, pair) and all(one is other for one, other in zip(with_it, more, strict=True)):
                return found[::-1] if found else None
        found = of(pair, *more, **named)
        lately[:] = [(pair, more, found)]
        return found

    return wraps(of)(answer)


def _is_turned(one: Pair, other: Pair) -> bool:
    return (
        one.mirror is other.shared
        and one.shared is other.mirror
        and one.derived is other.source
        and one.source is other.derived
    )


def articles_of(pair: Pair) -> tuple[Article, Article]:
    return pair.derived.article, pair.source.article


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What a cue may know beyond its pair.

    Attributes:
        others: by article id, all its alignments, turned so that it is side a.
        dates: by article id, when it was published.
        canonical: the one form of a name that all its spellings share, those of this pile included.
        wires: ids of articles that are an agency's own.
        agencies: canonical names of news agencies, those of the gazetteer and those that this pile treats as such.
        facts: relations that a person stated, by (derived id, source id).
        crowds: by article id, the number of the crowd of reprints it belongs to.
        is_large: whether the pile is so large that compiled kernels pay.
        asks_all: whether cues that weigh nothing are asked as well: learning wants to hear them, nobody else.
    """

    others: Mapping[str, Sequence[Alignment]]
    dates: Mapping[str, Published | None]
    canonical: Callable[[str], str]
    wires: frozenset[str]
    agencies: frozenset[str]
    facts: Mapping[tuple[str, str], Fact]
    crowds: Mapping[str, int]
    weights: CueWeights
    settings: Settings
    asks_all: bool = True
    is_large: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a cue found: its weight's name, how strongly (-1 to 1, relation score for ``shared_text``), and why."""

    name: str
    strength: float
    detail: str
    places: tuple[Place, ...] = ()


Cue = Callable[[Pair, Context], Finding | None]


def weighed(finding: Finding, context: Context) -> Evidence:
    weight = round(context.weights[finding.name] * finding.strength, 6)
    return Evidence(finding.name, weight, finding.detail, finding.places)


def display_name(text: Text) -> str:
    """What a reader calls a text: its outlet, else its id."""
    return text.name or text.id
