"""Which requests pass."""

import pytest

pytest.importorskip("starlette")

from serve.app_visitor import ORIGIN, PORT, Visitor
from starlette.datastructures import Headers

from provenance.serve.guard import _hosts, refusal_of
from provenance.serve.limits import Limits

HOST = {"host": f"127.0.0.1:{PORT}"}


def status(method: str, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in {**HOST, **headers}.items()}
    refused = refusal_of(method, Headers(named), _hosts(PORT))
    return refused[0] if refused else 200


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"])
def test_the_names_of_this_machine_pass(host: str) -> None:
    assert status("GET", host=host) == 200


@pytest.mark.parametrize(
    "host", ["", "evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", f"127.0.0.1.evil.example:{PORT}"]
)
def test_any_other_name_or_port_is_refused(host: str) -> None:
    assert status("GET", host=host) == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": ORIGIN},
        {"referer": f"{ORIGIN}/report"},
        {"sec_fetch_site": "same-origin", "origin": ORIGIN},
        {"sec_fetch_site": "same-origin", "origin": "null"},
    ],
)
def test_a_form_of_our_own_page_passes(headers: dict[str, str]) -> None:
    assert status("POST", **headers) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "https://evil.example"},
        {"origin": f"https://127.0.0.1:{PORT}"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"origin": "http://[bad"},
        {"referer": "http://evil.example/?http://127.0.0.1"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "bogus"},
        {"sec_fetch_site": "none"},
        {"sec_fetch_site": "bogus", "origin": ORIGIN},
        {"sec_fetch_site": "same-site", "origin": f"http://127.0.0.1:{PORT + 1}"},
        {"sec_fetch_site": "same-origin", "origin": "https://evil.example"},
        {"sec_fetch_site": "cross-site", "origin": ORIGIN},
    ],
)
def test_a_form_from_anywhere_else_is_refused(headers: dict[str, str]) -> None:
    assert status("POST", **headers) == 403
    assert status("DELETE", **headers) == 403


def test_pages_of_other_sites_can_not_even_open_a_session(visitor: Visitor) -> None:
    for site in ("cross-site", "same-site"):
        answer = visitor.get("/", headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
        assert 'href="/"' in answer.text  # from our own page it goes on


@pytest.mark.parametrize("address", ["/", "/facts", "/compare", "/nothing", "/progress.json", "/save/facts.csv"])
def test_every_answer_carries_the_headers(visitor: Visitor, address: str) -> None:
    headers = visitor.get(address).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"  # no-referrer would make the origin of our own forms null
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_refusals_carry_them_too(visitor: Visitor) -> None:
    answer = visitor.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 421
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors" in answer.headers["content-security-policy"]


def test_the_policy_of_the_headers_is_the_one_of_the_page(visitor: Visitor) -> None:
    answer = visitor.get("/")
    policy = answer.headers["content-security-policy"]
    in_page = policy.removesuffix("; frame-ancestors 'none'").replace("'", "&#39;")
    assert f'content="{in_page}"' in answer.text
    assert "script-src 'sha256-" in policy and "form-action 'self'" in policy


def test_too_large_a_body_is_refused_with_the_cure(opened) -> None:
    visitor = opened(limits=Limits(body_bytes=2_000_000))
    answer = visitor.post("/add", {"text": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "several steps" in answer.text
    assert not visitor.ids()


def test_a_body_without_a_length_is_counted_as_it_comes(opened) -> None:
    visitor = opened(limits=Limits(body_bytes=2_000_000))

    def endless():
        for _ in range(100):
            yield b"x" * 100_000

    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    assert visitor.client.post("/add", content=endless(), headers=kind).status_code == 413
