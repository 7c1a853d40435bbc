"""Names and words that run from right to left within our sentences, which run from left to right.

Without isolates a browser orders such a name together with its neighbours: two of them in one sentence change places,
and so do "took" and "was taken from".
"""

import re

_OPEN, _CLOSE = "\u2068", "\u2069"  # first strong isolate, pop directional isolate
_TURNED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# From the first such letter to the last one, as long as no letter of ours, quotation mark or bracket stands between.
_RUN = re.compile(
    f"{_TURNED.pattern}(?:[^A-Za-zÀ-\u058f“”„«»()\\[\\]→;\n{_OPEN}{_CLOSE}]*{_TURNED.pattern})*[\u0300-\u036f]*"
)


def isolated(name: str) -> str:
    """A name as it can stand in a sentence of ours; one from left to right stays as it is.

    >>> isolated("Harbour Post"), isolated("صحيفة") == "\u2068صحيفة\u2069"
    ('Harbour Post', True)
    """
    return f"{_OPEN}{name}{_CLOSE}" if _TURNED.search(name) else name


def with_isolates(sentence: str) -> str:
    """A sentence of ours in which every run of words from right to left is kept to itself.

    >>> with_isolates("it credits صحيفة الميناء: 5 words") == "it credits \u2068صحيفة الميناء\u2069: 5 words"
    True
    """
    if _OPEN in sentence:
        return sentence
    return _RUN.sub(lambda run: f"{_OPEN}{run.group()}{_CLOSE}", sentence)
