"""The app as a real process: it says where it is, ends quietly with Ctrl-C, and leaves nobody behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

pytest.importorskip("uvicorn")

from serve.app_visitor import SMALL, is_alive, wait_until

from provenance.errors import InputError, SettingError
from provenance.model import Fact
from provenance.serve import run

START = "import sys; from provenance.serve import run; run(sys.argv[2:], port=int(sys.argv[1]))"
pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="counts processes in /proc")


class Server:
    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # a Ctrl-C for it and all its children, not for the tests
        )
        assert self.process.stdout
        said = self.process.stdout.readline()
        found = re.fullmatch(r"provenance serve: ((http://127\.0\.0\.1:(\d+)/)\?key=\w+) \(Ctrl-C stops\)\n", said)
        assert found, said or self.process.stderr.read()
        self.entrance, self.address, self.port = found[1], found[2], int(found[3])

    def enter(self) -> tuple[str, str]:
        """The start page and the cookie that a new browser gets."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request("GET", self.entrance.removeprefix(self.address.rstrip("/")))
        answer = line.getresponse()
        assert (answer.status, answer.headers["location"]) == (303, "/")
        cookie = (answer.headers["set-cookie"] or "").partition(";")[0]
        line.close()
        return self.get("", cookie), cookie

    def get(self, path: str, cookie: str) -> str:
        request = urllib.request.Request(self.address + path, headers={"Cookie": cookie})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read().decode()

    def post(self, path: str, cookie: str, **fields: str) -> None:
        headers = {"Cookie": cookie, "Origin": self.address.rstrip("/")}
        body = urllib.parse.urlencode(fields).encode()
        urllib.request.urlopen(urllib.request.Request(self.address + path, body, headers), timeout=20).close()

    def family(self) -> set[int]:
        """All processes that descend from the server, the server too."""
        parents: dict[int, int] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                after = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(stat.parent.name)] = int(after[1])
        family = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in family} - family:
            family |= more
        return family


@pytest.fixture
def served() -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def serve(*arguments: str) -> Server:
        servers.append(Server(*arguments))
        return servers[-1]

    yield serve
    for server in servers:
        if server.process.poll() is None:
            os.killpg(server.process.pid, signal.SIGKILL)
        server.process.communicate()


def at_work(server: Server, tmp_path: Path) -> set[int]:
    """A server that traces a pile for a long time, with all its processes."""
    page, cookie = server.enter()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    server.post("trace", cookie, token=token[1])
    wait_until(lambda: '"total":2000' in server.get("progress.json", cookie))
    return server.family()


@pytest.fixture
def long_pile(tmp_path: Path) -> str:
    text = " ".join(f"word{i} is" for i in range(300))
    file = tmp_path / "long.jsonl"
    file.write_text("".join(f'{{"text": "{n} {text} {n * n}"}}\n' for n in range(2000)))
    return str(file)


def test_it_answers_where_it_says_it_is(served) -> None:
    server = served("0", str(SMALL[0].parent))
    page, _ = server.enter()
    assert "In the pile: 5 articles" in page
    server.process.send_signal(signal.SIGINT)
    out, err = server.process.communicate(timeout=20)
    assert (server.process.returncode, out, err) == (0, "", "")


def test_who_does_not_know_the_key_sees_nothing(served) -> None:
    server = served("0", str(SMALL[0].parent))
    for path in ("/", "/?key=", "/?key=x", "/facts", "/save/facts.csv", "/progress.json"):
        connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("GET", path)
        answer = connection.getresponse()
        assert (answer.status, answer.headers["set-cookie"]) == (403, None)
        assert b"swing" not in answer.read()
    other = served("0")
    assert other.entrance.partition("key=")[2] != server.entrance.partition("key=")[2]


def test_a_browser_that_leaves_while_it_sends_is_no_fault(served) -> None:
    server = served("0")
    _, cookie = server.enter()
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        head = f"POST /add HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: {server.address.rstrip('/')}\r\n"
        kind = "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000\r\n"
        line.sendall(f"{head}{kind}Cookie: {cookie}\r\n\r\n--b\r\n".encode())
        time.sleep(0.3)
    server.enter()
    server.process.send_signal(signal.SIGINT)
    assert server.process.communicate(timeout=20) == ("", "")


