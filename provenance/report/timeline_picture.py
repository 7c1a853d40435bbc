"""All articles of a trace on a true axis of dates, what is not known exactly drawn as long as it may be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from provenance.model import Article, Published, Trace
from provenance.report.anchors import Anchors
from provenance.report.arrow_words import called
from provenance.report.columns import shorten
from provenance.report.picture_groups import groups_of
from provenance.report.picture_text import cut, is_right_to_left, width
from provenance.report.time_scale import BREAK, TimeScale, in_utc
from provenance.report.wording import Names, counted, date_words, day, plain, quote

_WIDE, _MARGIN = 1128.0, 18.0
_AXIS, _LANE, _BAR = 34.0, 26.0, 20.0
_NAME, _SMALL = 12.0, 11.5  # type sizes
_LANES = 24  # after which the days are written anew, so that one of their rows is always in sight
_LONGEST = 170.0  # room of a name
_OPEN = 74.0  # length of a bar of which only one end is known
_BADGE = 22.0  # room of a family's number
_LONGEST_SAID = 300  # columns of a name or title where it is told in full
_TONES = 5


@dataclass(frozen=True, slots=True)
class _Item:
    """An article on the axis: from ``start`` to ``end``, written from ``label`` on, all of it within ``room``."""

    article: Article
    name: str
    family: int | None
    start: float
    end: float
    label: float
    room: tuple[float, float]
    lane: int


def timeline_picture(trace: Trace, anchors: Anchors) -> Markup:
    """The articles as they appeared, each a link to its text.

    Args:
        trace: the finished trace.
        anchors: where the texts stand in the page.

    Returns:
        HTML that needs picture.css. An article known to the minute is a dot, one known to the day or less exactly a
        bar, one of which only one end is known a bar with an open end; those without a date stand in a row of their
        own. The number beside a name is that of its family in the picture of the tree.

    >>> from provenance import read_articles, trace
    >>> found = trace(read_articles("inputs/small"))
    >>> timeline_picture(found, Anchors.of(found)).count("pic-moment")
    5
    """
    if not trace.articles:
        return Markup("")
    families = _families(trace, anchors)
    names = Names.of(trace)
    dated = [a for a in trace.articles if _ends(a.published)]
    undated = [a for a in trace.articles if not _ends(a.published)]
    scale = TimeScale.of([_known(a.published) for a in dated if a.published], _MARGIN, _WIDE) if dated else None
    items = list(_items(dated, names, families, scale)) if scale else []
    loose = list(_flowing(undated, names, families))
    return Markup(
        '<div class="timeline">{said}<div class="pic-view scroll" role="group" tabindex="0" '
        'aria-label="Timeline">{svg}</div></div>'
    ).format(said=_said(dated, undated, scale, has_families=bool(families)), svg=_svg(scale, items, loose, anchors))


def _families(trace: Trace, anchors: Anchors) -> dict[str, int]:
    """The number of the drawn family of each article that has one."""
    drawn = [group for group in groups_of(trace, anchors) if group.kind == "family"]
    number = {node.id: n for n, group in enumerate(drawn, 1) for node in group.nodes}
    return {a.id: number[anchors.text(a.id)] for a in trace.articles if anchors.text(a.id) in number}


# --- what is known of a date -----------------------------------------------------------------------------------------


def _ends(when: Published | None) -> list[datetime]:
    return [in_utc(moment) for moment in (when.earliest, when.latest) if moment] if when else []


def _known(when: Published) -> tuple[datetime, datetime]:
    ends = _ends(when)
    return min(ends), max(ends)


def _is_exact(when: Published) -> bool:
    start, end = _known(when)
    return when.earliest is not None and when.latest is not None and (end - start).total_seconds() < 60


# --- places ----------------------------------------------------------------------------------------------------------


def _items(articles: Sequence[Article], names: Names, families: dict[str, int], scale: TimeScale) -> Iterator[_Item]:
    """The articles by date, each in the first lane that has room for it."""
    lanes: list[float] = []
    for article in sorted(articles, key=lambda a: (*_known(a.published or _NEVER), called(names, a.id), a.id)):
        made = _placed(article, names, families, scale)
        lane = next((n for n, end in enumerate(lanes) if end + 12 <= made.room[0]), len(lanes))
        lanes[lane : lane + 1] = [made.room[1]]
        yield _Item(article, made.name, made.family, made.start, made.end, made.label, made.room, lane)


_NEVER = Published(None, None, "")


def _placed(article: Article, names: Names, families: dict[str, int], scale: TimeScale) -> _Item:
    when = article.published or _NEVER
    name, family = _name(names, article), families.get(article.id)
    start, end = (scale.x(moment) for moment in _known(when))
    if when.latest is None:
        end = min(start + _OPEN, _MARGIN + _WIDE)
    elif when.earliest is None:
        start = max(end - _OPEN, _MARGIN)
    elif _is_exact(when):
        start = end = (start + end) / 2
    else:
        end = max(end, start + 8)
    long = width(name, _NAME) + (_BADGE if family else 0)
    inside = end - start >= long + 12
    label = start + 6 if inside else end + 8
    if label + long > _MARGIN + _WIDE and not inside:
        label = max(_MARGIN, start - 8 - long)
    room = (min(start - 5, label), max(end + 5, label + long))
    return _Item(article, name, family, start, end, label, room, 0)


def _name(names: Names, article: Article) -> str:
    return cut(called(names, article.id), _LONGEST, _NAME)


def _flowing(articles: Sequence[Article], names: Names, families: dict[str, int]) -> Iterator[_Item]:
    """The articles without a date, in rows like words."""
    x, lane = _MARGIN, 0
    for article in articles:
        name, family = _name(names, article), families.get(article.id)
        long = width(name, _NAME) + (_BADGE if family else 0) + 16
        if x + long > _MARGIN + _WIDE and x > _MARGIN:
            x, lane = _MARGIN, lane + 1
        yield _Item(article, name, family, x + 5, x + 5, x + 16, (x, x + long), lane)
        x += long + 18


# --- drawing ---------------------------------------------------------------------------------------------------------


def _svg(scale: TimeScale | None, items: list[_Item], loose: list[_Item], anchors: Anchors) -> Markup:
    last = max((item.lane for item in items), default=-1)
    below = _y(last + 1) - 2 if items else _AXIS
    undated = below + 30 if items else 30.0
    height = undated + (max(item.lane for item in loose) + 1) * _LANE if loose else below
    parts = list(_axis(scale, below, last)) if scale else []
    parts += [_item(item, _y(item.lane), anchors) for item in items]
    if loose:
        parts.append(_loose_head(undated - 12, is_first=not items))
        parts += [_item(item, undated + 2 + item.lane * _LANE, anchors) for item in loose]
    size = Markup('width="{0}" height="{1}" viewBox="0 0 {0} {1}"').format(_n(_WIDE + 2 * _MARGIN), _n(height + 12))
    return Markup('<svg class="pic pic-timeline" role="group" aria-label="Timeline" {size}>\n{parts}\n</svg>').format(
        size=size, parts=Markup("\n").join(parts)
    )


def _y(lane: int) -> float:
    """The upper edge of a lane; above every so many lanes the days are written anew."""
    return _AXIS * (lane // _LANES + 1) + 10 + lane * _LANE


def _axis(scale: TimeScale, bottom: float, last: int) -> Iterator[Markup]:
    """Lines at the days that are written, and a sign where the axis is broken; for the eye only."""
    yield Markup('<g aria-hidden="true">')
    rows = [_y(lane) - 26 for lane in range(0, max(1, last + 1), _LANES)]
    for x, at, unit in scale.ticks():
        yield Markup('<path class="pic-grid" d="M{} 26V{}"/>').format(_n(x), _n(bottom))
        for y in rows:
            yield Markup('<text class="pic-day pic-beside" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                _n(x), _n(y), _tick_words(at, unit)
            )
    for stretch in scale.stretches[1:]:
        x = stretch.x - BREAK / 2
        yield Markup('<path class="pic-break" d="M{a} 26V{end}M{b} 26V{end}"/>').format(
            a=_n(x - 3), b=_n(x + 3), end=_n(bottom)
        )
    yield Markup("</g>")


def _tick_words(at: datetime, unit: str) -> str:
    if unit == "hour":
        return f"{at:%H:%M}" if at.hour else day(at)
    if unit == "day":
        return day(at)
    return day(at).split(" ", 1)[1] if unit == "month" else str(at.year)


def _loose_head(y: float, *, is_first: bool) -> Markup:
    line = (
        Markup("")
        if is_first
        else Markup('<path class="pic-grid" d="M{} {}H{}"/>').format(_n(_MARGIN), _n(y - 16), _n(_MARGIN + _WIDE))
    )
    return line + Markup('<text class="pic-day" x="{}" y="{}">no date</text>').format(_n(_MARGIN), _n(y))


def _item(item: _Item, y: float, anchors: Anchors) -> Markup:
    article = item.article
    said = [_called_in_full(article), date_words(article.published)]
    said += [quote(shorten(plain(article.title), _LONGEST_SAID))] if article.title else []
    said += [f"family {item.family}"] if item.family else []
    tone = f" pic-tone-{(item.family - 1) % _TONES + 1}" if item.family else ""
    return Markup(
        '<a class="pic-moment{tone}" href="#{link}"><title>{title}</title>'
        '<rect class="pic-hit" x="{x}" y="{top}" width="{w}" height="24"/>{shape}{badge}{name}</a>'
    ).format(
        tone=tone,
        link=anchors.text(article.id),
        title="\n".join(filter(None, said)),
        x=_n(item.room[0]),
        top=_n(y - 2),
        w=_n(max(24.0, item.room[1] - item.room[0])),
        shape=_shape(item, y),
        badge=_badge(item, y) if item.family else "",
        name=_label(item, y),
    )


def _called_in_full(article: Article) -> str:
    """Outlet and file of an article."""
    outlet, id = (shorten(plain(name or ""), _LONGEST_SAID) for name in (article.outlet, article.id))
    return f"{outlet} [{id}]" if outlet else id


def _shape(item: _Item, y: float) -> Markup:
    when, middle = item.article.published or _NEVER, y + _BAR / 2
    if not _ends(when):
        return Markup('<circle class="pic-hollow" cx="{}" cy="{}" r="4.5"/>').format(_n(item.start), _n(middle))
    if item.start == item.end:
        return Markup('<circle class="pic-dot" cx="{}" cy="{}" r="5.5"/>').format(_n(item.start), _n(middle))
    if when.earliest and when.latest:
        return Markup('<rect class="pic-bar" x="{}" y="{}" width="{}" height="{}" rx="5"/>').format(
            _n(item.start), _n(y), _n(item.end - item.start), _n(_BAR)
        )
    known, far = (item.start, item.end) if when.earliest else (item.end, item.start)
    way = 6 if far >= known else -6
    return Markup(
        '<path class="pic-known" d="M{known} {top}V{bottom}"/><path class="pic-ajar" d="M{known} {middle}H{far}"/>'
        '<path class="pic-tip" d="M{back} {up}L{far} {middle}L{back} {down}"/>'
    ).format(
        known=_n(known),
        top=_n(y + 2),
        bottom=_n(y + _BAR - 2),
        middle=_n(middle),
        far=_n(far),
        back=_n(far - way),
        up=_n(middle - 5),
        down=_n(middle + 5),
    )


def _badge(item: _Item, y: float) -> Markup:
    return Markup(
        '<rect class="pic-badge" x="{x}" y="{y}" width="18" height="15" rx="7.5"/>'
        '<text class="pic-number" x="{mid}" y="{base}" text-anchor="middle">{n}</text>'
    ).format(x=_n(item.label), y=_n(y + 2.5), mid=_n(item.label + 9), base=_n(y + 13.8), n=item.family)


def _label(item: _Item, y: float) -> Markup:
    turned = is_right_to_left(item.name)
    x = item.label + (_BADGE if item.family else 0)
    return Markup('<text class="pic-who{beside}" x="{x}" y="{y}"{way}>{name}</text>').format(
        beside="" if item.start < item.label < item.end else " pic-beside",
        x=_n(x + (width(item.name, _NAME) if turned else 0)),
        y=_n(y + 14.3),
        way=Markup(' direction="rtl"') if turned else "",
        name=item.name,
    )


# --- words -----------------------------------------------------------------------------------------------------------


def _said(dated: list[Article], undated: list[Article], scale: TimeScale | None, *, has_families: bool) -> Markup:
    """What the timeline shows, and how to read it."""
    said = []
    if dated:
        ends = [moment for a in dated for moment in _ends(a.published)]
        first, last = day(min(ends)), day(max(ends))
        when = f"on {first}" if first == last else f"between {first} and {last}"
        said.append(f"{counted(len(dated), 'article')} {when}.")
    if undated:
        said.append(f"{counted(len(undated), 'article')} without a date.")
    said.append(
        "A dot is known to the minute; a bar is as long as the time in which the article may have appeared; "
        "a dashed line with an arrow says that only one end of that time is known."
    )
    if has_families:
        said.append("The number beside a name is that of its family in the picture of the sources.")
    if scale and scale.is_broken:
        said.append("Long stretches without any article are cut short where the double lines stand.")
    return Markup('<p class="soft">{}</p>').format(" ".join(said))


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
