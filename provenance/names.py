"""Who is who among outlets, agencies, syndicates and institutes: aliases, domains, normal forms.

The facts are lines of ``data/gazetteer.tsv``. A pile names outlets that no gazetteer knows: functions that read names
take them as ``known``, and treat them like entries of their own. What follows from such names (``Known``) is made once
for a pile, and every answer is kept: a pile asks for the same few names over and over.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import combinations, islice
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
    return "and" if word == "&" else word.casefold().translate(_INNER)


_INNER = str.maketrans("", "", ".'’")


def _key(name: str) -> tuple[str, ...]:
    """The words of a name as they are looked up: like its normal form, and without possessive s."""
    name = _ARTICLE.sub("", unicodedata.normalize("NFKC", name).strip(), count=1)
    return tuple(_folded(found.group()) for found in _WORD.finditer(name))


def _bare(word: str) -> str:
    return word[:-2] if word[-2:] in ("'s", "’s") else word


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    """A word as it stands in a key."""
    return _fold(_bare(word))


# --- the index ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Alias:
    entry: Entry
    written: str
    sure: bool
    rank: tuple[bool, str]  # the pile's own names stand first: what the pile calls the Post is the Post

    @property
    def with_article(self) -> bool:
        return self.written.startswith("The ")


class _Index:
    """Names by their words, and how many words the names that begin with a word have, longest first.

    An index may lie on another one: then it holds only what it adds.
    """

    def __init__(self, aliases: Iterable[_Alias], below: "_Index | None" = None) -> None:
        self._below = below
        self._aliases: dict[tuple[str, ...], list[_Alias]] = {}
        small = []
        for alias in aliases:
            key = _key(alias.written)
            if not key:
                continue
            self._aliases.setdefault(key, []).append(alias)
            first = _WORD.match(alias.written)
            if first and first.group()[0].islower():
                small.append(first.group())
        lengths: dict[str, set[int]] = {}
        for key in self._aliases:
            lengths.setdefault(key[0], set(below.lengths(key[0]) if below else ())).add(len(key))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        self._small = frozenset(small)
        self._words = frozenset(word for key in self._aliases for word in key)

    def aliases(self, key: tuple[str, ...]) -> list[_Alias]:
        """What some words may be the name of."""
        own = self._aliases.get(key, [])
        under = self._below.aliases(key) if self._below else []
        return sorted(own + under, key=lambda alias: alias.rank) if own and under else own or under

    def lengths(self, first: str) -> tuple[int, ...]:
        """How many words the names that begin with a word have, longest first."""
        own = self._lengths.get(first)
        return own if own is not None else self._below.lengths(first) if self._below else ()

    def holds(self, word: str) -> bool:
        """Whether a word, as it stands in a key, is part of any name."""
        return word in self._words or (self._below is not None and self._below.holds(word))

    def may_begin(self, word: str) -> bool:
        """Whether a name may begin with a word as it is written."""
        return bool(self.lengths(_folded(word)))

    def begins_small(self, word: str) -> bool:
        """Whether a name that begins with this word is written small (dpa, openDemocracy)."""
        return word in self._small or (self._below is not None and self._below.begins_small(word))

    def look_up(self, name: str, role: Role | None) -> Entry | None:
        found = self.aliases(_key(name))
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
    return _Index(alias for entry in _gazetteer() for alias in _aliases_of(entry, (True, "")))


def _aliases_of(entry: Entry, rank: tuple[bool, str]) -> Iterator[_Alias]:
    return (_Alias(entry, name, name not in entry.ambiguous, rank) for name in (entry.name, *entry.aliases))


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
    words = _shortened_words(name)
    return len(words) > 1 and _spells(letters.casefold(), words)


def _shortened_words(name: str) -> list[str]:
    """The words of a name of which a short name has the beginnings."""
    apart = re.sub(r"(?<=[Nn]ews)wire\b", " Wire", _ARTICLE.sub("", name, count=1))
    return [word.casefold() for word in re.findall(r"[^\W\d_]+", apart) if word[0].isupper()]


def _spells(letters: str, words: list[str]) -> bool:
    if not words:
        return not letters
    first = words[0]
    beginnings = (size for size in range(1, len(first) + 1) if letters.startswith(first[:size]))
    return any(_spells(letters[size:], words[1:]) for size in beginnings)


_KEPT = 1 << 15  # answers


class Known:
    """The names of a pile's own outlets, what follows from them, and the answers given so far.

    Cost: 0.1 ms a name, once. Asked again, a name costs a look into a table, however many outlets the pile has.
    """

    def __init__(self, names: frozenset[str], below: "Known | None" = None) -> None:
        self._names = names
        self._below = below
        strange = sorted(name for name in names if _key(name) and _base().look_up(name, None) is None)
        under: _Index = _base() if below is None else below.index
        own = (alias for name in strange for alias in _aliases_of(_own_entry(name), (False, name)))
        self.index: _Index = _Index(own, under) if strange else under
        self.find = lru_cache(maxsize=_KEPT)(self._find)
        self.canonical = lru_cache(maxsize=_KEPT)(self._canonical)
        self.same_outlet = lru_cache(maxsize=_KEPT)(self._same_outlet)

    def __contains__(self, name: object) -> bool:
        return name in self._names or (self._below is not None and name in self._below)

    def __iter__(self) -> Iterator[str]:
        yield from self._names
        if self._below is not None:
            yield from (name for name in self._below if name not in self._names)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _find(self, name: str, role: Role | None) -> Entry | None:
        index = self.index
        if name.isascii() and name.isalpha() and not index.holds(_folded(name)):  # no name has such a word
            return self._shortened(name) if role == "agency" else None
        if role != "agency":
            return index.look_up(name, role)
        return index.look_up(name, None) or self._shortened(name) or index.look_up(name, role)

    def _canonical(self, name: str) -> str:
        # an address first: a pile whose outlets are addresses must not make an outlet of its own out of each
        entry = _by_written_domain(name) or self.find(name, None) or self.find(name, "agency")
        return normal_name(entry.name if entry else name)

    def _same_outlet(self, a: str, b: str) -> bool:
        one, other = self.canonical(a), self.canonical(b)
        return (
            one == other or _house(one) == _house(other) or _is_domain_of(a, one, other) or _is_domain_of(b, other, one)
        )

    def of_domain(self, domain: str) -> str | None:
        """The first of the names that clearly means the outlet at a domain."""
        normal = self.canonical(domain)
        asked = [("is", normal), ("house", _house(normal)), ("domain of", normal.replace(" ", ""))]
        asked += [("spelled", spelled) for spelled in _spelled_by(domain)]
        found = {name for question in asked for name in self._by_form.get(question, ())}
        return min((name for name in found if self.same_outlet(domain, name)), default=None)

    @cached_property
    def _by_form(self) -> dict[tuple[str, object], list[str]]:
        """The names by what an address is compared with."""
        forms: dict[tuple[str, object], list[str]] = {}
        for name in self:
            normal = self.canonical(name)
            asked = [("is", normal), ("house", _house(normal)), ("spelled", normal.replace(" ", ""))]
            asked += [("domain of", spelled) for spelled in _spelled_by(name)]
            for question in asked:
                forms.setdefault(question, []).append(name)
        return forms

    def _shortened(self, letters: str) -> Entry | None:
        """The one name of the pile that some letters shorten."""
        if not (letters.isupper() or letters.islower()) or not re.fullmatch(r"[^\W\d_]{2,6}", letters):
            return None
        fitting = [_own_entry(name) for name in sorted(self.shortened_by(letters))]
        if len({normal_name(entry.name) for entry in fitting}) != 1:
            return None
        return self.index.look_up(fitting[0].name, None) or fitting[0]

    def shortened_by(self, letters: str) -> set[str]:
        """The names that some letters shorten: those of whose initials the letters have every one, in order."""
        low = letters.casefold()
        initials = {
            low[0] + "".join(more) for size in range(1, len(low)) for more in combinations(low[1:], size)
        } & self._by_initials.keys()
        found = {
            name for each in initials for name in self._by_initials[each] if shortens(letters, _own_entry(name).name)
        }
        return found if self._below is None else found | self._below.shortened_by(letters)

    @cached_property
    def _by_initials(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self._names:
            words = _shortened_words(_own_entry(name).name)
            if len(words) > 1:
                found.setdefault("".join(word[0] for word in words), []).append(name)
        return found


@lru_cache(maxsize=16)
def _made(names: frozenset[str]) -> Known:
    return Known(names)


def known_names(names: Collection[str]) -> Known:
    """The names of a pile's outlets, ready to be asked; made once for equal names."""
    return names if isinstance(names, Known) else _made(frozenset(names))


