"""Somebody who opens pages in a browser and notes whatever a page must not do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Locator, Page, Request, Route

HARMLESS = ("data:", "blob:", "about:")
Saver = Callable[..., Path]  # writes a page as a file and says where
LONGEST = 5_000  # milliseconds that anything in a page may take


class Visitor:
    """Opens pages, each in a context of its own unless one is given, and watches them.

    Attributes:
        wrongs: what went wrong, in words; the fixture asserts that it stays empty.
        home: the origins that may be asked; none for a file, the app's own for the app.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.wrongs: list[str] = []
        self.home: set[str] = set()
        self._opened: set[str] = set()
        self._contexts: list[BrowserContext] = []

    def open(self, where: Path | str, *, page: Page | None = None, **options: Any) -> Page:
        """A file, or an address of the app, opened in a new context (or in a page that is open already).

        ``options``: width, height, scheme, script, bypass_csp; see ``enter``.
        """
        where = getattr(where, "entrance", where)  # an app lets in who comes with the key that it printed
        url = where.as_uri() if isinstance(where, Path) else where
        parts = urlsplit(url)
        if parts.scheme != "file":
            assert parts.hostname == "127.0.0.1", f"a test must not open {where}"
            self.home.add(f"{parts.scheme}://{parts.netloc}")
        self._opened.add(url.split("#")[0])
        page = page or self.enter(**options).new_page()
        page.goto(url)
        return page

    def enter(
        self,
        *,
        width: int = 1200,
        height: int = 900,
        scheme: Literal["light", "dark"] = "light",
        script: bool = True,
        bypass_csp: bool = False,
    ) -> BrowserContext:
        """A fresh browser session: no cookies, nothing remembered."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=script,
            bypass_csp=bypass_csp,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(LONGEST)
        context.route(lambda url: not self._may_ask(url), self._refuse)
        context.on("request", self._note_request)
        context.on("console", self._note_message)
        context.on("dialog", self._note_dialog)
        context.on("weberror", lambda error: self.wrongs.append(f"script error: {error.error}"))
        context.on("page", self._watch)
        self._contexts.append(context)
        return context

    def leave(self) -> None:
        """Closes everything."""
        for context in self._contexts:
            context.close()

    def _may_ask(self, url: str) -> bool:
        if url.startswith(HARMLESS):
            return True
        if url.startswith("file:"):
            return url.split("#")[0] in self._opened  # not even another file of this machine
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}" in self.home

    def _refuse(self, route: Route) -> None:
        route.abort()

    def _note_request(self, request: Request) -> None:
        if not self._may_ask(request.url):
            self.wrongs.append(f"request: {request.method} {request.url[:300]}")

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.wrongs.append(f"console: {message.text[:300]}")

    def _note_dialog(self, dialog: Dialog) -> None:
        self.wrongs.append(f"dialog: {dialog.message[:300]}")
        dialog.dismiss()

    def _watch(self, page: Page) -> None:
        page.on("popup", lambda other: self.wrongs.append(f"new window: {other.url[:300]}"))
        page.on("websocket", lambda socket: self.wrongs.append(f"socket: {socket.url[:300]}"))


def tab_to(page: Page, wanted: str, most: int = 300, key: str = "Tab") -> Locator:
    """Presses Tab until the focus stands on an element that the selector matches; a real user has no other way."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("wanted => document.activeElement?.matches(wanted) ?? false", wanted):
            return page.locator(":focus")
    raise AssertionError(f"{most} times {key} from the top do not lead to {wanted}")


def focus_is_visible(page: Page) -> bool:
    """Whether the focused element lies inside the window and has an outline (or its like) that shows it."""
    return page.evaluate(
        """() => {
            const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
            const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
            const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
            return inside && (drawn || style.boxShadow !== 'none' || at.matches('svg *'));
        }"""
    )


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
