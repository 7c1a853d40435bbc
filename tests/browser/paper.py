"""What a page becomes on paper."""

from io import BytesIO
from unicodedata import normalize

from playwright.sync_api import Page
from pypdf import PdfReader

from provenance.report.wording import plain


def letters(text: str) -> str:
    """The text without white space, as a page breaks lines where it likes, and with the letters of its ligatures."""
    return "".join(normalize("NFKC", plain(text)).split())


def printed(page: Page) -> str:
    """The letters of the page as they come out of a printer."""
    return letters(" ".join(leaf.extract_text() for leaf in PdfReader(BytesIO(page.pdf())).pages))
