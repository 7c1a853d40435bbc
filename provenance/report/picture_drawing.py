"""One family as SVG: boxes and lines that are links, with every colour in the style sheet."""

from markupsafe import Markup

from provenance.report.picture_layout import BOX, GAP, LABEL, PAD, Box, Layout, Line, Row, Tick
from provenance.report.picture_model import Arrow, Node, Open, PictureWords
from provenance.report.picture_text import cut
from provenance.report.right_to_left import isolated
from provenance.report.wording import quote

_THIN, _THICK = 1.6, 7.0  # a line for the smallest share, and for a whole text
_WORD = 11.5  # type size
_PART = 1.4  # a line from where only a part is


def drawing(made: Layout, words: PictureWords) -> Markup:
    """A picture with its places already found.

    Args:
        made: the places.
        words: the words of the picture.
    """
    parts = [_axis(made)]
    into: dict[str, list[Line]] = {}
    for line in made.lines:
        into.setdefault(_ends(line)[1], []).append(line)
    for box in made.boxes:
        parts += [_line(line, words) for line in into.get(box.node.id, [])]
        parts.append(_box(box))
    size = Markup('width="{0}" height="{1}" viewBox="0 0 {0} {1}"').format(_n(made.width), _n(made.height))
    return Markup('<svg class="pic" role="group" aria-label="{label}" {size}>\n{parts}\n</svg>').format(
        label=words.describe, size=size, parts=Markup("\n").join(parts)
    )


# --- axis ------------------------------------------------------------------------------------------------------------


def _axis(made: Layout) -> Markup:
    if not any(tick.days for tick in made.ticks):
        return Markup("")
    ticks = Markup("").join(_tick(tick, made) for tick in made.ticks)
    return Markup('<g class="pic-axis" aria-hidden="true">{ticks}</g>').format(ticks=ticks)


def _tick(tick: Tick, made: Layout) -> Markup:
    later = Markup('<text class="pic-later" x="{x}" y="24" text-anchor="middle">{said}</text>').format(
        x=_n(tick.x - GAP / 2), said=tick.later
    )
    return Markup(
        '<rect class="pic-column" x="{x}" y="4" width="{w}" height="{h}" rx="8"/>'
        '<text class="pic-day" x="{mid}" y="24" text-anchor="middle">{days}</text>{later}'
    ).format(
        x=_n(tick.x - 10),
        w=_n(BOX + 20),
        h=_n(made.height - 8),
        mid=_n(tick.x + BOX / 2),
        days=tick.days,
        later=later if tick.later else "",
    )


# --- boxes -----------------------------------------------------------------------------------------------------------


def _ends(line: Line) -> tuple[str, str]:
    return (line.what.source, line.what.derived) if isinstance(line.what, Arrow) else line.what.ends


def _box(box: Box) -> Markup:
    node = box.node
    inside = Markup("").join(
        [
            Markup('<rect class="pic-frame" x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}"/>').format(
                x=_n(box.x), y=_n(box.y), w=_n(BOX), h=_n(box.height), r=6 if node.kind == "article" else 14
            ),
            *(_row(row, box, PAD) for row in box.rows),
        ]
    )
    link = Markup(' href="#{}"').format(node.link) if node.link else Markup("")
    return Markup(
        '<g class="pic-node pic-{kind}" data-node="{id}"><a class="pic-link"{link}>'
        "<title>{title}</title>{inside}</a>{facts}</g>"
    ).format(kind=node.kind, id=node.id, link=link, title=_title(node), inside=inside, facts=_facts(box))


def _title(node: Node) -> str:
    """The whole of what is shortened in the box: shown on hovering, and what a screen reader says of it."""
    said = [isolated(node.name), node.date, isolated(quote(node.title)) if node.title else "", node.about, *node.notes]
    return "\n".join(part for part in said if part)


def _facts(box: Box) -> Markup:
    if not box.facts:
        return Markup("")
    x = box.x + PAD
    bar = Markup('<path class="pic-dots" d="M{x} {y}V{end}"/>').format(
        x=_n(x), y=_n(box.bottom + 3), end=_n(box.y + box.facts[-1].y + 3)
    )
    return bar + Markup("").join(_row(row, box, PAD + 8) for row in box.facts)


def _row(row: Row, box: Box, pad: float) -> Markup:
    x = box.x + (BOX - PAD if row.is_turned else pad)
    return Markup('<text class="{css}" x="{x}" y="{y}"{way}>{text}</text>').format(
        css=row.css,
        x=_n(x),
        y=_n(box.y + row.y),
        way=Markup(' direction="rtl"') if row.is_turned else "",
        text=row.text,
    )


# --- lines -----------------------------------------------------------------------------------------------------------


