"""Which articles a teacher can hand out together: families of texts, and with each a stranger or two that tempt."""

from dataclasses import dataclass

from provenance.report.lesson_answers import Answers
from provenance.report.ties import tied_together

_SET = 6  # articles that a group of pupils reads in half an hour
_SHORT = 8  # articles for a lesson of 45 minutes
_STRANGERS = 2
_OF_ONE = 4  # articles of one family in a short lesson


@dataclass(frozen=True, slots=True)
class Sets:
    """Keys of articles: a set for each group of pupils, and a selection for a short lesson."""

    groups: tuple[tuple[str, ...], ...]
    short: tuple[str, ...]


def ready_sets(answers: Answers, articles: list[str]) -> Sets:
    """Sets of articles in which families stay together, unless one is larger than a set; strangers are spread.

    Args:
        answers: of the lesson.
        articles: the keys of all articles, in their order.
    """
    families, strangers = _families(answers, articles)
    groups = _with_strangers(_packed(families), strangers, answers, articles)
    return Sets(tuple(groups), _short(families, answers, articles))


def _families(answers: Answers, articles: list[str]) -> tuple[list[list[str]], list[str]]:
    ties = [(a.node, a.derived) for a in answers.arrows]
    related = {key for tie in ties for key in tie}
    ties += [case.pair for case in answers.open if case.what == "direction" or not related & set(case.pair)]
    found = [[key for key in group if key in articles] for group in tied_together(ties, articles)]
    has_arrow = {a.derived for a in answers.arrows}
    families = [group for group in found if len(group) > 1 or has_arrow & set(group)]
    strangers = [group[0] for group in found if group and group not in families]
    return [_first_of(answers, group) for group in sorted(families, key=lambda group: -len(group))], strangers


def _packed(families: list[list[str]]) -> list[list[str]]:
    """Families put together to sets that are not too large; the largest first, each where there is most room.

    What is larger than a set is cut.
    """
    sets: list[list[str]] = []
    parts = (family[at : at + _SET] for family in families for at in range(0, len(family), _SET))
    for family in parts:
        room = [found for found in sets if len(found) + len(family) <= _SET]
        if room:
            min(room, key=len).extend(family)
        else:
            sets.append(list(family))
    return sets


def _with_strangers(
    sets: list[list[str]], strangers: list[str], answers: Answers, articles: list[str]
) -> list[tuple[str, ...]]:
    """To each set the strangers that tempt most; who finds no place stands in sets of strangers."""
    waiting = list(strangers)
    for _ in range(_STRANGERS):
        for found in sorted(sets, key=len):
            if waiting:
                tempting = max(waiting, key=lambda key: _tempts(answers, key, found))
                waiting.remove(tempting)
                found.append(tempting)
    more = [waiting[at : at + _SET] for at in range(0, len(waiting), _SET)]
    return [tuple(sorted(found, key=articles.index)) for found in (*sets, *more)]


def _tempts(answers: Answers, key: str, found: list[str]) -> int:
    """How many of a set it could be taken for a relative of: something of its own is told of that pair."""
    told = [why for _, _, why in answers.why_not]
    pairs = [(one, other, why) for one, other, why in answers.why_not if key in (one, other)]
    special = [p for p in pairs if told.count(p[2]) < len(told) / 2 and {p[0], p[1]} & set(found)]
    return 3 * len(special) + sum(1 for one, other, _ in pairs if {one, other} & set(found))


def _short(families: list[list[str]], answers: Answers, articles: list[str]) -> tuple[str, ...]:
    """The beginning of the largest family, one pair that is open, and what tempts most beside these."""
    chosen = families[0][:_OF_ONE] if families else []
    chosen += [key for case in answers.open[:1] for key in case.pair if key not in chosen]
    others = dict.fromkeys([*(key for family in families[1:] for key in family), *articles])
    while len(chosen) < min(_SHORT, len(articles)):
        left = [key for key in others if key not in chosen]
        chosen.append(max(left, key=lambda key: _tempts(answers, key, chosen)))
    return tuple(sorted(chosen, key=articles.index))


def _first_of(answers: Answers, family: list[str]) -> list[str]:
    """Sources before the texts that took from them."""
    return sorted(family, key=lambda key: len(answers.sources_of(key)))
