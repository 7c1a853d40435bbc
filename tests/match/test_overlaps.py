"""Shared passages of a large pile are those of a small one, and nobody reads more than is asked."""

import json
import random
from pathlib import Path

import pytest

from provenance import kernels, pipeline
from provenance.errors import InputError
from provenance.settings import Settings

WORDS = [f"word{i}" for i in range(4000)]


def write_pile(path: Path, seed: int = 1, articles: int = 120) -> dict[str, str]:
    """Stories that borrow whole paragraphs and single sentences from one another, each outlet with its own frame."""
    draw = random.Random(seed)
    sentences = [" ".join(draw.choices(WORDS, k=draw.randint(12, 40))).capitalize() + "." for _ in range(articles * 3)]
    texts = {}
    with path.open("w", encoding="utf-8") as file:
        for number in range(articles):
            own = [sentences[draw.randrange(number * 3 + 1)] for _ in range(2)] + sentences[number * 3 : number * 3 + 3]
            outlet = f"Outlet {number % 4}"
            frame = f"More of what happened on the coast by the staff of {outlet} every day of this week and the next"
            text = "\n\n".join([*own, frame])
            texts[f"{path.name}#{number}"] = text
            published = f"2031-05-{1 + number % 28:02}T10:00:00Z"
            file.write(json.dumps({"id": str(number), "text": text, "outlet": outlet, "date": published}) + "\n")
    return texts


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("threads", [1, 2])
def test_kernels_and_the_plain_way_find_the_same_pairs_and_passages(tmp_path, monkeypatch, seed, threads):
    write_pile(tmp_path / "pile.jsonl", seed)
    settings = Settings(shingle_rate=1)
    plain = sorted(pipeline.pairs([tmp_path / "pile.jsonl"], settings))
    monkeypatch.setattr(kernels, "FROM_ARTICLES", 2)
    assert sorted(pipeline.pairs([tmp_path / "pile.jsonl"], settings, threads=threads)) == plain
    assert len(plain) > 50


def test_passages_are_cut_from_the_texts_as_they_stand_in_the_file(tmp_path, monkeypatch):
    texts = write_pile(tmp_path / "pile.jsonl")
    monkeypatch.setattr(kernels, "FROM_ARTICLES", 2)
    for shared in pipeline.pairs([tmp_path / "pile.jsonl"], Settings(shingle_rate=1)):
        assert shared.a < shared.b
        assert shared.words == sum(words for *_, words, _ in shared.passages)
        for a_start, a_end, b_start, b_end, words, verbatim in shared.passages:
            one, other = texts[shared.a][a_start:a_end], texts[shared.b][b_start:b_end]
            if verbatim:
                assert one.lower() == other.lower()
                assert len(one.split()) == words


def test_what_an_outlet_repeats_is_no_shared_passage(tmp_path, monkeypatch):
    frame = "Read more of this every morning in the paper that the whole of the coast has read for a hundred years now"
    frame += " and write to the editors of the Harbour Post at the old quay when you have seen what they have not seen"
    draw = random.Random(4)
    with (tmp_path / "pile.jsonl").open("w", encoding="utf-8") as file:
        for number in range(40):
            text = " ".join(draw.choices(WORDS, k=80)) + "\n" + frame
            file.write(json.dumps({"id": number, "text": text, "outlet": "Harbour Post"}) + "\n")
    assert not list(pipeline.pairs([tmp_path / "pile.jsonl"]))
    monkeypatch.setattr(kernels, "FROM_ARTICLES", 2)
    assert not list(pipeline.pairs([tmp_path / "pile.jsonl"]))


def test_the_packed_file_gives_the_same_pairs(tmp_path, monkeypatch):
    import gzip

    monkeypatch.setattr(kernels, "FROM_ARTICLES", 2)
    write_pile(tmp_path / "pile.jsonl")
    plain = [shared[2:] for shared in pipeline.pairs([tmp_path / "pile.jsonl"])]
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress((tmp_path / "pile.jsonl").read_bytes()))
    assert [shared[2:] for shared in pipeline.pairs([tmp_path / "packed.jsonl.gz"])] == plain


