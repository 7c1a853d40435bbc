"""The same report as a local app: add articles, trace, look, correct, trace again, save."""

import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from provenance.errors import InputError
from provenance.model import Fact, Pile
from provenance.serve.pile import Held, started
from provenance.settings import Settings

__all__ = ["run"]

_ADDRESS = "127.0.0.1"  # this machine and nobody else
_NEEDED = ("starlette", "uvicorn", "python_multipart")
_GRACE = 2  # seconds that requests under way get after Ctrl-C


def run(
    paths: Sequence[str | Path] = (),
    *,
    port: int = 8765,
    open_page: Callable[[str], bool] | None = None,
    settings: Settings | None = None,
    facts: Sequence[Fact] = (),
) -> None:
    """Serves the app until Ctrl-C.

    Args:
        paths: files and folders that every new session starts with; read once.
        port: where it listens on this machine, 0 for any free port.
        open_page: opens an address in the browser and says whether there was one; None opens none.
        settings: how traces are made.
        facts: what is stated about the articles of ``paths``.

    Raises:
        InputError: a path does not exist, the port is in use, or the extra [web] is not installed.
        SettingError: a fact is about an article that is not in the pile.
    """
    _need_extra()
    from provenance.serve.app import make_app

    with _listening(port) as listener:
        start = _start(paths, facts)
        port = listener.getsockname()[1]
        key = secrets.token_hex(16)
        address = f"http://{_ADDRESS}:{port}/?key={key}"
        print(f"provenance serve: {address} (Ctrl-C stops)", flush=True)
        if open_page is not None:
            threading.Thread(target=_open, args=(open_page, address), daemon=True).start()
        _serve(make_app(start, settings or Settings(), port, key, _sample()), listener)


def _need_extra() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise InputError(f'the app needs {", ".join(missing)}; install it with: pip install "news-provenance[web]"')


def _listening(port: int) -> socket.socket:
    """A socket that takes connections from now on; they wait until the app answers."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would let two programs share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((_ADDRESS, port))
        listener.listen(128)
    except (OSError, OverflowError) as wrong:
        listener.close()
        raise InputError(
            f"port {port} cannot be used ({_words(wrong)}); choose another with -p, or -p 0 for any free one"
        ) from wrong
    return listener


def _words(wrong: Exception) -> str:
    return wrong.strerror or str(wrong) if isinstance(wrong, OSError) else "there are 0 to 65535"


def _start(paths: Sequence[str | Path], facts: Sequence[Fact]) -> Held:
    from provenance import pipeline

    return started(pipeline.read_articles(*paths), facts)


def _sample() -> Callable[[], Pile] | None:
    """What reads the pile that travels with the program, None where it is missing."""
    from provenance import pipeline
    from provenance.ingest import sample_pile

    try:
        return partial(pipeline.read_articles, sample_pile())
    except InputError:
        return None


def _open(open_page: Callable[[str], bool], address: str) -> None:
    if not open_page(address):
        print(f"There is no browser here: go to {address}", file=sys.stderr, flush=True)


def _serve(app: Any, listener: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=_GRACE,
    )
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _end)  # uvicorn closes everything first, then it comes here
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:  # how uvicorn passes Ctrl-C on, after everything is closed
        return


def _end(number: int, frame: object) -> None:
    """Ends as an exit does, not at once: so Python still clears its temporary folder away."""
    raise SystemExit(128 + number)
