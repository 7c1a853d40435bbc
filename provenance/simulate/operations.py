"""How one text is made from another: what newsrooms do, one function each.

Each takes a Task and gives the paragraphs of the new text. Sentences keep the numbers of the sentences they go back
to, so that it is known afterwards what stands where.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from provenance.simulate.difficulty import Difficulty
from provenance.simulate.draft import Draft, Paragraph, Sentence, length
from provenance.simulate.rewriting import rewritten
from provenance.simulate.style import capital, styled
from provenance.simulate.typing_errors import with_error_changed
from provenance.simulate.voices import Voice
from provenance.simulate.world import Outlet

QUOTED_WORDS = 30  # words; a shorter quotation is a mention, no excerpt


@dataclass(frozen=True, slots=True)
class Task:
    """What a newsroom has before it.

    Attributes:
        source: the text to take from; ``second`` another one, for a merge.
        outlet: who takes it; ``of`` whose text it is.
        voice: writes what the outlet adds of its own.
    """

    source: Draft
    second: Draft | None
    outlet: Outlet
    of: Outlet
    voice: Voice
    rng: Random
    difficulty: Difficulty

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability


Made = list[Paragraph]


def reprint(task: Task) -> Made:
    """The whole text under another head, here and there a sentence less."""
    kept = [p for p in _taken_along(task) if len(task.source.body) < 4 or not task.chance(0.04)]
    return _with_own(task, _adapted(task, _whole_paragraphs(task, kept)), 1)


def cut(task: Task) -> Made:
    """The beginning: news is cut from the bottom."""
    body = _taken_along(task)
    keep = max(1, round(len(body) * task.rng.uniform(0.3, 0.85)))
    return _with_own(task, _adapted(task, body[:keep]), 1)


def excerpt(task: Task) -> Made:
    """Some paragraphs, word for word, amid the outlet's own text."""
    chosen = _stretch(task, task.rng.uniform(0.15, 0.5))
    return _amid(task, _adapted(task, chosen))


def quoted(task: Task) -> Made:
    """Some sentences in quotation marks, said to be another's or not, amid the outlet's own text."""
    sentences = [s for p in _stretch(task, task.rng.uniform(0.15, 0.4)) for s in p if s.sort != "quote"]
    if length([tuple(sentences)]) < QUOTED_WORDS:
        sentences = [s for p in task.source.body for s in p if s.sort != "quote"][:4]
    if not sentences:  # nothing but voices
        return cut(task)
    return _amid(task, [_in_marks(sentences)])


def rewrite(task: Task) -> Made:
    """Told anew: other words and another order, some of it dropped, some added."""
    rng = task.rng
    strength = min(1.0, max(0.05, rng.gauss(task.difficulty.strength, 0.2)))
    body = [p for p in task.source.body if not task.chance(0.3 * strength)] or list(task.source.body[:1])
    if task.chance(0.6):
        _reordered(body, rng, strength)
    changed = [rewritten(p, rng, strength) for p in body]
    return _with_own(task, _in_house(task, [p for p in changed if p]), 3)


def merge(task: Task) -> Made:
    """Two texts made into one: most from the first, some of it from the second."""
    if task.second is None:
        return rewrite(task)
    rng = task.rng
    first = [p for p in task.source.body if not task.chance(0.2)] or list(task.source.body[:1])
    second = _stretch(task, rng.uniform(0.2, 0.45), task.second)
    while length(second) > 0.75 * length(first) and len(second) > 1:
        second.pop()
    if task.chance(0.6):
        first = [rewritten(p, rng, task.difficulty.strength * 0.7) for p in first]
    if task.chance(0.4):
        second = [rewritten(p, rng, task.difficulty.strength * 0.7) for p in second]
    at = rng.randrange(1, len(first) + 1)
    return _with_own(task, _in_house(task, [*first[:at], *second, *first[at:]]), 1)


def update(task: Task) -> Made:
    """The outlet's own text some hours later: news on top, some of the old gone."""
    rng = task.rng
    kept = [p for p in task.source.body if not task.chance(0.12)] or list(task.source.body[:1])
    if task.chance(0.4):
        at = rng.randrange(len(kept))
        kept[at] = rewritten(kept[at], rng, 0.4)
    new = task.voice.additions(rng.randrange(1, 4))
    at = 0 if task.chance(0.5) else rng.randrange(len(kept) + 1)
    return [*kept[:at], *new, *kept[at:]]


