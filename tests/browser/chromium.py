"""Which browser the tests run in, and how it is started."""

import os
import shutil

# Chromium itself must not call home either: what these leave to ask would be no page's fault, but is not wanted.
ARGUMENTS = (
    "--no-sandbox",  # root, as in a container, has none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The browser to test in: PROVENANCE_CHROMIUM, or the first that the path has."""
    return os.environ.get("PROVENANCE_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
