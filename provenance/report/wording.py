"""How a report says things: names, dates, confidence and reasons, in words that read aloud well.

Whatever comes out of an article passes through ``plain`` before it reaches a terminal or a table.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from provenance.model import Article, Citation, Derivation, Evidence, Published, Source, Trace

_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, cursor movements
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]{0,2000}(?:\x07|\x1b\\|\x9c)"  # window titles, links
    r"|\x1b[ -/]*[0-~]?"
)
# Joiners (U+200C, U+200D) stay: Persian, Indic scripts and emoji need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ASCII = {
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "‘": "'",
    "’": "'",
    "…": "...",
    "–": "-",
    "—": "-",
    "−": "-",
} | {"├": "|", "└": "`", "│": "|", "─": "-", "┄": "~", "→": "->", "←": "<-", "\xa0": " "}

_DOUBLE = re.compile('[“”„"«»]')
_OPENING = re.compile('(?:^|(?<=[\\s(\\[—–]))[“”„"«»]')

_IDS = re.compile(r"[^\s()\[\]“”,;:]*[^\s()\[\]“”,;:.]")

# Weights that say how the sum comes about, not why somebody should believe it.
_BOOKKEEPING = ("competition", "one_of_many")
_TOLD = "shared_text"  # the share stands beside every arrow already
# Reasons that two texts are alike, which they are whichever was first; another one of this weight is told before them.
_ALIKE = (_TOLD, "keeps", "only_these_two", "containment")
_TELLING = 0.5
_VERY_LIKELY, _LIKELY, _LEANING = 0.9, 0.7, 0.5  # design, section 5.3

_WHOLE = 0.85  # of the source; the same share makes a text "republished" (settings.republished_share)

_UNCALIBRATED = (
    "“Very likely”, “likely” and “leaning” are the program's own judgement (uncalibrated: nobody has measured yet "
    "how often it is right). Percentages say only how much text is shared."
)
_CALIBRATED = (
    "The percentages beside “very likely”, “likely” and “leaning” are chances that were learnt, mostly from invented "
    "families of articles with known sources; on real news they may be off. Other percentages say how much text is "
    "shared."
)
ALL_IN_JSON = "--format json lists all"

KINDS = {
    "republished": "republished",
    "excerpted": "an excerpt",
    "rewritten": "rewritten",
    "revised": "a later version",
    "contributed": "contributed a part",
}


def plain(text: str) -> str:
    """One line that is safe to print: no terminal escapes, no control or direction characters, single spaces.

    >>> plain("Harbour \\x1b[31mPost\\x1b[0m\\n\\u202eevening")
    'Harbour Post evening'
    """
    return " ".join(printable(text).split())


def printable(text: str) -> str:
    """The text without terminal escapes, control and direction characters; white space stays."""
    if text.isprintable():  # nearly every name and sentence
        return text
    return _SURROGATES.sub("\ufffd", _UNSEEN.sub("", _ESCAPES.sub("", text)))


def in_ascii(text: str) -> str:
    """The text with plain marks for typographic ones and for lines; letters stay as they are."""
    for mark, plain_mark in _ASCII.items():  # twenty quick passes: str.translate looks each character up
        text = text.replace(mark, plain_mark)
    return text


def quote(text: str) -> str:
    """The words of a text in double quotation marks; those inside become single ones.

    >>> quote("Ferry aground"), quote('"Stop," he said.')
    ('“Ferry aground”', '“‘Stop,’ he said.”')
    """
    inner = _OPENING.sub("‘", plain(text))
    return f"“{_DOUBLE.sub('’', inner)}”"


def day(moment: datetime) -> str:
    """A day as people write it: 22 Sep 2023."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def date_words(published: Published | None) -> str:
    """An interval in words: "22 Sep 2023", "not before 20 Sep 2023", "no date"; what a person stated says so."""
    if published is None or (published.earliest is None and published.latest is None):
        return "no date"
    return _interval_words(published) + (" (stated)" if published.read_from.startswith("stated") else "")


