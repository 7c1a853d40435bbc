"""When the names of a pile's outlets change: whose credits may read differently then.

What an article says of its sources depends on the names of the pile's outlets only where it mentions one of them, in
full or in short, or lies at an address that spells one. Here that is asked roughly, and never too strictly: a yes costs
reading the article's credits anew.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from provenance.gazetteer import registered_domain
from provenance.model import Article
from provenance.name_forms import normal_name
from provenance.names import canonical, forms_of, short_forms

_SHORT = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,6}(?![^\W\d_])")

_MOST = 300  # names; to look for more takes longer than to read the credits anew


class NameChanges:
    """Names that a pile's outlets gained or lost."""

    def __init__(self, names: Iterable[str]) -> None:
        """Cost: some microseconds a name."""
        changed = sorted(set(names))
        self._is_many = len(changed) > _MOST
        if self._is_many:
            changed = []
        self._needles = sorted({max(form, key=len) for name in changed for form in forms_of(name)})
        self._spelled = [spelled for name in changed for spelled in _spellings(name)]
        self._is_short = short_forms(changed)
        self._any = bool(changed) or self._is_many

    def __bool__(self) -> bool:
        return self._any

    def touch(self, article: Article) -> bool:
        """Whether what ``settle`` makes of an article may be another thing now.

        Args:
            article: as it was read.

        Cost: for one name some 0.05 ms for an article of 500 words.
        """
        if not self._any:
            return False
        if self._is_many:
            return True
        said = _said(article)
        return self._is_mentioned(said) or self._is_address(article) or self._is_shortened(said)

    def _is_mentioned(self, said: str) -> bool:
        folded = said.casefold().replace(".", "").replace("'", "").replace("’", "")
        return any(needle in folded for needle in self._needles)

    def _is_address(self, article: Article) -> bool:
        if not article.url or article.outlet:
            return False
        label = _letters(registered_domain(article.url).split(".")[0]).removeprefix("the")
        return any(spelled in label or label in spelled for spelled in self._spelled)

    def _is_shortened(self, text: str) -> bool:
        return any(map(self._is_short, {found.group() for found in _SHORT.finditer(text) if _is_level(found.group())}))


def _said(article: Article) -> str:
    """All that names may stand in; where it is not in normal form also in that, in which names are looked up."""
    credited = (credit.source_name for credit in article.credits)
    parts = (article.text, article.byline, article.outlet, article.url, article.title, *credited)
    said = "\n".join(filter(None, parts))
    normal = unicodedata.normalize("NFKC", said)
    return said if normal == said else f"{said}\n{normal}"


def _is_level(letters: str) -> bool:
    return letters.isupper() or letters.islower()


def _spellings(name: str) -> Iterator[str]:
    for written in (normal_name(name), canonical(name)):
        yield _letters(written).removeprefix("the")
    if "." in name:
        yield _letters(registered_domain(name).split(".")[0]).removeprefix("the")


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
