"""Whose page an article is, when it appeared, and what it cites: conclusions from its credits alone (design 5.1).

A page of somebody else's text carries two names. Which of them is the outlet's is told by what the page says of the
other: "originally published by", a byline, ©. An outlet's own name is no credit.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from provenance.gazetteer import by_domain, registered_domain
from provenance.mentions import mentions
from provenance.model import Article, Citation, Credit, Published, Span, Stamp
from provenance.names import canonical, find, known_names, same_outlet
from provenance.phrases import phrases
from provenance.reconstruct.credit_lines import byline_spans, may_have_byline, text_lines
from provenance.reconstruct.credit_names import name_after
from provenance.reconstruct.credits import read_credits
from provenance.reconstruct.name_words import name_words

__all__ = ["Settled", "citations", "identify", "pile_outlets", "settle", "source_dates", "told_outlet"]

Settled = tuple[Article, Mapping[str, Published]]  # an article as ``settle`` leaves it, and the dates of its sources


def settle(article: Article, known: Collection[str] = ()) -> Settled:
    """An article with its credits read, its outlet and date settled, and the dates that it states for its sources.

    Args:
        article: as it was read.
        known: names of the pile's outlets.
    """
    credits = read_credits(article, known)
    article = article if credits == article.credits else replace(article, credits=credits)
    return identify(article, known), source_dates(article, known)


def identify(article: Article, known: Collection[str] = ()) -> Article:
    """The article with outlet, date and byline settled and its own outlet's name gone from its credits.

    Args:
        article: with ``credits`` as ``read_credits`` gives them, and ``stamps``.
        known: names of the pile's outlets.

    Returns:
        The article without stamps. ``published`` comes from the outlet's own stamp where ingest found no other
        date; a date that belongs to the source (see ``source_dates``) bounds it from below.
    """
    own, theirs = _sorted_stamps(article, known) if article.stamps else ([], [])
    outlet = _outlet(article, own, known)
    name = outlet.name if outlet else None
    byline = _byline(article)
    told = (
        (name, outlet.ground if outlet else None),
        byline or (None, None),
        article.published or _published(own, theirs),
        tuple(_foreign(article.credits, name, known)),
    )
    if not article.stamps and told == (
        (article.outlet, article.outlet_ground),
        (article.byline, article.byline_ground),
        article.published,
        article.credits,
    ):
        return article
    return replace(
        article,
        outlet=told[0][0],
        outlet_ground=told[0][1],
        byline=told[1][0],
        byline_ground=told[1][1],
        published=told[2],
        stamps=(),
        credits=told[3],
    )


def source_dates(article: Article, known: Collection[str] = ()) -> dict[str, Published]:
    """The dates that an article states for its sources, by the source's canonical name.

    To be asked before ``identify``, which uses the stamps up.

    Args:
        article: with its credits read and its stamps.
        known: names of the pile's outlets.
    """
    _, theirs = _sorted_stamps(article, known) if article.stamps else ([], [])
    return {canonical(stamp.name, known): stamp.published for stamp in reversed(theirs)}


def told_outlet(article: Article, known: Collection[str] = ()) -> str | None:
    """The outlet that a page without metadata tells by itself."""
    return settle(article, known)[0].outlet


def pile_outlets(
    articles: Iterable[Article], told: Callable[[Article, frozenset[str]], str | None] = told_outlet
) -> frozenset[str]:
    """Names of the outlets of a pile: those of the metadata, and those that pages tell by themselves.

    What ``settle`` takes as ``known``. Each article without an outlet is read once for it, by ``told``.
    """
    articles = list(articles)
    stated = frozenset(article.outlet for article in articles if article.outlet)
    outlets = (told(article, stated) for article in articles if not article.outlet)
    return stated | {outlet for outlet in outlets if outlet}


def citations(article: Article, known: Collection[str] = ()) -> tuple[Citation, ...]:
    """Who an article says it has facts from, each once, where it says so first."""
    first: dict[str, Citation] = {}
    for credit in article.credits:
        if credit.tier == "C":
            cited = Citation(article.id, credit.source_name, credit.text, credit.span)
            first.setdefault(canonical(credit.source_name, known), cited)
    return tuple(first.values())


# --- date lines with a name -----------------------------------------------------------------------------------------

# kinds that say outright whose text this is; a byline or © may as well be the page's own
_OUTRIGHT = frozenset({"republication", "syndicate", "canonical"})


def _sorted_stamps(article: Article, known: Collection[str]) -> tuple[list[Stamp], list[Stamp]]:
    """The stamps of the page itself, and those of its sources.

    Of two names the one credited elsewhere is the source's. A single name is the source's only if the page says
    outright that the text comes from there.
    """
    names = {canonical(stamp.name, known) for stamp in article.stamps}
    credited = _credited(article, known)
    if len(names & credited) == len(names):
        # everything is credited somewhere, so only plain words count
        credited = _credited(article, known, _OUTRIGHT)
    if article.outlet:
        credited = {name for name in credited if not same_outlet(name, article.outlet, known)}
    theirs = [stamp for stamp in article.stamps if canonical(stamp.name, known) in credited]
    return [stamp for stamp in article.stamps if stamp not in theirs], theirs


def _credited(article: Article, known: Collection[str], kinds: Collection[str] | None = None) -> set[str]:
    return {
        canonical(credit.source_name, known)
        for credit in article.credits
        if credit.tier == "A" and (kinds is None or credit.kind in kinds)
    }


def _published(own: list[Stamp], theirs: list[Stamp]) -> Published | None:
    if own:
        return own[0].published
    starts = [stamp for stamp in theirs if stamp.published.earliest]
    if not starts:
        return None
    first = starts[0].published
    return Published(first.earliest, None, f"not before the date of its source, {starts[0].name}: {first.read_from}")


# --- the outlet -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Outlet:
    name: str
    ground: str


def _outlet(article: Article, own: list[Stamp], known: Collection[str]) -> _Outlet | None:
    """The outlet by the strongest ground there is: metadata, address, date line, frame, ©, byline, dateline."""
    if article.outlet:
        return _Outlet(article.outlet, article.outlet_ground or "stated")
    for outlet in (_of_address(article, known), _of_stamp(article, own, known), _of_frame(article, known)):
        if outlet:
            return outlet
    return _of_credit(article, known)


def _of_address(article: Article, known: Collection[str]) -> _Outlet | None:
    if not article.url:
        return None
    entry, domain = by_domain(article.url), registered_domain(article.url)
    if entry:
        return _Outlet(entry.name, f"address {domain}")
    return _Outlet(known_names(known).of_domain(domain) or domain, f"address {domain}") if "." in domain else None


def _of_stamp(article: Article, own: list[Stamp], known: Collection[str]) -> _Outlet | None:
    """The name beside the date, if it looks like an outlet's or the page names another source."""
    for stamp in own:
        others = len({canonical(other.name, known) for other in article.stamps}) > 1
        if others or _looks_like_outlet(article, stamp.name, known):
            return _Outlet(stamp.name, f'date line: "{" ".join(stamp.span.cut(article.text).split())}"')
    return None