OPERATIONS: Mapping[str, Callable[[Task], Made]] = {
    "reprint": reprint,
    "cut": cut,
    "excerpt": excerpt,
    "quoted": quoted,
    "rewrite": rewrite,
    "merge": merge,
    "update": update,
}


# --- what they have in common -------------------------------------------------------------------------------------


def _taken_along(task: Task) -> Made:
    """The source's body, at times with a credit of its own that nobody took out; datelines go or stay likewise."""
    keeps = task.chance(task.difficulty.inherited)
    strays = task.chance(task.difficulty.stray_frame)
    out: Made = []
    for paragraph in task.source.paragraphs:
        unwanted = {"credit": not keeps, "small print": not strays}
        kept = tuple(s if keeps else _undated(s) for s in paragraph if not unwanted.get(s.sort, False))
        if kept:
            out.append(kept)
    return out


def _undated(sentence: Sentence) -> Sentence:
    return Sentence(sentence.text, sentence.roots, sentence.sort)


def _whole_paragraphs(task: Task, paragraphs: Made) -> Made:
    """Paragraphs joined or parted as another page's width has it."""
    if not task.chance(0.25):
        return paragraphs
    out: Made = []
    for paragraph in paragraphs:
        if out and len(out[-1]) + len(paragraph) < 4 and task.chance(0.3) and not _has_credit(out[-1] + paragraph):
            out[-1] = out[-1] + paragraph
        else:
            out.append(paragraph)
    return out


def _has_credit(paragraph: Paragraph) -> bool:
    return any(s.sort == "credit" for s in paragraph)


def _adapted(task: Task, paragraphs: Made) -> Made:
    """Taken text in the taker's hands: house style, an error made or mended."""
    paragraphs = _in_house(task, paragraphs)
    return with_error_changed(paragraphs, task.rng) if task.chance(task.difficulty.typo) else paragraphs


def _in_house(task: Task, paragraphs: Made) -> Made:
    if not task.chance(task.difficulty.house_style):
        return paragraphs
    return [tuple(s if s.sort == "quote" else s.saying(capital(styled(s.text, task.outlet.style))) for s in p)
            for p in paragraphs]  # fmt: skip


def _with_own(task: Task, taken: Made, most: int) -> Made:
    """With paragraphs of the outlet's own somewhere in between, or without."""
    if not task.chance(task.difficulty.addition):
        return taken
    out = list(taken)
    for paragraph in task.voice.additions(task.rng.randrange(1, most + 2)):
        out.insert(task.rng.randrange(len(out) + 1), paragraph)
    return out


def _amid(task: Task, taken: Made) -> Made:
    """Taken paragraphs, kept together, in a text that is the outlet's own."""
    own = task.voice.around(length(taken))
    at = task.rng.randrange(1, len(own) + 1)
    return [*own[:at], *taken, *own[at:]]


def _stretch(task: Task, share: float, of: Draft | None = None) -> Made:
    """Some paragraphs that follow one another, a share of the whole; as many as it takes."""
    body = (of or task.source).body
    wanted = share * length(body)
    at = task.rng.randrange(max(1, len(body) - 1))
    out: Made = []
    for paragraph in body[at:]:
        out.append(tuple(_undated(s) for s in paragraph))
        if length(out) >= wanted and length(out) >= 40:
            break
    return out


def _in_marks(sentences: list[Sentence]) -> Paragraph:
    """Sentences as one quotation; quotation marks inside become single ones."""
    inner = [_undated(s).saying(s.text.replace("“", "‘").replace("”", "’")) for s in sentences]
    inner[0] = inner[0].saying("“" + inner[0].text)
    inner[-1] = inner[-1].saying(inner[-1].text + "”")
    return tuple(inner)


def _reordered(body: Made, rng: Random, strength: float) -> None:
    for _ in range(1 + round(strength * len(body) / 2)):
        paragraph = body.pop(rng.randrange(len(body)))
        body.insert(rng.randrange(len(body) + 1), paragraph)
