"""The organisations that everybody knows, and the addresses at which they publish: ``data/gazetteer.tsv``."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

Role = Literal["agency", "outlet", "syndicate", "institute", "pictures"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One organisation; ``ambiguous`` are those of its names that count only where the text gives them a role."""

    name: str
    role: Role
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()


@cache
def entries() -> tuple[Entry, ...]:
    text = files("provenance").joinpath("data", "gazetteer.tsv").read_text(encoding="utf-8")
    return tuple(_entry(line) for line in text.splitlines() if line and not line.startswith("#"))


def _entry(line: str) -> Entry:
    role, name, aliases, domains = [*line.split("\t"), "", ""][:4]
    written = [name, *filter(None, aliases.split("|"))]
    plain = [each.removeprefix("?") for each in written]
    doubtful = frozenset(each[1:] for each in written if each.startswith("?"))
    if role not in get_args(Role):
        raise ValueError(f"gazetteer.tsv: no such role: {line}")
    return Entry(plain[0], cast(Role, role), tuple(plain[1:]), tuple(domains.split()), doubtful)


# hosts that lend every writer a name of his own: the registered domain says nothing about the outlet
_BLOG_HOSTS = frozenset({
    "blogspot.com", "wordpress.com", "medium.com", "substack.com", "typepad.com", "tumblr.com", "livejournal.com",
    "weebly.com", "wixsite.com", "github.io", "ghost.io", "blog.de", "over-blog.com", "blogger.com", "hubpages.com",
    "beehiiv.com",
})  # fmt: skip


# second labels under which countries register names (example.co.uk)
_SECOND_LABELS = frozenset(
    {"co", "com", "org", "net", "gov", "gob", "ac", "edu", "or", "ne", "go", "ltd", "plc", "ebc"}
)


def registered_domain(url_or_host: str) -> str:
    """The part of an address that somebody registered; a blog host keeps the writer's part.

    >>> registered_domain("https://www.news.skerrycourier.co.uk/a?b=1"), registered_domain("ames.wordpress.com")
    ('skerrycourier.co.uk', 'ames.wordpress.com')
    """
    labels = _host(url_or_host).split(".")
    if ".".join(labels[-2:]) in _BLOG_HOSTS:
        return ".".join(labels[-3:])
    country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LABELS
    return ".".join(labels[-3:] if country else labels[-2:])


def by_domain(url_or_host: str) -> Entry | None:
    """The entry that publishes at an address, None where it is unknown.

    >>> by_domain("https://amp.theguardian.com/world/1").name, by_domain("ames.blogspot.com")
    ('The Guardian', None)
    """
    labels = _host(url_or_host).split(".")
    for start in range(len(labels) - 1):
        entry = _domains().get(".".join(labels[start:]))
        if entry:
            return entry
    return None


@cache
def _domains() -> dict[str, Entry]:
    return {domain: entry for entry in entries() for domain in entry.domains}


def _host(url_or_host: str) -> str:
    address = url_or_host.strip().casefold()
    try:
        host = urlsplit(address if "//" in address else "//" + address).netloc or address
    except ValueError:  # a bracket that belongs to no address
        host = address
    host = host.rpartition("@")[2].partition(":")[0].strip(".")
    if host.endswith(".cdn.ampproject.org"):
        # the cache writes www-example-com for www.example.com and doubles true hyphens
        host = host.removesuffix(".cdn.ampproject.org").replace("--", "\0").replace("-", ".").replace("\0", "-")
    return re.sub(r"^(?:www\d?|amp|m|mobile|edition)\.(?=.+\.)", "", host)
