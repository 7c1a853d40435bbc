"""``provenance.__all__`` is what it promises: each name is there, documented, and nothing public is left out."""

import subprocess
import sys
from types import ModuleType

import provenance

PROMISED = {"trace", "read_articles", "compare", "inspect", "Settings", "Trace", "Article"}


def test_every_public_name_is_there() -> None:
    assert set(provenance.__all__) >= PROMISED
    assert len(provenance.__all__) == len(set(provenance.__all__))
    for name in provenance.__all__:
        assert getattr(provenance, name) is not None


def test_every_public_name_is_documented() -> None:
    bare = [name for name in provenance.__all__ if not name.startswith("__") and not getattr(provenance, name).__doc__]
    assert not bare


def test_the_package_shows_nothing_else() -> None:
    shown = {name for name, thing in vars(provenance).items() if name[0] != "_" and not isinstance(thing, ModuleType)}
    assert shown <= set(provenance.__all__)


def test_star_import_gives_the_public_names() -> None:
    found: dict[str, object] = {}
    exec("from provenance import *", found)
    assert found.keys() - {"__builtins__"} == set(provenance.__all__)


def test_importing_the_package_imports_nothing_heavy() -> None:
    heavy = {"numpy", "sklearn", "datasketch", "lxml", "trafilatura"}
    code = f"import sys, provenance; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
