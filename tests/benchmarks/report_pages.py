"""Sizes and times of the report for 5, 50 and 300 articles: ``python tests/benchmarks/report_pages.py [TRACE.json …]``.

For each pile: the bytes of the page with all texts, with the passages only and with none; seconds to render it; and
the milliseconds until a Chromium has loaded it and run its script (the median of five visits). Piles of invented
words, or the traces given (as ``provenance trace … --format json`` writes them).
"""

import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from chromium import ARGUMENTS, chromium
from ready import invented_pile, milliseconds_until_ready

from provenance import Trace, from_json, trace
from provenance.report.html_page import html_page

SIZES = (5, 50, 300)
VISITS = 5


def traces() -> list[Trace]:
    """What is measured: the traces named on the command line, else invented ones."""
    given = [from_json(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:]]
    return given or [trace(invented_pile(size)) for size in SIZES]


def ready(browser: Browser, html: str, folder: Path) -> float:
    """Milliseconds until the page can be used."""
    file = folder / "report.html"
    file.write_text(html, encoding="utf-8")
    times = []
    for _ in range(VISITS):
        page = browser.new_page()
        page.goto(file.as_uri())
        times.append(milliseconds_until_ready(page))
        page.close()
    return median(times)


def main() -> None:
    print("articles  arrows    full  passages    none  rendered     ready")
    with TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        for one in traces():
            started = time.perf_counter()
            full = html_page(one)
            seconds = time.perf_counter() - started
            pages = [full, *(html_page(one, texts=texts) for texts in ("passages", "none"))]
            sizes = "".join(f"{len(html.encode()) / 1000:6.0f} kB" for html in pages)
            visited = ready(browser, full, Path(folder))
            print(f"{len(one.articles):8}{len(one.derivations):8}{sizes}{seconds:8.2f} s{visited:7.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
