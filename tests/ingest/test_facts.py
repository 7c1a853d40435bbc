"""What a person states in a facts file."""

from pathlib import Path

import pytest

from provenance.errors import SettingError
from provenance.ingest import read_facts
from provenance.model import Fact


def write(folder: Path, text: str) -> Path:
    file = folder / "facts.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_facts_are_read_in_order(tmp_path: Path) -> None:
    file = write(
        tmp_path, "article,field,value,says\na.txt,outlet,Harbour Post,Ada Quill\n\nb.txt,Not  from,a.txt,Ada Quill\n"
    )
    assert read_facts(file) == (
        Fact("a.txt", "outlet", "Harbour Post", "Ada Quill"),
        Fact("b.txt", "not from", "a.txt", "Ada Quill"),
    )


def test_the_columns_may_carry_their_long_names(tmp_path: Path) -> None:
    file = write(tmp_path, "article;field or relation;value;who says so\na.txt;date;3 May 2031;Ada\n")
    assert read_facts(file) == (Fact("a.txt", "date", "3 May 2031", "Ada"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("article,field,value,says\na.txt,outlet,,Ada\n", "line 2: the column 'value' is empty"),
        ("article,field,value,says\na.txt,colour,red,Ada\n", "line 2: 'colour' is neither a field"),
        ("article,field,value,says\na.txt,date,soon,Ada\n", "write it like 2031-05-03"),
        ("article,value\na.txt,x\n", "the first line must be: article,field,value,says"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_its_cure(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingError, match=message):
        read_facts(write(tmp_path, text))


def test_a_missing_file_is_a_setting_error(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="cannot be opened"):
        read_facts(tmp_path / "none.csv")