def test_lines_that_are_no_records_are_told_and_the_rest_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(kernels, "FROM_ARTICLES", 2)
    texts = write_pile(tmp_path / "good.jsonl")
    lines = (tmp_path / "good.jsonl").read_text(encoding="utf-8").splitlines()
    lines[3:3] = ["{broken", "[1, 2]", "", '{"id": "x", "text": "   "}', '{"title": "no text"}']
    (tmp_path / "bad.jsonl").write_text("\n".join(lines), encoding="utf-8")
    skipped: list = []
    found = list(pipeline.pairs([tmp_path / "bad.jsonl"], skipped=skipped))
    assert [s.reason for s in skipped] == [
        "line 4: broken JSON", "line 5: no JSON object", "line 7: no text in it", "line 8: no text in it"
    ]  # fmt: skip
    assert [x[2:] for x in found] == [x[2:] for x in pipeline.pairs([tmp_path / "good.jsonl"])]
    assert len(texts) == 120


def test_equal_ids_are_told_apart(tmp_path):
    record = json.dumps({"id": "same", "text": " ".join(WORDS[:60])})
    (tmp_path / "pile.jsonl").write_text(f"{record}\n{record}\n", encoding="utf-8")
    (shared,) = pipeline.pairs([tmp_path / "pile.jsonl"])
    assert (shared.a, shared.b) == ("pile.jsonl#same", "pile.jsonl#same#2")


def test_files_of_other_kinds_are_read_as_articles(tmp_path):
    text = " ".join(WORDS[:60])
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [(s.a, s.b, s.words) for s in pipeline.pairs([tmp_path])] == [("one.txt", "two.txt", 60)]


def test_nothing_to_read_is_an_error(tmp_path):
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="no articles"):
        list(pipeline.pairs([tmp_path / "empty.jsonl"]))


def test_the_order_of_the_lines_in_a_file_changes_nothing(tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    write_pile(tmp_path / "a" / "pile.jsonl")
    lines = (tmp_path / "a" / "pile.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "b").mkdir()
    random.Random(3).shuffle(lines)
    (tmp_path / "b" / "pile.jsonl").write_text("\n".join(lines), encoding="utf-8")
    plain = [list(pipeline.pairs(tmp_path / folder / "pile.jsonl")) for folder in "ab"]
    assert plain[0] == plain[1]
    monkeypatch.setattr(kernels, "FROM_ARTICLES", 2)
    kernel = [list(pipeline.pairs(tmp_path / folder / "pile.jsonl")) for folder in "ab"]
    assert kernel[0] == kernel[1]


def test_files_of_one_name_in_two_folders_keep_their_folders_in_the_ids(tmp_path):
    record = json.dumps({"id": "x", "text": " ".join(WORDS[:60])})
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "pile.jsonl").write_text(record, encoding="utf-8")
    (shared,) = pipeline.pairs([tmp_path / "one", tmp_path / "two"])
    assert (shared.a, shared.b) == (f"{tmp_path}/one/pile.jsonl#x", f"{tmp_path}/two/pile.jsonl#x")


def test_a_packed_file_that_is_cut_off_is_told_and_the_others_are_read(tmp_path):
    import gzip

    write_pile(tmp_path / "good.jsonl")
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(b"{}" * 4000)[:-12])
    skipped: list = []
    assert list(pipeline.pairs(tmp_path, skipped=skipped))
    assert "no readable gzip file" in skipped[0].reason
    with pytest.raises(InputError, match="no readable gzip file"):
        list(pipeline.pairs(tmp_path / "cut.jsonl.gz"))


def test_a_line_that_is_not_utf_8_is_told_as_that(tmp_path):
    (tmp_path / "latin.jsonl").write_bytes('{"text": "Der Fährmann fährt"}'.encode("latin-1"))
    with pytest.raises(InputError, match="line 1: not UTF-8"):
        list(pipeline.pairs(tmp_path / "latin.jsonl"))


def test_the_words_from_which_pairs_are_listed_are_a_setting(tmp_path):
    write_pile(tmp_path / "pile.jsonl")
    many, few = (list(pipeline.pairs([tmp_path / "pile.jsonl"], Settings(listed_words=n))) for n in (12, 60))
    assert len(many) > len(few) > 0
    assert all(shared.words >= 60 for shared in few)


def test_the_rate_at_which_shingles_are_kept_is_a_setting(tmp_path, monkeypatch):
    monkeypatch.setattr(kernels, "FROM_ARTICLES", 2)
    write_pile(tmp_path / "pile.jsonl")
    whole, few = (list(pipeline.pairs([tmp_path / "pile.jsonl"], Settings(shingle_rate=n))) for n in (1, 30))
    assert 0 < len(few) < len(whole)
