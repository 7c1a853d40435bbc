"""Who is who among outlets, agencies, syndicates and institutes.

What everybody knows is the gazetteer's. A pile names outlets that no gazetteer knows: functions that read names
take them as ``known``, and treat them like entries of their own. What follows from such names (``Known``) is made once
for a pile, and every answer is kept: a pile asks for the same few names over and over.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, cached_property, lru_cache
from itertools import combinations

from provenance.gazetteer import Entry, Role, by_domain, entries, registered_domain
from provenance.name_forms import ARTICLE, Alias, NameIndex, folded, key_of, normal_name
from provenance.phrases import languages, phrases

# --- a pile's own names ---------------------------------------------------------------------------------------------


@cache
def _base() -> NameIndex:
    return NameIndex(alias for entry in entries() for alias in _aliases_of(entry, (True, "")))


def _aliases_of(entry: Entry, rank: tuple[bool, str]) -> Iterator[Alias]:
    return (Alias(entry, name, name not in entry.ambiguous, rank) for name in (entry.name, *entry.aliases))


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
    apart = re.sub(r"(?<=[Nn]ews)wire\b", " Wire", ARTICLE.sub("", name, count=1))
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
        strange = sorted(name for name in names if key_of(name) and _base().look_up(name, None) is None)
        under: NameIndex = _base() if below is None else below.index
        own = (alias for name in strange for alias in _aliases_of(_own_entry(name), (False, name)))
        self.index: NameIndex = NameIndex(own, under) if strange else under
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
        if name.isascii() and name.isalpha() and not index.holds(folded(name)):  # no name has such a word
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
    return frozenset(key_of(each) for entry in entries for each in (name, entry.name, *entry.aliases)) - {()}


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