@lru_cache(maxsize=256)
def with_more(known: Known, more: frozenset[str]) -> Known:
    """The names of a pile and some more, as those that one text explains; costs nothing for the names of the pile."""
    return Known(more, known) if more else known


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
    return known_names(known).find(name, role)


def canonical(name: str, known: Collection[str] = ()) -> str:
    """The normal form of the full name where the name is known, else its own normal form.

    >>> canonical("AP"), canonical("The Times of Israel"), canonical("The Skerry Courier")
    ('associated press', 'times of israel', 'skerry courier')
    """
    return known_names(known).canonical(name)


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
    return bool(a and b) and known_names(known).same_outlet(a or "", b or "")


def _house(name: str) -> tuple[str, ...]:
    words = name.split()
    while len(words) > 2 and words[-1] in _SAME_HOUSE:
        words.pop()
    return tuple(words)


def _is_domain_of(written: str, normal: str, other: str) -> bool:
    """Whether ``written`` is a domain that spells the other name (skerrycourier.example)."""
    return other.replace(" ", "") in _spelled_by(written)


def _spelled_by(written: str) -> tuple[str, ...]:
    """What a domain spells, with and without an article and without blanks; nothing where no domain is written."""
    if " " in written.strip() or "." not in written:
        return ()
    label = registered_domain(written).split(".")[0].replace("-", "")
    if len(label) <= 3:
        return ()
    return (label, label.removeprefix("the")) if label.startswith("the") else (label,)


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


