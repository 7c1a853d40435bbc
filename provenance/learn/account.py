"""What people are told of weights that were learnt."""

import math
from collections.abc import Iterator

from provenance.learn.fit import ENOUGH, Fitted
from provenance.reconstruct.weights import CueWeights
from provenance.report.wording import counted


def told(found: Fitted, before: CueWeights) -> Iterator[str]:
    """Whether probabilities hold, what was gained on families that were left out, and which cues fell silent.

    Args:
        found: what was learnt.
        before: what learning started from.
    """
    if not found.calibrated:
        yield (
            f"That is fewer than {ENOUGH}: the file says calibrated = false, and a trace made with it says that its "
            "probabilities are not calibrated."
        )
    by_hand, learnt = found.held_out
    yield (
        f"On texts of families it had not seen, the learnt weights give the true source {_change(learnt - by_hand)} "
        "the weights set by hand."
    )
    if silent := [cue for cue, weight in found.weights.items() if weight == 0 and before.by_hand[cue] != 0]:
        yield f"{counted(len(silent), 'reason')} no longer count{'s' * (len(silent) == 1)}: {', '.join(silent)}"


def _change(difference: float) -> str:
    """A difference of log-likelihoods as people say it.

    >>> _change(0.25), _change(-0.25), _change(0.001)
    ('28 % more probability than', '22 % less probability than', 'as much probability as')
    """
    change = round(100 * math.expm1(difference))
    if not change:
        return "as much probability as"
    return f"{abs(change)} % {'more' if change > 0 else 'less'} probability than"
