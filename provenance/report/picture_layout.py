"""Where each box and each line of a picture stands.

Every text has the rows between its own first and last descendant to itself, so that a line into it meets no other box
on its way from the left. Only lines from a second source look for a free lane between the boxes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise, permutations

from provenance.model import Published
from provenance.report.picture_columns import columns, forward, in_time
from provenance.report.picture_model import Arrow, Group, Node, Open, PictureWords
from provenance.report.picture_text import is_right_to_left, rows
from provenance.report.wording import is_dated_too_early, quote, some

BOX, PAD = 194.0, 10.0  # width of a box, and the room inside its frame; four columns fit on a screen
LABEL = 78.0  # the end of a line that has its word beside it
GAP = LABEL + 42  # between two columns
ROW, ROOT_ROW, PACK_ROW = 26.0, 40.0, 14.0  # between boxes one above the other
AXIS, MARGIN = 48.0, 14.0
PORT = 44.0  # between two lines that enter one box, so that the share under one and the word over the next keep apart
LANE = 10.0  # a line through a gap keeps this far from boxes
NAME, SMALL, FACT = 14.0, 12.0, 11.5  # type sizes
_MANY_LEAVES = 7  # texts with nothing below them that still get a row each; more stand close together
_MOST_RELATIONS = 4  # open relations that are drawn in a family; more are told under it
_ROUND = 96.0  # room for a line that goes round at the right, and its word
_SEAM = 4.0  # that the longest line leaves free at the right in the widest typeface
_FACT_ROWS = 3
_FACT_MARGIN = 30.0  # at the right of them, where a line may pass
_STRAIGHT = 20.0  # a source this little off the middle of a text below it is put level with it
_FEW_TREES = 5  # of which every order is tried


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text in or under a box; ``y`` is its base line, from the top of the box."""

    text: str
    css: str
    y: float
    size: float
    bold: bool = False
    is_turned: bool = False  # runs from right to left


@dataclass(slots=True)
class Box:
    """A node and where it stands."""

    node: Node
    column: int
    rows: tuple[Row, ...]
    facts: tuple[Row, ...]
    height: float
    x: float = 0.0
    y: float = 0.0
    packed: bool = False

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + BOX

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def under(self) -> float:
        """The room that what it says of its facts takes below it."""
        return self.facts[-1].y - self.height + 6 if self.facts else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn arrow or open tie: its path, where its head points, and where its word stands."""

    what: Arrow | Open
    path: str
    tip: tuple[float, float] | None
    label: tuple[float, float]
    is_turned: bool = False  # it comes from the right


@dataclass(frozen=True, slots=True)
class Tick:
    """A column's place on the axis, its days, and how much later it is than the one before."""

    x: float
    days: str
    later: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole picture: boxes in the order of reading, lines, the axis, and what is only told."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    told: tuple[Open, ...]
    width: float
    height: float


def layout(group: Group, words: PictureWords) -> Layout:
    """The places of all that one picture shows.

    Args:
        group: what to draw.
        words: the words of the picture.
    """
    return _Plan(group, words).layout()


@dataclass(slots=True)
class _Block:
    """A text with all below it: how far it reaches above and below the middle of its own box."""

    up: float = 0.0
    down: float = 0.0
    shifts: list[float] = field(default_factory=list)  # of the blocks below it