@lru_cache(maxsize=1 << 12)
def forms_of(name: str) -> frozenset[tuple[str, ...]]:
    """The words of every way in which a text may name an outlet of its pile, as ``mentions`` compares them.

    >>> sorted(forms_of("Küstenbote"))
    [('küstenbote',), ('küstenboten',), ('küstenbotes',)]
    """
    known = find(name) or find(name, "agency") or by_domain(name)
    entries = [_own_entry(name), *([known] if known else [])]
    return frozenset(_key(each) for entry in entries for each in (name, entry.name, *entry.aliases)) - {()}


def short_forms(names: Iterable[str]) -> Callable[[str], bool]:
    """Tells of letters whether they shorten one of some names, as ``find`` takes them where an agency must stand.

    >>> is_short = short_forms(["Skarn Press Agency"])
    >>> is_short("SKPA"), is_short("SPC")
    (True, False)
    """
    known = Known(frozenset(names))
    return cache(lambda letters: bool(known.shortened_by(letters)))


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
    index = known_names(known).index
    words = list(_WORD.finditer(text, within.start if within else 0, within.end if within else len(text)))
    found: list[tuple[Entry, Span]] = []
    at = 0
    while at < len(words):
        hit = _longest(index, text, words, at)
        if hit:
            found.append((hit[0].entry, Span(words[at].start(), _bare_end(words[at + hit[1] - 1]))))
        at += hit[1] if hit else 1
    return found


def mention_at(text: str, known: Collection[str], within: Span) -> tuple[Entry, Span] | None:
    """The entry that is named first of all within a span, where at most an article or a quotation mark precedes it.

    >>> mention_at("the AP, not AFP", (), Span(0, 15))[0].name, mention_at("not AFP", (), Span(0, 7))
    ('Associated Press', None)
    """
    index = known_names(known).index
    rest = _WORD.finditer(text, within.start, within.end)
    words: list[re.Match[str]] = []
    for at in (0, 1):
        words += [*islice(rest, 1)]
        if len(words) <= at:
            return None
        if at == 0 and not index.may_begin(words[0].group()):
            hit = None
        else:
            words += [*rest]
            hit = _longest(index, text, words, at)
        before = text[within.start : words[at].start()].casefold()
        if hit:
            span = Span(words[at].start(), _bare_end(words[at + hit[1] - 1]))
            return (hit[0].entry, span) if before in ("", "the ", "'", "“") else None
        if at == 0 and words[0].group().casefold() != "the":
            return None
    return None


def may_be_part(word: str, known: Known) -> bool:
    """Whether a word of a text, whole or in part, can be part of a name that is known, or short for one.

    >>> may_be_part("Reuters", known_names(())), may_be_part("Saltmarsh", known_names(()))
    (True, False)
    """
    parts = (_folded(part.group()) for part in _WORD.finditer(word))
    return any(map(known.index.holds, parts)) or known.find(word, "agency") is not None


def _longest(index: _Index, text: str, words: list[re.Match[str]], at: int) -> tuple[_Alias, int] | None:
    word = words[at].group()
    if word[0].islower() and not index.begins_small(word):
        return None
    for length in index.lengths(_folded(word)):
        run = words[at : at + length]
        if len(run) < length:
            continue
        for alias in index.aliases(tuple(_folded(each.group()) for each in run)):
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
    try:
        host = urlsplit(address if "//" in address else "//" + address).netloc or address
    except ValueError:  # a bracket that belongs to no address
        host = address
    host = host.rpartition("@")[2].partition(":")[0].strip(".")
    if host.endswith(".cdn.ampproject.org"):
        # the cache writes www-example-com for www.example.com and doubles true hyphens
        host = host.removesuffix(".cdn.ampproject.org").replace("--", "\0").replace("-", ".").replace("\0", "-")
    return re.sub(r"^(?:www\d?|amp|m|mobile|edition)\.(?=.+\.)", "", host)
