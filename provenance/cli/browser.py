"""Opening a page where there is a browser to open it in."""

import os
import sys
import webbrowser


def open_page(address: str) -> bool:
    """Opens a page in the user's browser; False where there is none, as on a server without a screen.

    Browsers that live in a terminal are not opened: they would take the screen that the command was typed on.
    """
    has_screen = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not has_screen and not os.environ.get("BROWSER"):
        return False
    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False
