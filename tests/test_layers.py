"""Imports point one way: the order of the parts in the design is held by reading every import of the package."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "provenance"

# Each part may import from the rows above its own. Parts of one row never import one another, least of all
# the stage folders; files of one folder may.
ORDER = (
    ("errors", "shelf"),
    ("model", "scores"),
    ("truth", "shared"),
    ("phrases", "gazetteer"),
    ("settings", "text", "fragments", "workers", "name_forms"),
    ("names", "kernels"),
    ("mentions",),
    ("ingest", "match", "reconstruct", "report", "evaluate"),
    ("pipeline",),
    ("index", "learn", "simulate", "spark", "serve"),
    ("cli",),
    ("__init__", "__main__"),
)
RANK = {part: rank for rank, row in enumerate(ORDER) for part in row}
FILES = sorted(PACKAGE.rglob("*.py"))


def part_of(file: Path) -> str:
    """errors.py -> errors, match/passages.py -> match"""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules_of(file: Path, package: Path = PACKAGE) -> Iterator[str]:
    """Every module that a file imports, wherever in the file the import stands; names that may be modules included."""
    here = ["provenance", *file.relative_to(package).with_suffix("").parts]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = here[: len(here) - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def parts_imported_by(file: Path, package: Path = PACKAGE) -> Iterator[str]:
    for module in modules_of(file, package):
        top, _, inside = module.partition(".")
        if top == "provenance":
            first = inside.split(".")[0]
            yield first if first in RANK else "__init__"  # a public name, or the package itself


def is_allowed(part: str, imported: str) -> bool:
    return imported == part or RANK[imported] < RANK[part]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_point_to_parts_that_stand_earlier(file: Path) -> None:
    part = part_of(file)
    assert part in RANK, f"{part} has no place in the order of the design: give it one in ORDER"
    wrong = sorted({imported for imported in parts_imported_by(file) if not is_allowed(part, imported)})
    assert not wrong, f"{file.relative_to(PACKAGE)} ({part}) must not import {', '.join(wrong)}"


def test_the_reader_of_imports_finds_all_kinds(tmp_path: Path) -> None:
    (tmp_path / "match").mkdir()
    file = tmp_path / "match" / "passages.py"
    file.write_text(
        "import provenance.cli\nfrom provenance import pipeline\nfrom ..report import table\nfrom . import weights\n"
        "def later():\n    from provenance.ingest.dates import read_date\n    import numpy\n"
    )
    assert sorted(parts_imported_by(file, tmp_path)) == ["cli", "ingest", "match", "pipeline", "report"]


def test_nothing_hides_behind_type_checking() -> None:
    assert not [file.name for file in FILES if "TYPE_CHECKING" in file.read_text(encoding="utf-8")]


def test_no_file_is_called_after_nothing() -> None:
    assert not {file.stem for file in FILES} & {"utils", "util", "misc", "helpers", "common", "internals"}


def test_the_model_and_the_errors_need_the_standard_library_only() -> None:
    for name in ("model", "scores", "errors", "settings"):
        found = {module.split(".")[0] for module in modules_of(PACKAGE / f"{name}.py")}
        assert found <= sys.stdlib_module_names | {"provenance"}, found