def test_a_polite_kill_leaves_nothing_in_the_temporary_folder(served, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    server = served("0")
    server.enter()
    server.process.terminate()
    assert server.process.communicate(timeout=20) == ("", "")
    assert list(tmp_path.iterdir()) == []


def test_any_file_name_can_be_looked_at_traced_and_taken_away(served, tmp_path: Path) -> None:
    for name in (b"\xff.txt", b" lead.txt", b"new\nline.txt"):
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))).write_text(f"The lamp of {name!r} was dark.")
    server = served("0", str(tmp_path))
    page, cookie = server.enter()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token and "In the pile: 3 articles" in page
    server.post("trace", cookie, token=token[1])
    wait_until(lambda: "Who took text from whom" in server.get("report", cookie))
    for name in ("save/report.html", "save/trace.json", "save/derivations.csv", "facts", "compare"):
        assert server.get(name, cookie)
    for name in ("\ufffd.txt", "lead.txt", "new line.txt"):
        server.post("remove", cookie, token=token[1], id=name)
    assert "In the pile: 0 articles" in server.get("", cookie)


def test_it_listens_on_this_machine_only(served) -> None:
    server = served("0")
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    listening = [line.split()[1] for line in lines if line.split()[3] == "0A"]
    assert f"0100007F:{server.port:04X}" in listening
    assert f"00000000:{server.port:04X}" not in listening


def test_a_foreign_name_for_this_machine_is_refused(served) -> None:
    server = served("0")
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", "/", headers={"Host": "evil.example"})
    assert connection.getresponse().status == 421


def test_ctrl_c_ends_the_work_too(served, long_pile: str, tmp_path: Path) -> None:
    server = served("0", long_pile)
    family = at_work(server, tmp_path)
    assert len(family) > 2
    os.killpg(server.process.pid, signal.SIGINT)  # as a terminal does: to everybody
    out, err = server.process.communicate(timeout=20)
    assert (server.process.returncode, out, err) == (0, "", "")
    wait_until(lambda: not any(map(is_alive, family)))


def test_no_worker_outlives_a_server_that_was_killed(served, long_pile: str, tmp_path: Path) -> None:
    server = served("0", long_pile)
    family = at_work(server, tmp_path)
    server.process.kill()
    wait_until(lambda: not any(map(is_alive, family)))


def test_nothing_is_left_on_the_disk(served, tmp_path: Path, monkeypatch) -> None:
    for name in ("TMPDIR", "HOME"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name))
    server = served("0", str(SMALL[0].parent))
    page, cookie = server.enter()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    server.post("trace", cookie, token=token[1])
    wait_until(lambda: "Who took text from whom" in server.get("report", cookie))
    server.process.send_signal(signal.SIGINT)
    server.process.communicate(timeout=20)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_port_in_use_is_said_with_the_cure() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(InputError, match=r"port \d+ cannot be used \(.*in use\); choose another with -p"):
            run(port=taken.getsockname()[1])


def test_a_missing_extra_is_said_with_the_cure(monkeypatch) -> None:
    from importlib import util

    found = util.find_spec
    monkeypatch.setattr("provenance.serve.find_spec", lambda name: None if name == "uvicorn" else found(name))
    with pytest.raises(InputError, match=r'needs uvicorn; install it with: pip install "news-provenance\[web\]"'):
        run(port=0)


@pytest.mark.parametrize("paths", [[], [SMALL[0].parent]])
def test_facts_that_cannot_be_are_refused_before_anybody_waits(paths: list[Path]) -> None:
    with pytest.raises(SettingError, match="no article 'x'"):
        run(paths, port=0, facts=[Fact("x", "outlet", "Gull", "me")])


def test_the_command_line_starts_without_the_web_libraries() -> None:
    code = "import sys, provenance.serve; print([m for m in ('starlette', 'uvicorn', 'numpy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
