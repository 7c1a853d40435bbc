"""What all tests share: steady random examples, and the places of the sample piles."""

import signal
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)  # same examples on every machine
settings.load_profile("steady")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def small_pile(root: Path) -> Path:
    """The five articles of the README's first command."""
    return root / "inputs" / "small"


@pytest.fixture(scope="session", autouse=True)
def heard_ctrl_c() -> None:
    """Ctrl-C reaches the programs that tests start, also where the tests themselves run in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """The folder beside the checkout that holds real articles; tests that need it are skipped where it is missing."""
    found = root.parent / "shared"
    if not (found / "seeds").is_dir():
        pytest.skip("needs ../shared, which is not part of the repository")
    return found
