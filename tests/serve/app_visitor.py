"""A browser for the app, without a browser: it keeps cookies, knows the token and says where its forms come from."""

import re
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

PORT = 8123
ORIGIN = f"http://127.0.0.1:{PORT}"
KEY = "k3y"

FERRY = (
    "Ferry runs aground off Gellan\n\n"
    "The ferry Morning Star ran onto a reef off Gellan in thick fog on Tuesday with 148 people aboard, and all of them "
    "were taken off safely by three fishing boats before noon, the harbour master said.\n\n"
    "Nobody was hurt, but the ship lost its rudder and will be out of service for at least nine weeks.\n"
)


class Visitor:
    """One browser session against a TestClient."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def enter(self, key: str = KEY) -> Any:
        """What a new browser does with the address that the program printed."""
        return self.get(f"/?key={key}")

    def get(self, address: str, **options: Any) -> Any:
        return self.client.get(address, **options)

    def post(self, address: str, fields: dict[str, str] | None = None, files: Any = None, **options: Any) -> Any:
        return self.client.post(address, data={"token": self.token, **(fields or {})}, files=files, **options)

    @property
    def token(self) -> str:
        found = re.search(r'name="token" value="([^"]+)"', self.get("/").text)
        assert found
        return found[1]

    def paste(self, text: str, **fields: str) -> Any:
        return self.settled(self.post("/add", {"text": text, **fields}))

    def upload(self, *files: tuple[str, bytes]) -> Any:
        return self.settled(self.post("/add", files=[("files", file) for file in files]))

    def trace(self) -> Any:
        return self.settled(self.post("/trace"))

    def settled(self, response: Any, seconds: float = 60) -> Any:
        """The page that a job leads to, once it is over."""
        until = time.monotonic() + seconds
        while response.url.path == "/progress" and 'id="progress-words"' in response.text:
            assert time.monotonic() < until, "the job does not end"
            time.sleep(0.1)
            response = self.get("/progress")
        return response

    def notes(self, response: Any) -> str:
        """What the notes of a page say."""
        found = re.findall(r'<p class="note [^"]*" role="[^"]*"(?: id="problem")?>(.*?)</p>', response.text)
        return unescape(re.sub(r"<[^>]+>", "", " ".join(found)))

    def typed(self, name: str) -> str:
        """What stands in a field of the start page."""
        page = self.get("/").text
        found = re.search(rf'<textarea id="{name}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL) or re.search(
            rf'<input id="{name}"[^>]* value="([^"]*)"', page
        )
        assert found
        return unescape(found[1])

    def ids(self) -> list[str]:
        """The articles in the pile."""
        return [unescape(id) for id in re.findall(r'<button name="id" value="([^"]*)"', self.get("/").text)]


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that is dead but not yet waited for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until(happens: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


SMALL = sorted((Path(__file__).parents[2] / "inputs" / "small").glob("[0-9]*"))
