"""What a careful reader concludes from a pile: ``truth.json``, in the format that inputs/README.md tells."""

import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast, get_args

from provenance.errors import InputError
from provenance.model import ChangeKind, DerivationKind
from provenance.truth import Identity, NamedSource, TrueChange, TrueDerivation, TrueUndecided, Truth

_T = TypeVar("_T")
_WHOLE = "the whole file"
_CURE = "inputs/README.md of the project tells how to write such a file"


def read_truth(path: str | Path) -> Truth:
    """The truth of a pile.

    Args:
        path: a JSON file; ``derivations`` must be there, the other keys may be missing, and keys that are not known
            are left alone.

    Returns:
        The truth, in the order of the file.

    Raises:
        InputError: when the file cannot be read or says something impossible; names the place and the cure.

    >>> read_truth("inputs/small/truth.json").independent_reports
    3
    """
    shown = Path(path).as_posix()
    try:
        found = json.loads(Path(path).read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise InputError(f"{shown}: cannot be opened ({error.strerror or error})") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{shown}: no JSON in UTF-8; save it as such") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{shown}, line {error.lineno}: no JSON ({error.msg}); mend that line") from error
    return _Part(shown, _WHOLE, found).truth()


class _Part:
    """One value of the file, and where it stands, so that an error can say so."""

    def __init__(self, file: str, where: str, value: Any) -> None:
        self.file, self.where, self.value = file, where, value

    def wrong(self, wanted: str) -> NoReturn:
        raise InputError(f"{self.file}: {self.where} must be {wanted}; {_CURE}")

    def at(self, key: str) -> "_Part":
        return _Part(self.file, key if self.where == _WHOLE else f"{self.where}, {key}", self.value[key])

    def get(self, key: str, otherwise: Any) -> "_Part":
        return self.at(key) if key in self.object() else _Part(self.file, key, otherwise)

    def needed(self, key: str) -> "_Part":
        if key not in self.object():
            raise InputError(f"{self.file}: {self.where} has no {key!r}; {_CURE}")
        return self.at(key)

    def object(self) -> dict[str, Any]:
        if not isinstance(self.value, dict):
            self.wrong("an object { }")
        return cast(dict[str, Any], self.value)

    def text(self) -> str:
        if not isinstance(self.value, str):
            self.wrong("a text in quotation marks")
        return self.value

    def text_or_none(self) -> str | None:
        return None if self.value is None else self.text()

    def truth_value(self) -> bool:
        if not isinstance(self.value, bool):
            self.wrong("true or false")
        return self.value

    def number(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 0:
            self.wrong("a whole number")
        return self.value

    def one_of(self, words: Iterable[str]) -> str:
        known = tuple(words)
        if self.value not in known:
            self.wrong("one of " + ", ".join(known))
        return cast(str, self.value)

    def day(self) -> date | None:
        try:
            return None if self.value is None else date.fromisoformat(self.text())
        except ValueError:
            self.wrong("a day like 2031-05-03, or null")

    def each(self, read: Callable[["_Part"], _T]) -> tuple[_T, ...]:
        if not isinstance(self.value, list):
            self.wrong("a list [ ]")
        numbered = (_Part(self.file, f"{self.where}, number {n}", one) for n, one in enumerate(self.value, 1))
        return tuple(read(one) for one in numbered)

    def by_key(self, read: Callable[["_Part"], _T]) -> dict[str, _T]:
        return {key: read(self.at(key)) for key in self.object()}

    def pair(self) -> tuple[str, str]:
        ids = self.each(_Part.text)
        if len(ids) != 2 or ids[0] == ids[1]:
            self.wrong("a pair of two different ids")
        return ids[0], ids[1]

    def texts(self) -> tuple[str, ...]:
        return self.each(_Part.text)

    # --- the parts of a truth, in the order of the file ---

    def truth(self) -> Truth:
        reports = self.get("independent_reports", {})
        return Truth(
            identified=self.get("identified", {}).by_key(_Part.identity),
            named_sources=tuple(self.get("named_sources", {}).by_key(_Part.named).values()),
            derivations=self.needed("derivations").each(_Part.derivation),
            derivations_are_complete=self.get("derivations_are_complete", False).truth_value(),
            not_derivations=self.get("not_derivations", []).each(_Part.pair),
            why_not=self.get("why_not", {}).by_key(_Part.text),
            undecided=self.get("undecided", []).each(_Part.open_pair),
            cited_at_least=self.get("cited_at_least", {}).by_key(_Part.texts),
            independent_reports=reports.at("n").number() if "n" in reports.object() else None,
            report_groups=reports.get("groups", []).each(_Part.texts),
            changed_at_least=self.get("changed_at_least", []).each(_Part.change),
            licence=self.get("licence", None).text_or_none(),
        )

    def identity(self) -> Identity:
        published = self.get("published", None)
        days = published if published.value is not None else _Part(self.file, self.where, {})
        return Identity(
            self.get("outlet", None).text_or_none(), days.get("earliest", None).day(), days.get("latest", None).day()
        )

    def named(self) -> NamedSource:
        id = self.where.removeprefix("named_sources, ")
        return NamedSource(id, self.get("feeds", []).texts(), self.get("read_through", None).text_or_none())

    def derivation(self) -> TrueDerivation:
        derived, source = self.needed("derived").text(), self.needed("source").text()
        if derived == source:
            self.wrong("an arrow between two different texts")
        kind = self.needed("kind").one_of(get_args(DerivationKind))
        is_primary = self.get("is_primary", True).truth_value()
        return TrueDerivation(derived, source, cast(DerivationKind, kind), is_primary, self.get("role", "").text())

    def open_pair(self) -> TrueUndecided:
        what = self.needed("what").one_of(("relation", "direction"))
        pair = self.needed("articles").pair()
        return TrueUndecided(pair, "direction" if what == "direction" else "relation", self.get("why", "").text())

    def change(self) -> TrueChange:
        kind = self.needed("kind").one_of(get_args(ChangeKind))
        return TrueChange(
            self.needed("derived").text(),
            self.needed("source").text(),
            cast(ChangeKind, kind),
            self.get("source_text", None).text_or_none(),
            self.get("derived_text", None).text_or_none(),
        )
