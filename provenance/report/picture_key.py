"""The key of a picture: each sign that it uses, small, with what it means."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from provenance.report.picture_model import Group, PictureWords

_LINE = '<path class="pic-line" d="M1 9H{end}" stroke-width="{w}"/>'
_HEAD = '<path class="pic-head" d="M39 9L29 4V14Z"/>'
_SHADES = "".join(
    f'<rect class="{css}" x="{x}" y="5" width="11" height="8" rx="2" fill="currentColor"/>'
    for x, css in ((1, "very-likely"), (14, "likely"), (27, "leaning"))
)
_ASK = (
    '<circle class="pic-ask" cx="20" cy="9" r="7"/><text class="pic-mark" x="20" y="12.5" text-anchor="middle">?</text>'
)


def key(groups: Sequence[Group], words: PictureWords) -> Markup:
    """The signs that these groups use; empty where nothing is drawn."""
    signs = [
        Markup("<li>{}<span>{}</span></li>").format(sign, said)
        for sign, said in _signs([group for group in groups if group.kind == "family"], words)
    ]
    if not signs:
        return Markup("")
    return Markup('<ul class="pic-key" aria-label="{}">{}</ul>').format(words.legend, Markup("").join(signs))


def _signs(groups: list[Group], words: PictureWords) -> Iterator[tuple[Markup, str]]:
    arrows = [arrow for group in groups for arrow in group.arrows]
    nodes = [node for group in groups for node in group.nodes]
    ties = {tie.what for group in groups for tie in group.opens}
    kinds = {node.kind for node in nodes}
    yield (
        _svg("pic-time", '<path class="pic-line" d="M1 9H38M33 4L38 9L33 14" stroke-width="1.5"/>'),
        words.key_time,
    )
    if any(arrow.is_main for arrow in arrows):
        yield _svg("likely", _LINE.format(end=30, w=4) + _HEAD), f"{words.key_arrow}; {words.key_thick}"
    if any(not arrow.is_main for arrow in arrows):
        yield _svg("pic-part likely", _LINE.format(end=30, w=1.4) + _HEAD), words.key_part
    if "direction" in ties:
        yield _svg("pic-open pic-direction undecided", _LINE.format(end=39, w=2) + _ASK), words.key_direction
    if "relation" in ties:
        yield _svg("pic-open pic-relation undecided", _LINE.format(end=39, w=1.4) + _ASK), words.key_relation
    if any(arrow.word for arrow in arrows):
        yield _svg("pic-sure", _SHADES), words.key_sure
    for kind, said in (("article", words.key_article), ("named", words.key_named), ("unseen", words.key_unseen)):
        if kind in kinds:
            yield _svg(f"pic-{kind}", _frame(kind)), said
    if any(node.facts for node in nodes):
        yield _svg("", '<path class="pic-dots" d="M12 2V16"/>'), words.key_facts


def _frame(kind: str) -> str:
    return f'<rect class="pic-frame" x="2" y="2" width="36" height="14" rx="{3 if kind == "article" else 7}"/>'


def _svg(css: str, inside: str) -> Markup:
    """One sign; all of it is ours, nothing comes from an article."""
    return Markup('<svg class="pic" width="40" height="18" aria-hidden="true"><g class="{}">{}</g></svg>').format(
        css, Markup(inside)
    )
