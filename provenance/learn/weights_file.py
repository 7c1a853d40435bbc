"""The learnt weights as a file that people can read, with the command that makes it anew."""

import json
from collections.abc import Sequence

from provenance.learn.fit import Fitted
from provenance.reconstruct.weights import CueWeights


def weights_file(fitted: Fitted, before: CueWeights, made_by: Sequence[str]) -> str:
    """The text of a file of cue weights.

    Args:
        fitted: what was learnt.
        before: the file that learning started from: its weights by hand and its meanings are written again.
        made_by: lines that say by which command and from what.
    """
    rows = [_row(cue, fitted, before) for cue in before.weights]
    head = [f"# {line}".rstrip() for line in (*_HEAD, *made_by)]
    calibrated = f"calibrated = {str(fitted.calibrated).lower()}"
    return "\n".join([*head, calibrated, "", "[cues]", *rows]) + "\n"


_HEAD = (
    "Log-odds of each cue at full strength. A cue's evidence is its weight times its strength (0 to 1, or -1 to 1).",
    'Natural logarithms: 0.7 doubles the odds. "by_hand" was set from reading piles',
    'and is where learning starts; a cue that "spoke" on few arrows stays near it, and so does one that is "firm": it',
    "rests on many real cases that were read, which no simulated family outweighs.",
    "",
)


def _row(cue: str, fitted: Fitted, before: CueWeights) -> str:
    meaning = json.dumps(before.meanings[cue], ensure_ascii=False)
    firm = ", firm = true" if cue in before.firm else ""
    numbers = f"weight = {fitted.weights[cue]}, by_hand = {before.by_hand[cue]}{firm}, spoke = {fitted.spoke[cue]}"
    return f"{cue} = {{ {numbers}, meaning = {meaning} }}"