def _looks_like_outlet(article: Article, name: str, known: Collection[str]) -> bool:
    if find(name, "outlet", known) or canonical(name, known) in _credited(article, known):
        return True
    read = name_after(name, 0, name_words(article.language, known), "outlet")
    return read is not None and read.sort == "news" and len(read.written) + 4 >= len(name)


_ADDRESS = re.compile(r"(?:https?://|www\.|@)([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)


def _of_frame(article: Article, known: Collection[str]) -> _Outlet | None:
    """The one name that the page's frame holds up twice or more: "Become a member of X", its addresses.

    Names that the page credits are not asked: a reprint links to its source as well.
    """
    signs: dict[str, list[str]] = {}
    credited = _credited(article, known)
    for name in _frame_names(article, known):
        if canonical(name, known) not in credited:
            signs.setdefault(canonical(name, known), []).append(name)
    strong = [names for names in signs.values() if len(names) > 1]
    return _Outlet(strong[0][0], "the page's frame names it") if len(strong) == 1 else None


# parts of a page that speak of the text, not of the page
_NO_FRAME = frozenset({"title", "caption", "byline", "credit line", "copyright", "date line", "embedded post"})


def _frame_names(article: Article, known: Collection[str]) -> Iterator[str]:
    table = phrases(article.language, "credits")
    words = name_words(article.language, known)
    house = re.compile(rf"\b(?:{'|'.join(map(re.escape, table['house']))}) ", re.IGNORECASE)
    for line in article.lines:
        if line.boilerplate is None or line.boilerplate in _NO_FRAME:
            continue
        shown = line.span.cut(article.text)
        for found in house.finditer(shown):
            name = name_after(shown, found.end(), words, "outlet")
            if name and name.sort == "news":
                yield name.written
        for address in _ADDRESS.finditer(shown):
            entry = by_domain(address.group(1))
            if entry and entry.role in ("outlet", "agency") and entry.name not in _SHARING:
                yield entry.name


# pages link to these whoever they are
_SHARING = frozenset({"Yahoo News", "MSN News"})


def _of_credit(article: Article, known: Collection[str]) -> _Outlet | None:
    """The outlet by a name that stands where an outlet puts its own: ©, byline, source line, dateline.

    Not when the page says outright that the text is somebody else's (the name could be either's), and never an
    agency, whose name stands there on everybody's pages.
    """
    if _credited(article, known, _OUTRIGHT):
        return None
    for kind, ground in (("copyright_own", "© line"), ("source_via", "byline"), ("dateline", "dateline")):
        named = [
            c for c in article.credits if c.kind == kind and c.tier == "A" and not _is_agency(c.source_name, known)
        ]
        if len({canonical(c.source_name, known) for c in named}) == 1:
            credit = named[0]
            label = "source line" if kind == "source_via" and ":" in credit.text else ground
            doubt = "" if kind == "source_via" else ": its own page or a reprint of it"
            entry = find(credit.source_name, "outlet", known)
            return _Outlet(entry.name if entry else credit.source_name, label + doubt)
    return None


def _is_agency(name: str, known: Collection[str]) -> bool:
    entry = find(name, "agency", known)
    # a dateline may hold an abbreviation that nobody knows: whoever is meant, it is no outlet of that name
    return entry.role == "agency" if entry else bool(re.fullmatch(r"[A-ZÄÖÜ]{3,6}|[a-zäöü]{3,6}", name))


def _foreign(credits: tuple[Credit, ...], outlet: str | None, known: Collection[str]) -> Iterator[Credit]:
    """The credits that name somebody else than the page's own outlet."""
    for credit in credits:
        if outlet and _is_own(credit, outlet, known):
            continue
        if credit.kind != "copyright_own":
            yield credit
        elif outlet:
            yield replace(credit, kind="syndicate")


def _is_own(credit: Credit, outlet: str, known: Collection[str]) -> bool:
    entry = find(credit.source_name, "outlet", known) or find(credit.source_name, "agency", known)
    return same_outlet(outlet, credit.source_name, known) or (entry and same_outlet(outlet, entry.name, known)) or False


# --- the byline -----------------------------------------------------------------------------------------------------


def _byline(article: Article) -> tuple[str, str] | None:
    if article.byline:
        return article.byline, article.byline_ground or "stated"
    table = phrases(article.language, "credits")
    if not may_have_byline(article.text, table):
        return None
    spans = byline_spans(article.text, text_lines(article.text), table)
    return (_shown(article.text, spans[0]), "byline in the text") if spans else None


def _shown(text: str, span: Span) -> str:
    return re.sub(r"</?\w+>|[*_]", "", span.cut(text)).strip()


def mentions_name(text: str, name: str, known: Collection[str] = ()) -> bool:
    """Whether a text names an outlet anywhere, under any of its names."""
    wanted = canonical(name, known)
    if any(canonical(entry.name, known) == wanted for entry, _ in mentions(text, known)):
        return True
    return re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) is not None
