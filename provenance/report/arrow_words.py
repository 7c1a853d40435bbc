"""What is said of an arrow, or of an undecided pair, in sentences; names in them keep their own direction."""

from provenance.model import Derivation, Undecided
from provenance.names import canonical, find
from provenance.report.right_to_left import isolated
from provenance.report.shared_words import rests_on_others
from provenance.report.wording import Names, confidence_word, counted, is_stated, percent, plain


def called(names: Names, id: str) -> str:
    """What a text is called in a sentence: the outlet, the file where the outlet is unknown, the name of a source.

    An outlet that is only inferred says so.
    """
    if id in names.articles:
        outlet = names.articles[id].outlet
        said = plain(outlet) if outlet else plain(id)
        return f"{said} (outlet inferred)" if names.reader(id).startswith("likely ") else said
    return names.name(names.sources[id]) if id in names.sources else plain(id)


def titled(names: Names, id: str) -> str | None:
    """The title of an article; None where it has none, and for other sources."""
    article = names.articles.get(id)
    return plain(article.title) if article and article.title else None


def passes_on(name: str) -> bool:
    """Whether somebody passes texts on for a living: a news agency or a syndicate.

    >>> passes_on("Reuters"), passes_on("Harbour Post")
    (True, False)
    """
    entry = find(name)
    return entry is not None and entry.role in ("agency", "syndicate")


def arrow_sentence(names: Names, d: Derivation, derived: str, source: str) -> str:
    """What an arrow says, and how sure it is; of whoever passes texts on for a living nobody "takes".

    Args:
        names: ``Names.of(trace)``.
        d: the arrow.
        derived, source: what the two texts are called.
    """
    word, gives = confidence_word(d.probability), passes_on(source)
    derived, source = isolated(derived), isolated(source)
    if word == "undecided":
        return f"Whether {derived} took text from {source} is undecided."
    if d.kind == "revised":
        surely = "may be" if word == "leaning" else f"is {word}"
        said = f"{derived} {surely} a later version of {source}"
    elif gives:
        what = "some text" if d.kind == "contributed" or not d.is_primary else "text"
        said = f"{derived} {'may carry' if word == 'leaning' else f'{word} carries'} {what} of {source}"
    else:
        what = "part of its text" if d.kind == "contributed" or not d.is_primary else "text"
        said = f"{derived} {'may have taken' if word == 'leaning' else f'{word} took'} {what} from {source}"
    return f"{said} (a person states this)." if is_stated(d) else f"{said}."


def open_question(case: Undecided, first: str, second: str) -> str:
    first, second = isolated(first), isolated(second)
    if case.what == "direction":
        return f"{first} and {second} share text. Which way it went is not known."
    return f"{first} and {second} share a little text. Whether one took it from the other is not known."


def shares_both_ways(case: Undecided, one: str, other: str) -> str:
    first, second = (percent(share) for share in case.shares)
    one, other = isolated(one), isolated(other)
    return f"{first} of the words of {one} are in {other}; {second} the other way round"


def rows_note(names: Names, d: Derivation, derived: str, source: str, other: tuple[str, str] | None) -> str | None:
    """Why there are no passages of the source to show, or on whose words the arrow rests instead; None where they are.

    Args:
        names: ``Names.of(trace)``.
        d: the arrow.
        derived, source: what the two texts are called.
        other: id and name of the article whose words it rests on where the source's own text is not here.
    """
    derived, source = isolated(derived), isolated(source)
    if names.article_of(d.source) == names.article_of(d.derived):
        return f"The text of {source} is known only as {derived} prints it: there are no two texts to compare."
    if rests_on_others(names, d):
        return _shared_note(names, d, derived, source, other)
    if not d.passages:
        return f"There is no text of {source} here to compare: the arrow rests on what {derived} itself says."
    return None


def _shared_note(names: Names, d: Derivation, derived: str, source: str, other: tuple[str, str] | None) -> str:
    """What an arrow rests on whose source nobody can look at: never on the source's words."""
    shared = f"words that {derived} shares with {isolated(other[1]) if other else 'another article'}"
    if names.sources[d.source].kind == "unseen":
        return f"Nobody names this source and its text is not here: the arrow rests on {shared}."
    if _credits(names, d.derived, d.source):
        return f"The text of {source} is not here: the arrow rests on {shared}, and {derived} itself names {source}."
    if other and _credits(names, other[0], d.source):
        rests = f"The arrow rests on {shared}, which names {source} as its source"
        return f"The text of {source} is not here. {rests}; {derived} itself does not."
    return f"The text of {source} is not here. The arrow rests on {shared}; one of the two names {source}."


def _credits(names: Names, article: str, source: str) -> bool:
    """Whether an article credits a source by name for its text, or for a part of it."""
    found, name = names.articles.get(article), canonical(names.sources[source].name)
    return found is not None and any(c.tier in "AB" and canonical(c.source_name) == name for c in found.credits)


def left_out(passages: int) -> str:
    return f"{counted(passages, 'shared passage')}; this page leaves the articles' words out."
