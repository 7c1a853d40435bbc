"""A simulated pile as a folder: articles.jsonl, truth.json, README.md."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from provenance.settings import version
from provenance.simulate.simulation import FILE, Simulated, lines_of
from provenance.truth import Identity, TrueDerivation, Truth


def write(simulated: Simulated, folder: str | Path) -> None:
    """Writes a pile so that ``provenance trace FOLDER`` reads it and ``provenance evaluate`` can score the trace.

    Args:
        simulated: what ``simulate`` made.
        folder: is made if it is not there; its three files are written over.

    Raises:
        OSError: the folder cannot be written to.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_bytes(lines_of(simulated.records))
    (folder / "truth.json").write_text(truth_json(simulated), encoding="utf-8")
    (folder / "README.md").write_text(_readme(simulated), encoding="utf-8")


def is_ours(folder: str | Path) -> bool:
    """Whether a folder holds a pile that ``write`` wrote."""
    try:
        said = (Path(folder) / "README.md").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
    return said.startswith(f"{_TITLE}\n") and "made by `provenance simulate`" in said


def truth_json(simulated: Simulated) -> str:
    """The truth in the form of inputs/README.md, one entry a line; with keys that only a simulation knows."""
    parts = {**_told(simulated.truth), **_more(simulated)}
    return "{\n" + ",\n".join(f"  {json.dumps(key)}: {_shown(value)}" for key, value in parts.items()) + "\n}\n"


def _shown(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"    {_line(each)}" for each in value) + "\n  ]"
    if isinstance(value, dict) and value:
        return "{\n" + ",\n".join(f"    {json.dumps(key)}: {_line(each)}" for key, each in value.items()) + "\n  }"
    return _line(value)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _told(truth: Truth) -> dict[str, Any]:
    return {
        **({"licence": truth.licence} if truth.licence else {}),
        "identified": {id: _identity(one) for id, one in truth.identified.items()},
        "named_sources": {n.id: {"feeds": n.feeds, "read_through": n.read_through} for n in truth.named_sources},
        "derivations": [_derivation(d) for d in truth.derivations],
        "derivations_are_complete": truth.derivations_are_complete,
        "not_derivations": list(truth.not_derivations),
        "why_not": dict(truth.why_not),
        "undecided": [],
        "cited_at_least": dict(truth.cited_at_least),
        "independent_reports": {"n": truth.independent_reports, "groups": truth.report_groups},
        "changed_at_least": [],
    }


def _identity(one: Identity) -> Mapping[str, Any]:
    days = {"earliest": str(one.earliest), "latest": str(one.latest)}
    return {"outlet": one.outlet, "published": days if one.earliest else None}


def _derivation(d: TrueDerivation) -> Mapping[str, Any]:
    return {"derived": d.derived, "source": d.source, "kind": d.kind, "is_primary": d.is_primary, "role": d.role}


def _more(simulated: Simulated) -> dict[str, Any]:
    return {
        "decoys": {each.why: each.pairs for each in simulated.decoys},
        "family_of": dict(sorted(simulated.family_of.items())),
        "source_of": dict(sorted(simulated.source_of.items())),
        "passages": [
            {"derived": r.derived, "source": r.source, "there": [r.there.start, r.there.end],
             "origin": [r.origin.start, r.origin.end]}
            for r in simulated.passages
        ],
    }  # fmt: skip


_TITLE = "# A simulated pile"
_INVENTED = """Nothing in it happened; a likeness to real places, people or outlets is chance. The prose is built from
frames and often ungrammatical."""
_GIVEN = """Made from sentences of articles that were given: names and events may be real, the outlets they stand under
are invented. Do not publish. What was added or changed is prose built from frames and often ungrammatical."""


def _readme(simulated: Simulated) -> str:
    n, families = len(simulated.articles), simulated.families
    counted = f"{n} article{'' if n == 1 else 's'} of {families} famil{'y' if families == 1 else 'ies'}"
    return f"""{_TITLE}

{counted}, made by `provenance simulate` of news-provenance {version()} with seed
{simulated.seed} and difficulty "{simulated.difficulty.name}".

{_GIVEN if simulated.from_material else _INVENTED}

`articles.jsonl` are the articles, `truth.json` tells who took text from whom (inputs/README.md of the project
explains the form; besides it has `decoys`, `family_of`, `source_of` and `passages`).

    provenance trace .
    provenance evaluate . truth.json

The difficulty: {", ".join(_settings(simulated))}.
"""


def _settings(simulated: Simulated) -> list[str]:
    from dataclasses import asdict

    return [f"{key} = {value}" for key, value in asdict(simulated.difficulty).items() if key != "name"]
