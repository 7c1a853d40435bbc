"""What a person states about articles: ``--facts FILE.csv``."""

from dataclasses import astuple
from pathlib import Path

from provenance.errors import ProvenanceError, SettingError
from provenance.ingest.dates import read_date
from provenance.ingest.decode import decode
from provenance.ingest.records import rows_of_table
from provenance.model import Fact

FIELDS = ("outlet", "date", "title", "byline", "url")
RELATIONS = ("from", "not from")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for one, by its first character
_COLUMNS = {
    "article": ("article", "id", "path"),
    "field": ("field or relation", "field", "relation", "what"),
    "value": ("value",),
    "said_by": ("says", "who says so", "said by", "said_by", "who"),
}


def read_facts(path: str | Path) -> tuple[Fact, ...]:
    """The statements of a CSV file with the columns article, field, value, says.

    ``field`` is outlet, date, title, byline or url, or one of the relations "from" and "not from", whose value is
    another article (or, with "from", an outlet).

    Args:
        path: the file.

    Returns:
        The statements in the order of the file.

    Raises:
        SettingError: when the file cannot be read or a row says something impossible; names line and cure.
    """
    shown = Path(path).as_posix()
    try:
        rows = list(rows_of_table(decode(Path(path).read_bytes()).text))
    except OSError as error:
        raise SettingError(f"{shown}: cannot be opened ({error.strerror or error})") from error
    except ProvenanceError as error:
        raise SettingError(f"{shown}: {error}") from error
    return tuple(_fact(shown, line, row) for line, row in rows if any(str(value).strip() for value in row.values()))


def checked(fact: Fact) -> Fact:
    """One statement as a person made it, with its cells trimmed.

    Raises:
        SettingError: it says something impossible; the message holds the cure.

    >>> checked(Fact("a.txt", "Date", " 2031-05-03 ", "Ada Quill")).value
    '2031-05-03'
    """
    cells = (fact.article, " ".join(fact.field.casefold().split()), fact.value, fact.said_by)
    fact = Fact(*(cell.strip() for cell in cells))
    for thing, cell in zip(("article", "field", "value", "who says so"), astuple(fact), strict=True):
        if not cell:
            raise SettingError(f"{thing!r} is empty; fill it in")
    if fact.field not in FIELDS + RELATIONS:
        known = f"a field ({', '.join(FIELDS)}) nor a relation ({', '.join(RELATIONS)})"
        raise SettingError(f"{fact.field!r} is neither {known}")
    if fact.field == "date" and ((date := read_date(fact.value)) is None or date.year is None):
        raise SettingError(f"{fact.value!r} is no date; write it like 2031-05-03")
    return fact


def escaped(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula with an apostrophe in front; ``read_facts`` takes it off.

    >>> escaped("=1+1"), escaped("Gull")
    ("'=1+1", 'Gull')
    """
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def _unescaped(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def _fact(shown: str, line: int, row: dict[str, object]) -> Fact:
    cells = {str(name or "").strip().casefold(): _unescaped(str(value).strip()) for name, value in row.items()}
    said = {thing: _cell(shown, line, cells, thing) for thing in _COLUMNS}
    try:
        return checked(Fact(said["article"], said["field"], said["value"], said["said_by"]))
    except SettingError as wrong:
        raise SettingError(f"{shown}, line {line}: {wrong}") from wrong


def _cell(shown: str, line: int, cells: dict[str, str], thing: str) -> str:
    for name in _COLUMNS[thing]:
        if cells.get(name):
            return cells[name]
    if any(name in cells for name in _COLUMNS[thing]):
        column = next(name for name in _COLUMNS[thing] if name in cells)
        raise SettingError(f"{shown}, line {line}: the column {column!r} is empty; fill it or delete the line")
    raise SettingError(f"{shown}: no column {_COLUMNS[thing][0]!r}; the first line must be: article,field,value,says")
