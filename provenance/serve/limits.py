"""How much the app takes in, with the reason for each number."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """One value for each thing that could grow without end."""

    body_bytes: int = 64_000_000  # one request; 4,000 news articles have 30 million
    unpacked_bytes: int = 256_000_000  # of all files of one request; text packs four to one
    files: int = 5_000  # in one request
    fields: int = 50  # in one form; ours have eight
    articles: int = 5_000  # in one pile; beyond, the command line is the better tool
    characters: int = 100_000_000  # in one pile
    facts: int = 1_000  # in one pile
    skipped: int = 1_000  # files and records kept with the reason why they were not read; the rest is counted
    sessions: int = 100  # browsers at once; then the one that was used longest ago is forgotten
    safe_seconds: float = 30 * 60.0  # without a request, before which a session is never forgotten for another
    idle_seconds: float = 12 * 3600.0  # without a request, after which a pile is forgotten
    jobs: int = 2  # at work at once; the others wait
    patience: float = 1.5  # seconds a request waits for its job before it shows the progress