class _Plan:
    """The steps from a group to places, each building on the one before."""

    def __init__(self, group: Group, words: PictureWords) -> None:
        self.group, self.words = group, words
        self.nodes = {node.id: node for node in group.nodes}
        self.arrows = forward(group.nodes, group.arrows)
        self.backward = [a for a in group.arrows if a not in self.arrows and {a.source, a.derived} <= {*self.nodes}]
        self.opens, self.told = self._drawn_and_told()
        self.order, self.moments = in_time(group.nodes, self.arrows, self.opens)
        self.columns = columns(group.nodes, self.arrows, self.opens)
        self.wrong = self._dated_wrongly()
        self.above = self._trunk()
        self.below: dict[str, list[str]] = defaultdict(list)
        for id in self.order:
            if id in self.above:
                self.below[self.above[id].source].append(id)
        self.packs = self._packs()
        packed = {id for ids in self.packs.values() for id in ids}
        self.column = {id: n for n, ids in enumerate(self.columns) for id in ids}
        self.incoming = self._incoming()
        self.boxes = {id: self._box(id, self.column[id], id in packed) for id in self.order}
        self.blocks = self._blocks()
        self.ticks = tuple(self._ticks())

    def layout(self) -> Layout:
        roots = self._roots()
        self._place(roots)
        reading = [self.boxes[id] for root in roots for id in self._walk(root)]
        lines = [line for box in reading for line in self._lines_into(box)]
        lines += [self._tie(tie) for tie in self.opens if len({self.column[id] for id in tie.ends}) == 1]
        bottom = max((b.bottom + b.under for b in reading), default=0.0)
        wide = MARGIN * 2 + len(self.columns) * BOX + max(0, len(self.columns) - 1) * GAP + self._overhang(lines)
        return Layout(tuple(reading), tuple(lines), self.ticks, self.told, wide, bottom + MARGIN)

    # --- what hangs under what ---------------------------------------------------------------------------------------

    def _drawn_and_told(self) -> tuple[list[Open], tuple[Open, ...]]:
        inside = [tie for tie in self.group.opens if {*tie.ends} <= {*self.nodes} and tie.ends[0] != tie.ends[1]]
        relations = [tie for tie in inside if tie.what == "relation"]
        drawn = [tie for tie in inside if tie.what == "direction"] + relations[:_MOST_RELATIONS]
        return drawn, tuple(tie for tie in self.group.opens if tie not in drawn)

    def _dated_wrongly(self) -> set[str]:
        whens = {id: node.when for id, node in self.nodes.items()}
        return {a.derived for a in self.arrows if is_dated_too_early(whens[a.derived], whens[a.source])}

    def _trunk(self) -> dict[str, Arrow]:
        """The arrow that each text hangs by: the first of its whole sources, else the first of a part."""
        found: dict[str, Arrow] = {}
        for arrow in sorted(self.arrows, key=lambda a: not a.is_main):
            found.setdefault(arrow.derived, arrow)
        return found

    def _packs(self) -> dict[str, list[str]]:
        """Under each text with many leaves these leaves, which stand close together."""
        tied = {id for tie in self.opens for id in tie.ends} | {a.source for a in (*self.arrows, *self.backward)}
        many = [a.derived for a in self.arrows if a is not self.above.get(a.derived)]
        tied.update(many, (a.derived for a in self.backward))
        found = {id: [leaf for leaf in below if leaf not in tied] for id, below in self.below.items()}
        return {id: leaves for id, leaves in found.items() if len(leaves) > _MANY_LEAVES}

    def _incoming(self) -> dict[str, list[tuple[str, Arrow | Open]]]:
        """Of each text the lines that enter it from the left, with where they begin."""
        found: dict[str, list[tuple[str, Arrow | Open]]] = defaultdict(list)
        for arrow in self.arrows:
            found[arrow.derived].append((arrow.source, arrow))
        for tie in self.opens:
            a, b = sorted(tie.ends, key=lambda id: self.column[id])
            if self.column[a] < self.column[b]:
                found[b].append((a, tie))
        return found

    def _roots(self) -> list[str]:
        """Where the trees begin, the largest first as far as the lines between them stay short."""
        roots = [id for id in self.order if id not in self.above]
        roots.sort(key=lambda id: -sum(1 for _ in self._walk(id)))
        if len(roots) > _FEW_TREES:
            return self._neighbours(roots)
        return min((list(order) for order in permutations(roots)), key=self._strain)

    def _strain(self, roots: list[str]) -> float:
        """How far the lines that belong to no tree go up and down."""
        self._place(roots)
        trunks = {id(arrow) for arrow in self.above.values()}
        ends = [(a.source, a.derived) for a in (*self.arrows, *self.backward) if id(a) not in trunks]
        ends += [tie.ends for tie in self.opens]
        return round(sum(abs(self.boxes[a].middle - self.boxes[b].middle) for a, b in ends), 1)

    def _neighbours(self, waiting: list[str]) -> list[str]:
        """The trees in their order, but one that is tied to a tree before it follows at once."""
        near = self._nearness()
        found: list[str] = []
        while waiting:
            last = next((id for id in waiting if near[id] & {*found[-1:]}), None)
            nxt = last or next((id for id in waiting if near[id] & {*found}), waiting[0])
            waiting.remove(nxt)
            found.append(nxt)
        return found

    def _nearness(self) -> dict[str, set[str]]:
        """Which trees are tied to which other ones, by their roots."""
        root = {id: id for id in self.order}
        for id in self.order:
            if id in self.above:
                root[id] = root[self.above[id].source]
        found: dict[str, set[str]] = defaultdict(set)
        pairs = [(a.source, a.derived) for a in (*self.arrows, *self.backward)] + [tie.ends for tie in self.opens]
        for a, b in pairs:
            found[root[a]].add(root[b])
            found[root[b]].add(root[a])
        return found

    def _walk(self, root: str) -> Iterable[str]:
        waiting = [root]
        while waiting:
            id = waiting.pop()
            yield id
            waiting += reversed(self.below.get(id, []))

    # --- boxes -------------------------------------------------------------------------------------------------------

    def _box(self, id: str, column: int, packed: bool) -> Box:
        node, room = self.nodes[id], BOX - PAD - _SEAM
        parts = [(node.name, "pic-name", NAME, 18.0, 1 if packed else 2)]
        parts += [(node.date or self.words.no_date, "pic-date", SMALL, 16.0, 1 if packed else 2)]
        parts += [(self.words.dated_wrongly, "pic-warning", SMALL, 15.5, 3)] if id in self.wrong else []
        parts += [(node.known, "pic-title", SMALL, 15.5, 2)] if node.known and not packed else []
        parts += [(quote(node.title), "pic-title", SMALL, 15.5, 2)] if node.title and not packed else []
        found: list[Row] = []
        y = 5.0
        for text, css, size, step, most in parts:
            for row in rows(text, room, size, most, bold=css == "pic-name"):
                y += step
                found.append(Row(row, css, y, size, css == "pic-name", is_right_to_left(text)))
        lines = len(self.incoming[id])
        height = max(y + 10, PORT * lines if lines > 1 else 0.0, 46.0)
        return Box(node, column, tuple(found), () if packed else self._facts(node, height), height, packed=packed)

    def _facts(self, node: Node, height: float) -> tuple[Row, ...]:
        if not node.facts:
            return ()
        names = some(node.facts[:3], 3)
        if len(node.facts) > 3:
            names = self.words.facts_more.format(names=names, n=len(node.facts) - 3)
        said = self.words.facts.format(names=names)
        found = rows(said, BOX - PAD - 8 - _FACT_MARGIN, FACT, _FACT_ROWS)
        return tuple(Row(text, "pic-fact", height + 8 + 14.5 * n, FACT) for n, text in enumerate(found, 1))

    # --- places ------------------------------------------------------------------------------------------------------

    def _place(self, roots: list[str]) -> None:
        top = AXIS if any(tick.days for tick in self.ticks) else MARGIN
        for root in roots:
            block = self.blocks[root]
            self._settle(root, top + block.up)
            top += block.up + block.down + ROOT_ROW

    def _blocks(self) -> dict[str, _Block]:
        found: dict[str, _Block] = {}
        for id in reversed(self.order):
            box = self.boxes[id]
            up, down = box.height / 2, box.height / 2 + box.under
            parts = [(found[child].up, found[child].down) for child in self._rowed(id)]
            if id in self.packs:
                half = self._pack_height(id) / 2
                parts.append((half, half))
            block = _stacked(parts)
            found[id] = _Block(max(up, block.up), max(down, block.down), block.shifts)
        return found

    def _rowed(self, id: str) -> list[str]:
        """What hangs under a text in rows of its own."""
        packed = {*self.packs.get(id, ())}
        return [child for child in self.below.get(id, []) if child not in packed]

    def _settle(self, root: str, middle: float) -> None:
        waiting = [(root, middle)]
        while waiting:
            id, middle = waiting.pop()
            box = self.boxes[id]
            box.x, box.y = _left(box.column), middle - box.height / 2
            below, shifts = self._rowed(id), self.blocks[id].shifts
            waiting += [(child, middle + shift) for child, shift in zip(below, shifts, strict=False)]
            if id in self.packs:
                self._settle_pack(id, middle + shifts[-1])

    def _pack_columns(self, id: str) -> dict[int, list[Box]]:
        found: dict[int, list[Box]] = defaultdict(list)
        for leaf in self.packs[id]:
            found[self.boxes[leaf].column].append(self.boxes[leaf])
        return found

    def _pack_height(self, id: str) -> float:
        stacks = self._pack_columns(id).values()
        return PACK_ROW + max(sum(box.height + PACK_ROW for box in stack) for stack in stacks)

    def _settle_pack(self, id: str, middle: float) -> None:
        top = middle - self._pack_height(id) / 2 + PACK_ROW
        for stack in self._pack_columns(id).values():
            y = top
            for box in stack:
                box.x, box.y = _left(box.column), y
                y += box.height + PACK_ROW

    # --- lines -------------------------------------------------------------------------------------------------------

    def _lines_into(self, box: Box) -> Iterable[Line]:
        incoming = sorted(self.incoming[box.node.id], key=lambda line: self.boxes[line[0]].middle)
        room = box.height / len(incoming) if incoming else 0.0
        for n, (start, what) in enumerate(incoming):
            if box.packed and isinstance(what, Arrow):
                yield self._comb(what, box)
            else:
                yield self._right(what, self.boxes[start], box, box.y + (n + 0.5) * room)
        yield from (self._back(a) for a in self.backward if a.derived == box.node.id)

    def _comb(self, arrow: Arrow, box: Box) -> Line:
        """Into a pack: along its upper edge and down between two of its columns, as the teeth of a comb hang."""
        source, top = self.boxes[arrow.source], min(self.boxes[leaf].y for leaf in self.packs[arrow.source])
        first, last = _left(source.column + 1) - LABEL - 16, box.x - LABEL - 16
        corners = [(source.right, source.middle), (first, source.middle)]
        if last > first:
            corners += [(first, top - PACK_ROW), (last, top - PACK_ROW)]
        corners += [(last, box.middle), (box.x, box.middle)]
        return Line(arrow, _rounded(corners), (box.x, box.middle), (box.x - LABEL, box.middle))

    def _right(self, what: Arrow | Open, a: Box, b: Box, port: float) -> Line:
        """From the right edge of one box to the left edge of one further right."""
        end = b.x - LABEL
        path = f"M{_n(a.right)} {_n(a.middle)}"
        if b.column == a.column + 1:
            path += _curve((a.right, a.middle), (end, port))
        else:
            lane = self._lane(a.column + 1, b.column - 1, port, a.middle)
            near, far = _left(a.column + 1) - LABEL, _left(b.column) - GAP
            path += _curve((a.right, a.middle), (near, lane)) + f"H{_n(far)}" + _curve((far, lane), (end, port))
        return Line(what, f"{path}H{_n(b.x)}", (b.x, port) if isinstance(what, Arrow) else None, (end, port))

    def _lane(self, first: int, last: int, wanted: float, start: float) -> float:
        """The height with the shortest way at which a line passes some columns without touching a box."""
        taken = [
            (box.y - LANE, box.bottom + box.under + LANE) for box in self.boxes.values() if first <= box.column <= last
        ]
        edges = [wanted, *(y for interval in taken for y in interval)]
        free = [y for y in edges if not any(low < y < high for low, high in taken)]
        return min(free, key=lambda y: (abs(y - wanted) + abs(y - start), abs(y - wanted), y))

    def _back(self, arrow: Arrow) -> Line:
        """An arrow that closes a circle: out at the right and, around the outside, in at the right."""
        a, b = self.boxes[arrow.source], self.boxes[arrow.derived]
        lane = self._lane(min(a.column, b.column), max(a.column, b.column), max(a.bottom, b.bottom), a.middle)
        x = b.right + 26
        corners = [(a.right, a.middle + 8), (a.right + 26, a.middle + 8), (a.right + 26, lane), (x, lane)]
        corners += [(x, b.middle + 8), (b.right, b.middle + 8)]
        return Line(arrow, _rounded(corners), (b.right, b.middle + 8), (x + 4, lane), is_turned=True)

    def _tie(self, tie: Open) -> Line:
        """Between two boxes of a column: straight down, or past those between them on the right."""
        a, b = sorted((self.boxes[id] for id in tie.ends), key=lambda box: box.y)
        between = [box for box in self.boxes.values() if box.column == a.column and a.y < box.y < b.y]
        middle = (a.bottom + a.under + b.y) / 2
        if not between:
            x = a.right - _FACT_MARGIN / 2 - 2
            return Line(tie, f"M{_n(x)} {_n(a.bottom)}V{_n(b.y)}", None, (x, middle))
        x, start, end = a.right + 22, a.bottom - 12, b.y + 12
        path = _rounded([(a.right, start), (x, start), (x, end), (b.right, end)])
        return Line(tie, path, None, (x, middle), is_turned=True)

    def _overhang(self, lines: list[Line]) -> float:
        """Room at the right for lines that go round the boxes of the last column there."""
        last = _left(len(self.columns) - 1)
        return _ROUND if any(line.is_turned and line.label[0] > last for line in lines) or self.backward else 0.0

    # --- axis --------------------------------------------------------------------------------------------------------

    def _ticks(self) -> Iterable[Tick]:
        before: int | None = None
        for n, ids in enumerate(self.columns):
            days, later = self._days(ids), ""
            if days:
                gap = None if before is None else days[0] - before
                later = "" if gap is None else self._later(gap)
                before = days[-1]
            yield Tick(_left(n), self._day_words(days, ids), later)

    def _days(self, ids: Sequence[str]) -> list[int]:
        """The first and last day of a column as far as they are known and believed."""
        days = sorted(moment.toordinal() for when in self._believed(ids) for moment in _ends(when))
        return [days[0], days[-1]] if days else []

    def _believed(self, ids: Sequence[str]) -> list[Published]:
        whens = [self.nodes[id].when for id in ids if id not in self.wrong]
        return [when for when in whens if when and _ends(when)]

    def _later(self, gap: int) -> str:
        if gap <= 0:
            return self.words.same_day if gap == 0 else ""
        return self.words.one_day_later if gap == 1 else self.words.days_later.format(n=f"{gap:,}")

    def _day_words(self, days: list[int], ids: Sequence[str]) -> str:
        whens, said = self._believed(ids), list[str]()
        moments = [date.fromordinal(ordinal) for ordinal in dict.fromkeys(days)]
        for at in moments:
            whole = at is moments[-1] or (at.year, at.month) != (moments[-1].year, moments[-1].month)
            month = self.words.months[at.month - 1]
            form = self.words.day if whole else self.words.day_of_month
            said.append(form.format(day=at.day, month=month, year=at.year))
        form = "{}"
        if whens and all(when.latest is None for when in whens):
            form = self.words.not_before
        elif whens and all(when.earliest is None for when in whens):
            form = self.words.not_after
        return form.format(" – ".join(said))


