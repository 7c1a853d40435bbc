"""The tree of the answers as a picture; the page's script writes what a pupil found beside its arrows."""

from dataclasses import fields

from markupsafe import Markup

from provenance.model import Trace
from provenance.report.lesson_answers import Answer, Answers, OpenPair
from provenance.report.lesson_cast import SOMEBODY, Cast
from provenance.report.lesson_words import Words, fill
from provenance.report.tree_picture import Arrow, Group, Node, Open, PictureWords, picture_of
from provenance.report.wording import Names, percent


def answer_picture(trace: Trace, cast: Cast, answers: Answers, names: dict[str, str], words: Words) -> Markup:
    """The true tree, one picture for each family; the ids of its boxes are the keys of the cast.

    Args:
        trace: the finished trace, for the dates.
        cast: who appears in the lesson.
        answers: the arrows to draw.
        names: what everybody is called.
        words: of the page's language.
    """
    own = str.maketrans(dict(zip(words["read"]["quote"].split("{text}"), "“”", strict=True)))
    back = {ord(quote): chr(own_quote) for own_quote, quote in own.items()}
    english = {key: name.translate(own) for key, name in names.items()}
    drawn = picture_of(_groups(trace, cast, answers, english, words), words=picture_words(words), name="answers")
    return Markup(str(drawn).translate(back))  # pictures quote in English; these marks are no part of the markup


def picture_words(words: Words) -> PictureWords:
    """The words of the picture in the page's language."""
    given = words["picture"] | {"months": tuple(words["read"]["months"])}
    return PictureWords(**{field.name: given[field.name] for field in fields(PictureWords) if field.name in given})


def _groups(trace: Trace, cast: Cast, answers: Answers, names: dict[str, str], words: Words) -> list[Group]:
    nodes = _nodes(trace, cast, answers, names)
    families = _families(answers)
    groups = [
        Group(
            heading=fill(words["reveal"]["family"], n=number, name=names[_leader(ids, answers)]),
            nodes=tuple(nodes[id] for id in nodes if id in ids),
            arrows=tuple(_arrow(a, names, words) for a in answers.arrows if a.derived in ids),
            opens=tuple(_open(case, names, words) for case in answers.open if ids & set(case.pair)),
        )
        for number, ids in enumerate(families, 1)
    ]
    alone = tuple(node for id, node in nodes.items() if not any(id in ids for ids in families))
    return [*groups, Group(words["reveal"]["own"], alone, kind="listed")] if alone else groups


def _nodes(trace: Trace, cast: Cast, answers: Answers, names: dict[str, str]) -> dict[str, Node]:
    """Named and unseen sources before the articles, which come in the order of their dates."""
    published = {cast.keys[a.id]: a.published for a in trace.articles}
    by_id = Names.of(trace).by_date
    order = {cast.keys[a.id]: by_id(a.id) for a in trace.articles}
    cards = sorted(cast.cards, key=lambda card: order[card.key])
    facts = {key: tuple(named) for key, named in answers.only_facts().items()}
    drawn = {a.node for a in answers.arrows} | {a.derived for a in answers.arrows}
    others = sorted(drawn - set(published))
    found = {id: Node(id, names.get(id, names["x"]), "named" if id in names else "unseen") for id in others}
    return found | {
        c.key: Node(
            c.key,
            names[c.key],
            when=published[c.key],
            date=c.date,
            title=c.title if c.is_known else None,  # else it is the name already
            link=c.key,
            facts=facts.get(c.key, ()),
        )
        for c in cards
    }


def _families(answers: Answers) -> list[set[str]]:
    """The texts that arrows or open pairs tie together, the largest family first."""
    families: list[set[str]] = []
    derived = {id for a in answers.arrows for id in (a.derived, a.node)}
    ties = [{a.derived, a.node} for a in answers.arrows]
    ties += [set(case.pair) for case in answers.open if case.what == "direction" or not derived & set(case.pair)]
    for tie in ties:
        touched = [family for family in families if family & tie]
        families = [family for family in families if not family & tie] + [tie.union(*touched)]
    return sorted(families, key=lambda ids: (-len(ids), sorted(ids)))


def _leader(ids: set[str], answers: Answers) -> str:
    """Whom a family is called after: the text that most of its arrows start from."""
    starts = [a.source for a in answers.arrows if a.derived in ids]
    return max(sorted(set(starts) or {id for id in ids if id[0] == "a"}), key=starts.count)


def _arrow(answer: Answer, names: dict[str, str], words: Words) -> Arrow:
    view, said = answer.view, words["script"]["took"]
    kind = words["kind"][answer.kind]
    is_tools = view is not None and not answer.role
    return Arrow(
        source=answer.node,
        derived=answer.derived,
        word=words["confidence"][view.css] if view and is_tools else "",
        css=view.css if view and is_tools else "",
        share=view.share if view else None,
        share_word=percent(view.share) if view and view.share is not None else "",
        said=fill(said, derived=names[answer.derived], source=_from(answer.source, names, words)),
        detail=kind[0].upper() + kind[1:],
        is_main=answer.is_primary,
        link=f"because-{answer.derived}-{answer.source}",
    )


def _from(key: str, names: dict[str, str], words: Words) -> str:
    return words["board"]["from_somebody"] if key == SOMEBODY else names[key]


def _open(case: OpenPair, names: dict[str, str], words: Words) -> Open:
    one, other = (names[key] for key in case.pair)
    return Open(
        ends=case.pair,
        what="direction" if case.what == "direction" else "relation",
        word=words["confidence"]["undecided"],
        said=fill(words["script"]["doubt"], derived=one, source=other),
    )
