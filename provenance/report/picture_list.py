"""The same tree as a nested list: for screen readers, for narrow screens, and for whoever reads rather than looks."""

from collections import defaultdict
from collections.abc import Iterator

from markupsafe import Markup

from provenance.report.picture_columns import forward
from provenance.report.picture_model import Arrow, Group, Node, Open, PictureWords
from provenance.report.right_to_left import isolated
from provenance.report.wording import quote, some


def nested_list(group: Group, words: PictureWords) -> Markup:
    """Every text under the one it most likely took text from; what else is known of it stands in its item."""
    tree = _Tree(group, words)
    out, depth = [Markup('<ul class="pic-list">')], 0
    for id, level in tree.walk():
        out += [Markup("</li></ul>")] * max(0, depth - level)
        out += [Markup("<ul>")] if level > depth else [Markup("</li>")] if len(out) > 1 else []
        out.append(Markup("<li>") + tree.item(id))
        depth = level
    return Markup("").join([*out, *[Markup("</li></ul>")] * (depth + 1)]) if tree.nodes else Markup("")


class _Tree:
    def __init__(self, group: Group, words: PictureWords) -> None:
        self.words = words
        self.nodes = {node.id: node for node in group.nodes}
        self.above: dict[str, Arrow] = {}
        self.into: dict[str, list[Arrow]] = defaultdict(list)
        self.opens: dict[str, list[Open]] = defaultdict(list)
        for arrow in sorted(forward(group.nodes, group.arrows), key=lambda a: not a.is_main):
            self.above.setdefault(arrow.derived, arrow)
        for arrow in group.arrows:
            self.into[arrow.derived].append(arrow)
        for tie in group.opens:
            for id in dict.fromkeys(tie.ends):
                self.opens[id].append(tie)
        self.below: dict[str | None, list[str]] = defaultdict(list)
        for node in group.nodes:
            source = self.above.get(node.id)
            self.below[source.source if source else None].append(node.id)

    def walk(self) -> Iterator[tuple[str, int]]:
        waiting = [(id, 0) for id in reversed(self.below[None])]
        while waiting:
            id, level = waiting.pop()
            yield id, level
            waiting += [(child, level + 1) for child in reversed(self.below[id])]

    def item(self, id: str) -> Markup:
        node = self.nodes[id]
        rows = [self._head(node), *(self._arrow(arrow) for arrow in self.into[id])]
        rows += [_row("pic-note", tie.said, tie.link, mark=self.words.open_mark) for tie in self.opens[id]]
        rows += (
            [
                _row(
                    "pic-note pic-facts",
                    self.words.facts.format(names=some([isolated(name) for name in node.facts], 8)),
                )
            ]
            if node.facts
            else []
        )
        rows += [_row("pic-note", note) for note in node.notes]
        return Markup("").join(rows)

    def _head(self, node: Node) -> Markup:
        name = Markup("<bdi>{}</bdi>").format(node.name)
        if node.link:
            name = Markup('<a href="#{}">{}</a>').format(node.link, name)
        title = Markup(" <bdi>{}</bdi>").format(quote(node.title)) if node.title else ""
        about = Markup(" <small>({})</small>").format(node.about) if node.about and node.kind != "article" else ""
        return Markup('<div class="pic-item pic-{kind}"><strong>{name}</strong>{about}, {date}{title}</div>').format(
            kind=node.kind, name=name, about=about, date=node.date or self.words.no_date, title=title
        )

    def _arrow(self, arrow: Arrow) -> Markup:
        mark = f" – {arrow.mark.word}" if arrow.mark else ""
        more = f". {arrow.detail}" if arrow.detail else ""
        return _row(f"pic-note {arrow.css}", f"{arrow.said}{mark}", arrow.link, more=more)


def _row(css: str, said: str, link: str | None = None, *, mark: str = "", more: str = "") -> Markup:
    inside = Markup('<a href="#{}">{}</a>').format(link, said) if link else Markup("{}").format(said)
    sign = Markup('<span aria-hidden="true">{} </span>').format(mark) if mark else ""
    return Markup('<div class="{}">{}{}{}</div>').format(css, sign, inside, more)
