"""Who is who among outlets, agencies, syndicates and institutes: aliases, domains, normal forms.

The facts are lines of ``data/gazetteer.tsv``. A pile names outlets that no gazetteer knows: functions that read names
take them as ``known``, and treat them like entries of their own.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

from provenance.model import Span
from provenance.phrases import languages, phrases

Role = Literal["agency", "outlet", "syndicate", "institute", "pictures"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One organisation; ``ambiguous`` are those of its names that count only where the text gives them a role."""

    name: str
    role: Role
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()


# --- normal forms ---------------------------------------------------------------------------------------------------

# initials with dots stay one word (U.S.), so do words with an inner apostrophe or ampersand (Ha'aretz, E&E)
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?|\w+(?:['’&]\w+)*|&")
_ARTICLE = re.compile(r"(?:the|der|die|das|den|dem)\s+(?=\S)", re.IGNORECASE)


def normal_name(name: str) -> str:
    """The form in which two names are compared: NFKC, case folded, no leading article, no punctuation.

    >>> normal_name("The Skerry Sun-Times"), normal_name("U.S. News & World Report")
    ('skerry sun times', 'us news and world report')
    """
    name = _ARTICLE.sub("", unicodedata.normalize("NFKC", name).strip(), count=1)
    return " ".join(_fold(found.group()) for found in _WORD.finditer(name))


def _fold(word: str) -> str:
    return "and" if word == "&" else re.sub(r"[.'’]", "", word.casefold())


def _key(name: str) -> tuple[str, ...]:
    """The words of a name as they are looked up: like its normal form, and without possessive s."""
    name = _ARTICLE.sub("", unicodedata.normalize("NFKC", name).strip(), count=1)
    return tuple(_fold(_bare(found.group())) for found in _WORD.finditer(name))


def _bare(word: str) -> str:
    return word[:-2] if word[-2:] in ("'s", "’s") else word


# --- the index ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Alias:
    entry: Entry
    written: str
    sure: bool

    @property
    def with_article(self) -> bool:
        return self.written.startswith("The ")


class _Index:
    """Names by their words, and how many words the names that begin with a word have, longest first."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.aliases: dict[tuple[str, ...], list[_Alias]] = {}
        for entry in entries:
            for written in (entry.name, *entry.aliases):
                alias = _Alias(entry, written, written not in entry.ambiguous)
                self.aliases.setdefault(_key(written), []).append(alias)
        lengths: dict[str, set[int]] = {}
        for key in self.aliases:
            lengths.setdefault(key[0], set()).add(len(key))
        self.lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        # first words of names that are written small (dpa, openDemocracy); other names begin with a capital
        first = (_WORD.match(alias.written) for found in self.aliases.values() for alias in found)
        self.lower = frozenset(word.group() for word in first if word and word.group()[0].islower())

    def look_up(self, name: str, role: Role | None) -> Entry | None:
        found = self.aliases.get(_key(name), [])
        # "The Atlantic" is a name, "Atlantic" an ocean
        sure = [alias.entry for alias in found if alias.sure or (alias.with_article and alias.written == name)]
        if sure:
            return sure[0]
        fitting = {alias.entry.name: alias.entry for alias in found if role is not None and alias.entry.role == role}
        return next(iter(fitting.values())) if len(fitting) == 1 else None


@cache
def _gazetteer() -> tuple[Entry, ...]:
    text = files("provenance").joinpath("data", "gazetteer.tsv").read_text(encoding="utf-8")
    return tuple(_entry(line) for line in text.splitlines() if line and not line.startswith("#"))


def _entry(line: str) -> Entry:
    role, name, aliases, domains = [*line.split("\t"), "", ""][:4]
    written = [name, *filter(None, aliases.split("|"))]
    plain = [each.removeprefix("?") for each in written]
    doubtful = frozenset(each[1:] for each in written if each.startswith("?"))
    if role not in get_args(Role):
        raise ValueError(f"gazetteer.tsv: no such role: {line}")
    return Entry(plain[0], cast(Role, role), tuple(plain[1:]), tuple(domains.split()), doubtful)


@cache
def _base() -> _Index:
    return _Index(_gazetteer())


@lru_cache(maxsize=1024)
def _index(known: frozenset[str]) -> _Index:
    strange = sorted(name for name in known if _key(name) and _base().look_up(name, None) is None)
    if not strange:
        return _base()
    # the pile's own names stand first: what the pile calls the Post is the Post
    return _Index((*map(_own_entry, strange), *_gazetteer()))


_WITH_SHORT = re.compile(r"(.+?)\s*\((\w{2,6})\)")


def _own_entry(written: str) -> Entry:
    """What a name of the pile stands for; "Skarn Press Agency (SKPA)" brings its short name along."""
    both = _WITH_SHORT.fullmatch(written)
    name, short = both.groups() if both else (written, None)
    role: Role = "agency" if _agency_like(name) else "outlet"
    # "The Lantern" is sure with its article only: Lantern Row is a street
    doubtful = {name} if name.startswith("The ") and name.count(" ") == 1 else set()
    return Entry(name, role, (*_inflected(name), *((short,) if short else ())), ambiguous=frozenset(doubtful))


def _inflected(name: str) -> tuple[str, ...]:
    """How a German sentence may write a name: dem Küstenboten, der Nordischen Presseagentur, des Nordkuriers."""
    if name.startswith("The "):
        return ()
    weak = re.sub(r"(?<=\w{2}e)\b(?!['’-])", "n", name)
    return tuple(form for form in (weak, name + "s") if form != name and not name.endswith("s"))


def shortens(letters: str, name: str) -> bool:
    """Whether letters are the beginnings of a name's words, in order, small words left out.

    >>> [shortens(letters, "Skarn Press Agency") for letters in ("SPA", "SKPA", "SPC")]
    [True, True, False]
    >>> shortens("SKNW", "Skarn Newswire")
    True
    """
    apart = re.sub(r"(?<=[Nn]ews)wire\b", " Wire", _ARTICLE.sub("", name, count=1))
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", apart) if word[0].isupper()]
    return len(words) > 1 and _spells(letters.casefold(), words)


def _spells(letters: str, words: list[str]) -> bool:
    if not words:
        return not letters
    first = words[0]
    beginnings = (size for size in range(1, len(first) + 1) if letters.startswith(first[:size]))
    return any(_spells(letters[size:], words[1:]) for size in beginnings)


def _shortened(letters: str, known: Collection[str]) -> Entry | None:
    """The one name of the pile that some letters shorten."""
    if not re.fullmatch(r"[^\W\d_]{2,6}", letters) or not (letters.isupper() or letters.islower()):
        return None
    fitting = [entry for entry in map(_own_entry, sorted(known)) if shortens(letters, entry.name)]
    if len({normal_name(entry.name) for entry in fitting}) != 1:
        return None
    return _index(frozenset(known)).look_up(fitting[0].name, None) or fitting[0]


@cache
def _agency_words() -> frozenset[str]:
    return frozenset(word for code in languages() for word in phrases(code, "credits")["names"]["agency"])


def _agency_like(name: str) -> bool:
    padded = f" {normal_name(name)} "
    return any(f" {words} " in padded for words in _agency_words())


# --- questions ------------------------------------------------------------------------------------------------------


def find(name: str, role: Role | None = None, known: Collection[str] = ()) -> Entry | None:
    """The entry that a name means, None when it is unknown or means several things.

    Args:
        name: as it is written, with or without an article.
        role: what the text says the name is; only then a short name like AA, PA, Sun or Post is taken for one.
        known: names of the pile's own outlets; where an agency must stand, letters that shorten one of them mean it.

    >>> find("the AP").name
    'Associated Press'
    >>> find("PA"), find("PA", "agency").name
    (None, 'Press Association')
    >>> find("NPA", "agency", known=["Northern Press Agency"]).name
    'Northern Press Agency'
    """
    return _find(name, role, frozenset(known))


@lru_cache(maxsize=1 << 16)  # a pile asks for the same few names over and over
def _find(name: str, role: Role | None, known: frozenset[str]) -> Entry | None:
    index = _index(known)
    if role != "agency":
        return index.look_up(name, role)
    return index.look_up(name, None) or _shortened(name, known) or index.look_up(name, role)


def canonical(name: str, known: Collection[str] = ()) -> str:
    """The normal form of the full name where the name is known, else its own normal form.

    >>> canonical("AP"), canonical("The Times of Israel"), canonical("The Skerry Courier")
    ('associated press', 'times of israel', 'skerry courier')
    """
    return _canonical(name, frozenset(known))


@lru_cache(maxsize=1 << 16)
def _canonical(name: str, known: frozenset[str]) -> str:
    # an address first: a pile whose outlets are addresses must not make an outlet of its own out of each
    entry = _by_written_domain(name) or find(name, known=known) or find(name, "agency", known)
    return normal_name(entry.name if entry else name)


def _by_written_domain(name: str) -> Entry | None:
    return by_domain(name) if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", name.strip()) else None


_SAME_HOUSE = frozenset({"online", "website", "site", "web", "digital", "newspaper", "magazine", "net", "com", "staff"})


def same_outlet(a: str | None, b: str | None, known: Collection[str] = ()) -> bool:
    """Whether two names clearly mean one outlet: aliases, a web edition, or the outlet's domain.

    >>> same_outlet("AP", "The Associated Press"), same_outlet("Skerry Courier", "The Skerry Courier Online")
    (True, True)
    >>> same_outlet("Skerry Courier", "skerrycourier.example"), same_outlet("Fox News", "Fox Business")
    (True, False)
    """
    if not a or not b:
        return False
    one, other = canonical(a, known), canonical(b, known)
    return one == other or _house(one) == _house(other) or _is_domain_of(a, one, other) or _is_domain_of(b, other, one)


def _house(name: str) -> tuple[str, ...]:
    words = name.split()
    while len(words) > 2 and words[-1] in _SAME_HOUSE:
        words.pop()
    return tuple(words)


def _is_domain_of(written: str, normal: str, other: str) -> bool:
    """Whether ``written`` is a domain that spells the other name (skerrycourier.example)."""
    if " " in written.strip() or "." not in written:
        return False
    label = registered_domain(written).split(".")[0].replace("-", "")
    squashed = other.replace(" ", "")
    return len(label) > 3 and label in (squashed, "the" + squashed)


@lru_cache(maxsize=1 << 12)
def spellings(outlet: str | None) -> tuple[tuple[str, ...], ...]:
    """The words of every way to write an outlet's name, in normal form; none for an unknown outlet.

    >>> ("skerry", "courier") in spellings("The Skerry Courier"), spellings(None)
    (True, ())
    """
    if not outlet:
        return ()
    entry = find(outlet) or by_domain(outlet)
    written = [entry.name, *(a for a in entry.aliases if a not in entry.ambiguous)] if entry else [outlet]
    return tuple(words for name in written if (words := tuple(normal_name(name).split())))


def agency(name: str, known: Collection[str] = ()) -> bool:
    """Whether a name is that of a news agency.

    >>> agency("AFP"), agency("Northern Press Agency"), agency("The Guardian")
    (True, True, False)
    """
    entry = find(name, "agency", known)
    return entry.role == "agency" if entry else _agency_like(name)


def mentions(text: str, known: Collection[str] = (), within: Span | None = None) -> list[tuple[Entry, Span]]:
    """The entries that a text names for certain, in its order; where two begin together the longest counts.

    A name written with a capital must have one in the text; an abbreviation must be in capitals.

    >>> [(e.name, s.cut("told AP and The Times of Israel")) for e, s in mentions("told AP and The Times of Israel")]
    [('Associated Press', 'AP'), ('The Times of Israel', 'Times of Israel')]
    """
    index = _index(frozenset(known))
    words = list(_WORD.finditer(text, within.start if within else 0, within.end if within else len(text)))
    found: list[tuple[Entry, Span]] = []
    at = 0
    while at < len(words):
        hit = _longest(index, text, words, at)
        if hit:
            found.append((hit[0].entry, Span(words[at].start(), _bare_end(words[at + hit[1] - 1]))))
        at += hit[1] if hit else 1
    return found


def _longest(index: _Index, text: str, words: list[re.Match[str]], at: int) -> tuple[_Alias, int] | None:
    word = words[at].group()
    if word[0].islower() and word not in index.lower:
        return None
    for length in index.lengths.get(_fold(_bare(word)), ()):
        run = words[at : at + length]
        key = tuple(_fold(_bare(each.group())) for each in run)
        for alias in index.aliases.get(key, ()) if len(run) == length else ():
            named = alias.sure or (alias.with_article and at > 0 and words[at - 1].group() == "The")
            if named and _written_so(alias, run) and "\n" not in text[run[0].start() : run[-1].end()]:
                return alias, length
    return None


def _written_so(alias: _Alias, words: list[re.Match[str]]) -> bool:
    written = _ARTICLE.sub("", alias.written, count=1)
    if len(words) == 1 and written.isupper():
        return _bare(words[0].group()).isupper()
    return not written[0].isupper() or words[0].group()[0].isupper()


def _bare_end(word: re.Match[str]) -> int:
    return word.start() + len(_bare(word.group()))


# --- domains --------------------------------------------------------------------------------------------------------

# hosts that lend every writer a name of his own: the registered domain says nothing about the outlet
_BLOG_HOSTS = frozenset({
    "blogspot.com", "wordpress.com", "medium.com", "substack.com", "typepad.com", "tumblr.com", "livejournal.com",
    "weebly.com", "wixsite.com", "github.io", "ghost.io", "blog.de", "over-blog.com", "blogger.com", "hubpages.com",
    "beehiiv.com",
})  # fmt: skip
# second labels under which countries register names (example.co.uk)
_SECOND_LABELS = frozenset(
    {"co", "com", "org", "net", "gov", "gob", "ac", "edu", "or", "ne", "go", "ltd", "plc", "ebc"}
)


def registered_domain(url_or_host: str) -> str:
    """The part of an address that somebody registered; a blog host keeps the writer's part.

    >>> registered_domain("https://www.news.skerrycourier.co.uk/a?b=1"), registered_domain("ames.wordpress.com")
    ('skerrycourier.co.uk', 'ames.wordpress.com')
    """
    labels = _host(url_or_host).split(".")
    if ".".join(labels[-2:]) in _BLOG_HOSTS:
        return ".".join(labels[-3:])
    country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LABELS
    return ".".join(labels[-3:] if country else labels[-2:])


def by_domain(url_or_host: str) -> Entry | None:
    """The entry that publishes at an address, None where it is unknown.

    >>> by_domain("https://amp.theguardian.com/world/1").name, by_domain("ames.blogspot.com")
    ('The Guardian', None)
    """
    labels = _host(url_or_host).split(".")
    for start in range(len(labels) - 1):
        entry = _domains().get(".".join(labels[start:]))
        if entry:
            return entry
    return None


@cache
def _domains() -> dict[str, Entry]:
    return {domain: entry for entry in _gazetteer() for domain in entry.domains}


def _host(url_or_host: str) -> str:
    address = url_or_host.strip().casefold()
    host = urlsplit(address if "//" in address else "//" + address).netloc or address
    host = host.rpartition("@")[2].partition(":")[0].strip(".")
    if host.endswith(".cdn.ampproject.org"):
        # the cache writes www-example-com for www.example.com and doubles true hyphens
        host = host.removesuffix(".cdn.ampproject.org").replace("--", "\0").replace("-", ".").replace("\0", "-")
    return re.sub(r"^(?:www\d?|amp|m|mobile|edition)\.(?=.+\.)", "", host)
