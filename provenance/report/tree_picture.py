"""The tree as a picture: time runs across, families down, and the same as a nested list.

Every box leads to its text and every line to its reasons. Nothing here needs a script; picture.js adds searching,
sizing and the line of descent under the pointer.
"""

from collections.abc import Sequence

from markupsafe import Markup

from provenance.model import Trace
from provenance.report.anchors import Anchors
from provenance.report.picture_drawing import drawing
from provenance.report.picture_groups import groups_of
from provenance.report.picture_key import key
from provenance.report.picture_layout import Layout, layout
from provenance.report.picture_list import nested_list
from provenance.report.picture_model import Arrow, Group, Mark, Node, Open, PictureWords
from provenance.report.picture_text import cut

__all__ = ["Arrow", "Group", "Mark", "Node", "Open", "PictureWords", "groups_of", "picture_of", "tree_picture"]

ENGLISH = PictureWords()
_NARROW = 552.0  # width of a picture beside which another one has room
_OPEN = 24  # pictures that are open from the start
_LEGIBLE = 3  # columns that can still be read on a printed page
_WHO = 4  # names that tell a closed picture from another


def tree_picture(trace: Trace, anchors: Anchors) -> Markup:
    """The whole picture of a trace, with tools, key and lists.

    Args:
        trace: the finished trace.
        anchors: where texts, arrows and undecided pairs stand in the page.

    Returns:
        HTML that needs picture.css, and picture.js for its tools.

    >>> from provenance import read_articles, trace
    >>> found = trace(read_articles("inputs/small"))
    >>> tree_picture(found, Anchors.of(found)).count('<details class="pic-family')
    2
    """
    return picture_of(groups_of(trace, anchors))


def picture_of(groups: Sequence[Group], *, words: PictureWords = ENGLISH, name: str = "tree") -> Markup:
    """Groups as pictures, one below the other, each with the same as a list.

    Args:
        groups: what to draw, in this order.
        words: the words of the picture.
        name: tells this picture from others of the page; letters only.
    """
    blocks = [_block(group, words, is_open=n < _OPEN) for n, group in enumerate(groups)]
    return Markup(
        '<div class="picture" data-hits="{hits}">\n{tools}\n{key}\n<div class="pic-families">\n{blocks}\n</div></div>'
    ).format(hits=words.hits, tools=_tools(words, name), key=key(groups, words), blocks=Markup("\n").join(blocks))


def _block(group: Group, words: PictureWords, *, is_open: bool) -> Markup:
    listed = nested_list(group, words)
    if group.kind == "listed":
        return Markup(
            '<details class="pic-family pic-listed"><summary><h3>{heading}</h3></summary>{listed}</details>'
        ).format(heading=group.heading, listed=listed)
    made = layout(group, words)
    return Markup(
        '<details class="pic-family{css}"{open}><summary><h3>{heading}</h3>{who}</summary>\n'
        '<div class="pic-view scroll" role="group" tabindex="0" aria-label="{region}">\n{svg}\n</div>{told}\n'
        '<div class="pic-as-list">{listed}</div></details>'
    ).format(
        css=" pic-small" if made.width <= _NARROW else " pic-wide" if len(made.ticks) > _LEGIBLE else "",
        open=Markup(" open") if is_open else "",
        who=_who(group),
        heading=group.heading,
        region=words.region.format(heading=group.heading),
        svg=drawing(made, words),
        told=_told(made),
        listed=listed,
    )


def _who(group: Group) -> Markup:
    """The first names, for as long as the picture is closed."""
    names = [Markup("<bdi>{}</bdi>").format(cut(node.name, 200, 14)) for node in group.nodes[:_WHO]]
    more = ", …" if len(group.nodes) > _WHO else ""
    return Markup(' <small class="pic-names">{}{}</small>').format(Markup(", ").join(names), more)


def _told(made: Layout) -> Markup:
    """Open ties that are not drawn."""
    if not made.told:
        return Markup("")
    rows = [
        Markup('<li>? <a href="#{}">{}</a></li>').format(tie.link, tie.said)
        if tie.link
        else Markup("<li>? {}</li>").format(tie.said)
        for tie in made.told
    ]
    return Markup('<ul class="pic-told">{}</ul>').format(Markup("").join(rows))


def _tools(words: PictureWords, name: str) -> Markup:
    return Markup(
        '<div class="pic-tools no-print">'
        '<fieldset class="pic-shape"><legend>{show_as}</legend>'
        '<label><input type="radio" name="{name}-shape" value="picture"><span>{as_picture}</span></label>'
        '<label><input type="radio" name="{name}-shape" value="list"><span>{as_list}</span></label></fieldset>'
        '<div class="pic-find needs-script"><label>{find} <input type="search" autocomplete="off"></label>'
        '<output aria-live="polite"></output></div>'
        '<div class="pic-zoom needs-script" role="group" aria-label="{zoom}">'
        '<button type="button" data-zoom="out" aria-label="{smaller}">−</button>'
        '<button type="button" data-zoom="natural">{natural}</button>'
        '<button type="button" data-zoom="in" aria-label="{larger}">+</button>'
        '<button type="button" data-zoom="fit">{fit}</button></div>'
        '<div class="pic-fold needs-script"><button type="button" data-fold="close">{fold}</button>'
        '<button type="button" data-fold="open">{unfold}</button></div></div>'
    ).format(
        name=name,
        show_as=words.show_as,
        as_picture=words.as_picture,
        as_list=words.as_list,
        find=words.find,
        zoom=words.zoom,
        smaller=words.smaller,
        natural=words.natural,
        larger=words.larger,
        fit=words.fit,
        fold=words.fold,
        unfold=words.unfold,
    )