def _interval_words(published: Published) -> str:
    earliest, latest = published.earliest, published.latest
    if latest is None and earliest is not None:
        return f"not before {day(earliest)}"
    if earliest is None and latest is not None:
        return f"not after {day(latest)}"
    assert earliest is not None and latest is not None
    if earliest.date() != latest.date():
        return f"between {day(earliest)} and {day(latest)}"
    exact = (latest - earliest).total_seconds() < 60
    return f"{day(earliest)}, {earliest:%H:%M} UTC" if exact else day(earliest)


def confidence_word(probability: float) -> str:
    """The word for a probability: very likely, likely, leaning, undecided."""
    if probability >= _VERY_LIKELY:
        return "very likely"
    if probability >= _LIKELY:
        return "likely"
    return "leaning" if probability >= _LEANING else "undecided"


def about_confidence(calibrated: bool) -> str:
    """What the words for sureness, and the percentages beside them, are worth."""
    return _CALIBRATED if calibrated else _UNCALIBRATED


def percent(share: float) -> str:
    """A share in whole per cent, never rounded up to all or down to nothing.

    >>> percent(0.184), percent(0.999), percent(0.001)
    ('18 %', '99 %', 'under 1 %')
    """
    if 0 < share < 0.01:
        return "under 1 %"
    return f"{99 if 0.99 < share < 1 else round(share * 100)} %"


def how_much(share: float) -> str:
    """A share in plain words.

    >>> how_much(1.0), how_much(0.81), how_much(0.11)
    ('all', 'most', 'a little')
    """
    limits = ((0.995, "all"), (0.85, "nearly all"), (0.5, "most"), (0.2, "part"))
    return next((words for limit, words in limits if share >= limit), "a little" if share > 0 else "nothing")


def chance(probability: float) -> str:
    """A calibrated probability as people see it: rounded down, and nothing above "over 99 %"."""
    return "over 99 %" if probability > 0.99 else f"{int(probability * 100 + 1e-9)} %"


def confidence(derivation: Derivation, calibrated: bool) -> str:
    """How sure an arrow is: a word, the percentage once calibrated, and whether a person stated it."""
    said = confidence_word(derivation.probability)
    if calibrated:
        said += f" ({chance(derivation.probability)})"
    return said + (", stated by a person" if is_stated(derivation) else "")


def kind_words(derivation: Derivation) -> str:
    """What became of the source's text; a republication that leaves some of it out says so."""
    part = derivation.share_of_source
    cut = derivation.kind == "republished" and part is not None and part < _WHOLE
    return KINDS[derivation.kind] + (", shortened" if cut else "")


def share_words(derivation: Derivation, derived: str, source: str) -> list[str]:
    """How much of each text stands in the other, as far as it is known: "97 % of it …", "52 % of the source …".

    Args:
        derivation: the arrow.
        derived, source: what follows the percentage of either text.
    """
    both = ((derivation.share, derived), (derivation.share_of_source, source))
    return [f"{percent(share)} {words}" for share, words in both if share is not None]


def is_dated_too_early(derived: Published | None, source: Published | None) -> bool:
    """Whether a text is dated wholly before the one it was taken from."""
    if derived is None or source is None or derived.latest is None or source.earliest is None:
        return False
    return derived.latest < source.earliest


def stated_facts(trace: Trace) -> list[str]:
    """Each thing about an article that a person stated instead of its being read, and who says so."""
    return [fact for article in trace.articles for fact in stated_of(article)]


def stated_of(article: Article) -> list[str]:
    """The same for one article."""
    grounds = {
        "outlet": article.outlet_ground,
        "date": article.published.read_from if article.published else None,
        "title": article.title_ground,
        "byline": article.byline_ground,
    }
    return [
        f"{article.id}: {thing} {ground}" for thing, ground in grounds.items() if (ground or "").startswith("stated")
    ]


def is_stated(derivation: Derivation) -> bool:
    """Whether an arrow rests on what a person stated in a facts file."""
    return any(e.name == "stated" for e in derivation.evidence)


def strongest(evidence: Iterable[Evidence]) -> Evidence | None:
    """The reason that speaks most for an arrow, None when there is none.

    One that tells source from derived goes before the shared words, and before what these amount to.
    """
    reasons = [e for e in evidence if e.name not in _BOOKKEEPING]
    telling = [e for e in reasons if e.name not in _ALIKE and e.weight >= _TELLING]
    untold = [e for e in reasons if e.name != _TOLD and e.weight > 0]
    return max(telling or untold or reasons, key=lambda e: e.weight, default=None)


