"""What a careful reader concludes is read whole, and a broken file says where and how to mend it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from provenance.errors import InputError
from provenance.ingest.truth import read_truth
from provenance.truth import Identity, NamedSource, TrueChange, TrueDerivation, TrueUndecided

WHOLE: dict[str, Any] = {
    "about": "two ferries",
    "licence": "CC0-1.0",
    "identified": {
        "a.txt": {"outlet": "Harbour Post", "published": {"earliest": "2031-05-03", "latest": None}},
        "b.txt": {"outlet": None, "published": None},
    },
    "named_sources": {"named:northern wire": {"feeds": ["a.txt"], "read_through": None}},
    "derivations": [
        {"derived": "a.txt", "source": "named:northern wire", "kind": "republished", "is_primary": True, "role": "so"},
        {"derived": "b.txt", "source": "a.txt", "kind": "excerpted", "is_primary": False, "role": "and so"},
    ],
    "derivations_are_complete": True,
    "not_derivations": [["a.txt", "c.txt"]],
    "why_not": {"a and c": "one event"},
    "undecided": [{"articles": ["b.txt", "c.txt"], "what": "relation", "why": "a sentence"}],
    "cited_at_least": {"a.txt": ["Skerry Radio"]},
    "independent_reports": {"n": 2, "groups": [["a.txt", "b.txt"], ["c.txt"]]},
    "changed_at_least": [
        {"derived": "b.txt", "source": "a.txt", "kind": "number", "source_text": "112", "derived_text": None}
    ],
}


def written(folder: Path, truth: Any) -> Path:
    file = folder / "truth.json"
    file.write_text(truth if isinstance(truth, str) else json.dumps(truth), encoding="utf-8")
    return file


def without(key: str, **instead: Any) -> dict[str, Any]:
    return {k: v for k, v in WHOLE.items() if k != key} | instead


def test_every_part_of_the_file_arrives(tmp_path: Path) -> None:
    truth = read_truth(written(tmp_path, WHOLE))
    assert truth.identified == {
        "a.txt": Identity("Harbour Post", date(2031, 5, 3), None),
        "b.txt": Identity(*[None] * 3),
    }
    assert truth.named_sources == (NamedSource("named:northern wire", ("a.txt",), None),)
    assert truth.derivations == (
        TrueDerivation("a.txt", "named:northern wire", "republished", True, "so"),
        TrueDerivation("b.txt", "a.txt", "excerpted", False, "and so"),
    )
    assert truth.derivations_are_complete
    assert truth.licence == "CC0-1.0"
    assert truth.not_derivations == (("a.txt", "c.txt"),)
    assert truth.why_not == {"a and c": "one event"}
    assert truth.undecided == (TrueUndecided(("b.txt", "c.txt"), "relation", "a sentence"),)
    assert truth.cited_at_least == {"a.txt": ("Skerry Radio",)}
    assert (truth.independent_reports, truth.report_groups) == (2, (("a.txt", "b.txt"), ("c.txt",)))
    assert truth.changed_at_least == (TrueChange("b.txt", "a.txt", "number", "112", None),)


def test_a_file_with_arrows_only_claims_no_more(tmp_path: Path) -> None:
    truth = read_truth(written(tmp_path, {"derivations": [{"derived": "b", "source": "a", "kind": "revised"}]}))
    assert truth.derivations == (TrueDerivation("b", "a", "revised", True, ""),)
    assert not truth.derivations_are_complete
    assert truth.independent_reports is None
    assert truth.licence is None
    assert truth.undecided == ()


@pytest.mark.parametrize("pile", ["small", "classroom", "deutsch"])
def test_the_truths_of_the_sample_piles_are_read(root: Path, pile: str) -> None:
    file = root / "inputs" / pile / "truth.json"
    truth, raw = read_truth(file), json.loads(file.read_text(encoding="utf-8"))
    assert list(truth.identified) == list(raw["identified"])
    assert [(d.derived, d.source, d.role) for d in truth.derivations] == [
        (d["derived"], d["source"], d["role"]) for d in raw["derivations"]
    ]
    assert len(truth.report_groups) == truth.independent_reports


@pytest.mark.parametrize(
    ("truth", "said"),
    [
        ('{"derivations": [}', "line 1: no JSON"),
        ("[]", "the whole file must be an object"),
        (without("derivations"), "the whole file has no 'derivations'"),
        (without("derivations", derivations=[{"derived": "a"}]), "derivations, number 1 has no 'source'"),
        (
            without("derivations", derivations=[{"derived": "b", "source": "a", "kind": "stolen"}]),
            "derivations, number 1, kind must be one of republished, excerpted",
        ),
        (
            without("derivations", derivations=[{"derived": "a", "source": "a", "kind": "revised"}]),
            "derivations, number 1 must be an arrow between two different texts",
        ),
        (without("not_derivations", not_derivations=[["a.txt"]]), "not_derivations, number 1 must be a pair"),
        (without("undecided", undecided="b and c"), "undecided must be a list"),
        (
            without("undecided", undecided=[{"articles": ["b", "c"], "what": "maybe"}]),
            "undecided, number 1, what must be one of relation, direction",
        ),
        (without("independent_reports", independent_reports={"n": "two"}), "n must be a whole number"),
        (without("identified", identified={"a": {"outlet": 7}}), "identified, a, outlet must be a text"),
        (
            without("identified", identified={"a": {"published": {"earliest": "3 May"}}}),
            "identified, a, published, earliest must be a day like 2031-05-03",
        ),
        (without("derivations_are_complete", derivations_are_complete="yes"), "must be true or false"),
    ],
)
def test_a_broken_file_says_where_and_how_to_mend_it(tmp_path: Path, truth: Any, said: str) -> None:
    with pytest.raises(InputError) as error:
        read_truth(written(tmp_path, truth))
    assert said in str(error.value)
    assert "truth.json" in str(error.value)
    assert "README.md" in str(error.value) or "mend that line" in str(error.value)


def test_a_missing_file_and_one_in_another_encoding_are_the_users_to_mend(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        read_truth(tmp_path / "none.json")
    (tmp_path / "old.json").write_bytes('{"about": "Fähre"}'.encode("cp1252"))
    with pytest.raises(InputError, match="UTF-8"):
        read_truth(tmp_path / "old.json")
