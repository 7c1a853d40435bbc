"""What every request passes: is it meant for this server, does it come from our own pages, is it too large?

The server listens on this machine only, but any page in the same browser can send requests to it. So the name it is
asked for must be ours (a foreign name that points here is refused), and whatever changes something must come from one
of our pages.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = ("127.0.0.1", "localhost", "[::1]")
_SAFE = ("GET", "HEAD", "OPTIONS")
_DRAINED = 8  # times the limit that is read and thrown away, so that the browser sees our answer and no broken line

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not no-referrer: with that, browsers would send "Origin: null" with our own forms
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'"


class Guard:
    """The app behind the checks.

    Args:
        app: what answers the requests that pass.
        port: where the server listens.
        most: bytes of a request's body.
        refusal: makes the page that says why a request is refused, from status and words.
    """

    def __init__(self, app: ASGIApp, port: int, most: int, refusal: Callable[[int, str], HTMLResponse]) -> None:
        self.app = app
        self.hosts = _hosts(port)
        self.most = most
        self.refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        refused = refusal_of(scope["method"], Headers(scope=scope), self.hosts)
        app: ASGIApp = self.refusal(*refused) if refused else self.app
        await app(scope, _counted(receive, self.most), _with_headers(send))


def refusal_of(method: str, headers: Headers, hosts: frozenset[str]) -> tuple[int, str] | None:
    """Status and words for a request that is refused, None for one that may pass."""
    if headers.get("host", "").lower() not in hosts:
        return 421, "This address is not the one the program listens at. Open the address it printed when it started."
    site = headers.get("sec-fetch-site")
    if site not in (None, "same-origin", "none"):  # another port of this machine counts as "same-site"
        return 403, "This was asked for by a page of another site. If it was you, go on from the start page."
    if method in _SAFE:
        return None
    if site != "same-origin" and not _is_ours(headers, hosts):
        return 403, "This form did not come from a page of this program. Open the start page and try again."
    origin = headers.get("origin")
    if origin not in (None, "null") and not _names(origin, hosts):
        return 403, "This form was sent by a page of another site."
    return None


def _is_ours(headers: Headers, hosts: frozenset[str]) -> bool:
    """By Origin, else by Referer, for browsers that do not say Sec-Fetch-Site."""
    return _names(headers.get("origin") or headers.get("referer"), hosts)


def _names(address: str | None, hosts: frozenset[str]) -> bool:
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return False
    return parts.scheme == "http" and parts.netloc.lower() in hosts


def _hosts(port: int) -> frozenset[str]:
    return frozenset(f"{name}:{port}" for name in NAMES) | (frozenset(NAMES) if port == 80 else frozenset())


def _counted(receive: Receive, most: int) -> Receive:
    """Counts a body while it comes in; one that is too large is read to its end and dropped."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen <= most:
            return message
        while message.get("more_body") and seen <= _DRAINED * most:
            message = await receive()
            seen += len(message.get("body", b""))
        raise HTTPException(413, _too_much(most))

    return counted


def _too_much(most: int) -> str:
    return (
        f"More than {most // 1_000_000} MB at once, so nothing was added. Go back and add the files in several steps; "
        "one that is larger alone can be packed (.gz), or given to the command line: provenance trace."
    )


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in {"Content-Security-Policy": NOTHING, **HEADERS}.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