def strongest_reason(evidence: Iterable[Evidence]) -> str:
    """The sentence of the strongest reason."""
    found = strongest(evidence)
    return plain(found.detail) if found else "no single reason stands out"


def is_inferred(article: Article) -> bool:
    """Whether only a sentence that another article credits says whose text this is: likely at most."""
    return "sentence that aligns" in (article.outlet_ground or "")


def outlet_words(article: Article) -> str:
    """The outlet of an article; a name that is only inferred, or stated by a person, says so."""
    if not article.outlet:
        return "outlet unknown"
    name = plain(article.outlet)
    if is_inferred(article):
        return f"likely {name}"
    return f"{name} (stated)" if (article.outlet_ground or "").startswith("stated") else name


def some(things: Sequence[str], most: int = 5, joint: str = ", ") -> str:
    """The first few of a list, and how many more there are."""
    more = len(things) - most
    return joint.join(things) if more <= 0 else f"{joint.join(things[:most])} and {more:,} more"


def counted(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "article"), counted(3, "family", "families")
    ('1 article', '3 families')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def cited_names(citations: Iterable[Citation]) -> list[str]:
    """The names that some citations give, each once, in their order."""
    return list(dict.fromkeys(plain(c.source_name) for c in citations))


@dataclass(frozen=True, slots=True)
class Names:
    """What the articles and other sources of one trace are called."""

    articles: dict[str, Article]
    sources: dict[str, Source]

    @classmethod
    def of(cls, trace: Trace) -> "Names":
        return cls({a.id: a for a in trace.articles}, {s.id: s for s in trace.sources})

    def short(self, id: str) -> str:
        """Outlet and id of an article, or the name of another source and how it is known."""
        if id in self.articles:
            return f"{outlet_words(self.articles[id])} [{plain(id)}]"
        source = self.sources.get(id)
        if source is None:
            return plain(id)
        return f"{self.name(source)} ({source.kind}, {self.standing(source)})"

    def brief(self, id: str) -> str:
        """The same in fewer words, for tables and lists."""
        if id in self.articles:
            return self.short(id) if self.articles[id].outlet else plain(id)
        source = self.sources.get(id)
        return f"{self.name(source)} ({self.standing(source)})" if source else plain(id)

    def article_of(self, id: str) -> str:
        """The article that shows a text: for a named source the one it is read through, else the id itself."""
        source = self.sources.get(id)
        return (source and source.read_through) or id

    def reason(self, evidence: Iterable[Evidence]) -> str:
        """The sentence of the strongest reason, with outlets where it names files."""
        return self.told(strongest_reason(evidence))

    def told(self, text: str) -> str:
        """A sentence with the outlet beside every file of the pile that it names."""

        def named(found: re.Match[str]) -> str:
            id = found.group()
            return self.brief(id) if id in self.articles and not id.isalnum() else id

        return _IDS.sub(named, plain(text))

    def name(self, source: Source) -> str:
        """The name of a source that is no article."""
        return plain(source.name) if source.kind == "named" and source.name else "a text that nobody names"

    def standing(self, source: Source) -> str:
        """How a source that is no article is known."""
        if source.kind == "unseen":
            return "the texts show that there was one"
        if source.read_through is None:
            return "its text is not in the pile"
        return f"read through {self.reader(source.read_through)}"

    def reader(self, id: str) -> str:
        """The outlet of an article, its id where the outlet is unknown."""
        article = self.articles.get(id)
        return outlet_words(article) if article and article.outlet else plain(id)

    def published(self, id: str) -> Published | None:
        if id in self.articles:
            return self.articles[id].published
        return self.sources[id].published if id in self.sources else None

    def by_date(self, id: str) -> tuple[str, str]:
        """A key that sorts by date, texts without one last, then by id."""
        published = self.published(id)
        moment = published and (published.earliest or published.latest)
        return (moment.isoformat() if moment else "9999", id)
