"""The app without a browser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from serve.app_visitor import KEY, ORIGIN, PORT, Visitor

Opened = Callable[..., Visitor]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Starts an app and opens it in a new browser session."""
    from starlette.testclient import TestClient

    from provenance.serve.app import make_app
    from provenance.serve.pile import Held
    from provenance.settings import Settings

    with ExitStack() as stack:

        def open(start: Held | None = None, app: Any = None, **options: Any) -> Visitor:
            app = app or make_app(start or Held(), Settings(), PORT, KEY, **options)
            client = TestClient(app, base_url=ORIGIN, headers={"Origin": ORIGIN})
            visitor = Visitor(stack.enter_context(client))
            visitor.enter()
            return visitor

        yield open


@pytest.fixture
def visitor(opened: Opened) -> Visitor:
    """A browser session with an empty pile."""
    return opened()