def _line(line: Line, words: PictureWords) -> Markup:
    what = line.what
    inside = _arrow(line, what) if isinstance(what, Arrow) else _open(line, what, words)
    source, derived = _ends(line)
    link = Markup(' href="#{}"').format(what.link) if what.link else Markup("")
    css = _css(what) if isinstance(what, Arrow) else f"pic-open pic-{what.what} undecided"
    return Markup('<a class="pic-arrow {css}" data-from="{source}" data-to="{derived}"{link}>{inside}</a>').format(
        css=css, source=source, derived=derived, link=link, inside=inside
    )


def _css(arrow: Arrow) -> str:
    parts = [arrow.css, "" if arrow.is_main else "pic-part", f"pic-{arrow.mark.kind}" if arrow.mark else ""]
    return " ".join(filter(None, parts))


def _arrow(line: Line, arrow: Arrow) -> Markup:
    thick = thickness(arrow)
    return Markup(
        '<title>{title}</title><path class="pic-reach" d="{d}"/>'
        '<path class="pic-line" d="{d}" stroke-width="{w}"/>{head}{label}'
    ).format(
        title=". ".join(filter(None, [arrow.said, arrow.mark.word if arrow.mark else "", arrow.detail])),
        d=_shortened(line, thick),
        w=_n(thick),
        head=_head(line, thick) if line.tip else "",
        label=_label(line, arrow, thick),
    )


def thickness(arrow: Arrow) -> float:
    """How thick a line is drawn: by the share of the derived text, as far as it is known."""
    if not arrow.is_main:
        return _PART
    return 2.2 if arrow.share is None else _THIN + (_THICK - _THIN) * max(0.0, min(1.0, arrow.share))


def _head_size(thick: float) -> float:
    return 7.0 + thick


def _shortened(line: Line, thick: float) -> str:
    """The path up to the head rather than to its point, which a thick line would blunt."""
    if line.tip is None or line.is_turned:
        return line.path
    x, y = line.tip
    end = _n(x - _head_size(thick) + 1)
    for last in (f"H{_n(x)}", f"L{_n(x)} {_n(y)}"):
        if line.path.endswith(last):
            return line.path.removesuffix(last) + (f"H{end}" if last[0] == "H" else f"L{end} {_n(y)}")
    return line.path


def _head(line: Line, thick: float) -> Markup:
    assert line.tip is not None
    (x, y), size = line.tip, _head_size(thick)
    back = x + size if line.is_turned else x - size
    half = 3.5 + thick * 0.72
    return Markup('<path class="pic-head" d="M{x} {y}L{back} {up}V{down}Z"/>').format(
        x=_n(x), y=_n(y), back=_n(back), up=_n(y - half), down=_n(y + half)
    )


_SIGNS = {"found": "✓ ", "missed": "○ ", "extra": "✗ "}


def _label(line: Line, arrow: Arrow, thick: float) -> Markup:
    """The word above the line and the share below it; what a check says comes first."""
    x, y = line.label
    said = _SIGNS[arrow.mark.kind] + arrow.mark.word if arrow.mark else arrow.word
    under = arrow.share_word
    found = Markup('<text class="pic-word" x="{x}" y="{y}">{said}</text>').format(
        x=_n(x - 3), y=_n(y - thick / 2 - 4.5), said=cut(said, LABEL + 2, _WORD, bold=True)
    )
    if under:
        found += Markup('<text class="pic-share" x="{x}" y="{y}">{said}</text>').format(
            x=_n(x - 3), y=_n(y + thick / 2 + 12), said=under
        )
    return found


def _open(line: Line, tie: Open, words: PictureWords) -> Markup:
    x, y = line.label
    beside = line.path.endswith(f"H{_n(x + LABEL)}")
    at = x + LABEL / 2 if beside else x
    shift, anchor = (0, "middle") if beside else (14, "start") if line.is_turned else (-14, "end")
    word = Markup('<text class="pic-word" x="{x}" y="{y}" text-anchor="{anchor}">{said}</text>').format(
        x=_n(at + shift), y=_n(y - 13 if beside else y + 4), anchor=anchor, said=cut(tie.word, LABEL, _WORD, bold=True)
    )
    return Markup(
        '<title>{said}</title><path class="pic-reach" d="{d}"/><path class="pic-line" d="{d}"/>'
        '<circle class="pic-ask" cx="{x}" cy="{y}" r="9"/>'
        '<text class="pic-mark" x="{x}" y="{base}" text-anchor="middle">{mark}</text>{word}'
    ).format(
        said=tie.said,
        d=line.path,
        x=_n(at),
        y=_n(y),
        base=_n(y + 4.5),
        mark=words.open_mark,
        word=word,
    )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
