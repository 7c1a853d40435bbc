"""axe-core, the accessibility checker, run in a page; only the tests use it, nothing of it lies in the repository."""

import os
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
BAD = ("serious", "critical")

# What is out of sight is laid out late (content-visibility); axe would measure it against what it covers until then.
_ALL_LAID_OUT = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { content-visibility: visible !important }');
    document.adoptedStyleSheets = [sheet];
}"""


def axe_file() -> Path | None:
    """Where axe.min.js lies: PROVENANCE_AXE, or what ``npm install axe-core`` leaves in the checkout."""
    named = os.environ.get("PROVENANCE_AXE")
    places = [Path(named)] if named else [ROOT / "node_modules" / "axe-core" / "axe.min.js"]
    return next((place for place in places if place.is_file()), None)


@cache
def _source(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def complaints(page: Page, file: Path) -> list[str]:
    """What axe-core finds serious or critical: the rule, and the elements it speaks of."""
    page.evaluate(_ALL_LAID_OUT)
    page.evaluate(_source(file))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{one['impact']} {one['id']} ({one['help']}): " + " | ".join(_element(n) for n in one["nodes"][:5])
        for one in found
        if one["impact"] in BAD
    ]


def _element(node: dict[str, object]) -> str:
    return f"{node['target']} {str(node['html'])[:120]} {str(node.get('failureSummary', ''))[-160:]}"