def _stacked(parts: list[tuple[float, float]]) -> _Block:
    """Blocks one under the other, seen from the middle between the first and the last of them."""
    if not parts:
        return _Block()
    at = [0.0]
    for (_, down), (up, _) in pairwise(parts):
        at.append(at[-1] + down + ROW + up)
    middle = at[-1] / 2
    nearest = min(at, key=lambda y: abs(y - middle))
    middle = nearest if abs(nearest - middle) < _STRAIGHT else middle
    return _Block(parts[0][0] + middle, at[-1] + parts[-1][1] - middle, [y - middle for y in at])


def _ends(when: Published) -> list[date]:
    return [moment.date() for moment in (when.earliest, when.latest) if moment]


def _left(column: int) -> float:
    return MARGIN + column * (BOX + GAP)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """From one point to the next, level at both ends."""
    if abs(start[1] - end[1]) < 0.05:
        return f"H{_n(end[0])}"
    half = (start[0] + end[0]) / 2
    return f"C{_n(half)} {_n(start[1])} {_n(half)} {_n(end[1])} {_n(end[0])} {_n(end[1])}"


def _rounded(corners: Sequence[tuple[float, float]], radius: float = 9.0) -> str:
    """A path along the corners, each of them rounded."""
    path = f"M{_n(corners[0][0])} {_n(corners[0][1])}"
    for before, at, after in zip(corners, corners[1:], corners[2:], strict=False):
        inward, outward = _towards(at, before, radius), _towards(at, after, radius)
        path += f"L{_n(inward[0])} {_n(inward[1])}Q{_n(at[0])} {_n(at[1])} {_n(outward[0])} {_n(outward[1])}"
    return f"{path}L{_n(corners[-1][0])} {_n(corners[-1][1])}"


def _towards(start: tuple[float, float], end: tuple[float, float], by: float) -> tuple[float, float]:
    far = abs(end[0] - start[0]) + abs(end[1] - start[1])
    part = min(0.5, by / far) if far else 0.0
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
