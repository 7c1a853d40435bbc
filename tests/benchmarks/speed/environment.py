"""The other tools, installed from the package index into an environment of their own."""

import subprocess
import sys
import venv
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

PEERS = ("gaoya", "rensa", "datasketch", "xxhash", "text-dedup", "scikit-learn", "sparse_dot_topn")
OURS = ("news-provenance", "numpy", "numba", "orjson", "scikit-learn", "rapidfuzz")


@dataclass(frozen=True, slots=True)
class Environment:
    """Where the peers' python is; what could not be installed and why."""

    python: Path
    missing: dict[str, str]

    def versions(self) -> str:
        names = ", ".join(repr(name) for name in (*PEERS, "numpy"))
        code = (
            "from importlib.metadata import version, PackageNotFoundError\n"
            f"for name in ({names}):\n"
            "    try: print(name, version(name))\n"
            "    except PackageNotFoundError: pass\n"
        )
        said = subprocess.run([self.python, "-c", code], capture_output=True, text=True, check=True).stdout
        return ", ".join(said.splitlines())


def peers_environment(folder: Path) -> Environment:
    """Makes the environment once; each tool is installed by itself, so that one that fails keeps none from running."""
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"making {folder} for the other tools", file=sys.stderr)
        venv.create(folder, with_pip=True)
    return Environment(python, {name: why for name in PEERS if (why := _install(python, name))})


def _install(python: Path, name: str) -> str:
    """ "" when the tool is there, else pip's last word."""
    if subprocess.run([python, "-m", "pip", "show", "-q", name], capture_output=True).returncode == 0:
        return ""
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", name]
    done = subprocess.run(command, capture_output=True, text=True)
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["pip failed"])[-1]


def own_versions() -> str:
    return ", ".join(f"{name} {metadata.version(name)}" for name in OURS)
