"""A report of 300 articles is ready at once, and one of 50 stays small."""

import pytest
from playwright.sync_api import expect
from ready import invented_pile, milliseconds_until_ready
from visitor import Saver, Visitor

from provenance import Trace, trace
from provenance.report.anchors import Anchors

LONGEST = 3_000  # milliseconds; one second is the aim, a machine that does other things too may take longer
LARGEST = 2_000_000  # bytes of a report of 50 articles, with all their texts


@pytest.fixture(scope="module")
def large() -> Trace:
    return trace(invented_pile(300))


def test_a_report_of_300_articles_is_ready_within_a_second(large: Trace, visitor: Visitor, saved: Saver) -> None:
    page = visitor.open(saved(large))
    expect(page.locator("html")).to_have_attribute("data-script", "on")
    assert milliseconds_until_ready(page) < LONGEST


def test_in_a_report_of_300_articles_an_arrow_still_leads_to_its_passages(
    large: Trace, visitor: Visitor, saved: Saver
) -> None:
    file, anchors = saved(large), Anchors.of(large)
    last = large.derivations[-1]
    page = visitor.open(f"{file.as_uri()}#{anchors.arrow(last)}")
    section = page.locator(f"#{anchors.arrow(last)}")
    expect(section).to_be_in_viewport()
    assert section.locator("blockquote").count() == 2 * len(last.passages)


def test_a_report_of_50_articles_takes_at_most_two_megabytes(saved: Saver) -> None:
    assert saved(trace(invented_pile(50))).stat().st_size < LARGEST
