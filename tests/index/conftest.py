"""Articles that an index is filled with: those of the sample piles, and invented ones that explain one another."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from making import LAMP, MARKET, OWN

HOUSE = (
    "The Valley Digest is written by readers for readers and lives on what they put into the tin beside the door; "
    "whoever finds a mistake may keep it or bring it to the counter on a Thursday before the kettle has boiled."
)
SUPPLEMENT = (
    "Den Leuchtturm am Kap hat in der Nacht zum Sonntag eine Möwe außer Betrieb gesetzt, die durch die Scheibe flog "
    "und die große Linse in grüne Splitter schlug.",
    "Zwei Kutter drehten im letzten Augenblick ab, ein dritter kam mit dem Kiel auf den Sand und wieder frei.",
    "Bis eine neue Linse geschliffen ist, soll ein Lastkahn mit Scheinwerfer vor dem Kap liegen.",
)


def _text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


# Some become known by others: the agency behind (SKPA) and (npa), the outlet of an address, what the Digest repeats.
RECORDS: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "agency.jsonl": (
        {"id": "lamp", "outlet": "Skarn Press Agency", "date": "2031-05-03T06:10:00Z", "text": _text(*LAMP[:6])},
        {"id": "market", "outlet": "Skarn Press Agency", "date": "2031-05-05", "text": _text(*MARKET[:3])},
    ),
    "nordisch.jsonl": ({"id": "1", "outlet": "Nordische Presse Agentur", "text": _text(*SUPPLEMENT)},),
    "harbour.jsonl": (
        {"id": "home", "outlet": "Harbour Post", "date": "2031-05-06", "text": _text(*OWN[:2], *MARKET[2:4])},
    ),
    "address.jsonl": (
        {
            "id": "address",
            "url": "https://www.harbour-post.example/lamp?from=front",
            "date": "2031-05-04",
            "text": _text("As the Lantern Row Gazette first reported, the light is out.", *LAMP[2:7]),
        },
    ),
    "row.jsonl": (
        {"id": "1", "outlet": "Lantern Row Gazette", "date": "2031-05-02", "text": _text(*LAMP[1:8])},
        {"id": "2", "url": "https://row.example/a", "byline": "SKPA", "text": _text(*LAMP[3:9])},
        {"id": "3", "url": "http://row.example/a/#top", "byline": "Oda Lind", "text": _text(*LAMP[3:8], OWN[3])},
        {"id": "4", "outlet": "Row Weekly", "byline": "Oda Lind, Valley Digest", "text": _text(*MARKET)},
    ),
    "twins.jsonl": (
        {"id": "first", "outlet": "Gull Herald", "date": "2031-05-07", "text": _text(*MARKET[1:5])},
        {"id": "second", "outlet": "Estuary Digest", "text": _text(*MARKET[1:5])},
        {"id": "third", "text": _text(*MARKET[1:5])},
    ),
    "digest.jsonl": tuple(
        {"id": str(day), "outlet": "Valley Digest", "date": f"2031-05-{day:02}", "text": _text(*own, HOUSE)}
        for day, own in ((1, OWN[:1]), (4, OWN[1:2]), (8, LAMP[4:7]), (13, MARKET[3:5]))
    ),
    "borrowed.jsonl": ({"id": "1", "outlet": "Gull Herald", "text": _text(OWN[2], HOUSE)},),
}
PAGES: Mapping[str, str] = {
    "reprint.txt": _text("The lamp\nValley Digest, 4 May 2031", f"CARROW POINT (SKPA) – {LAMP[0]}", *LAMP[1:5]),
    "kap.txt": _text(f"KAP (npa) – {SUPPLEMENT[0]}", *SUPPLEMENT[1:]),
    "owner.txt": _text(*LAMP[5:9], "© Lantern Row Gazette 2031"),
    "tells.txt": _text("Gulls and glass\nGull Herald, 9 May 2031", *LAMP[6:], "Source: Harbour Post"),
    "spells.txt": _text(*MARKET[:4], "Originally published by harbourpost.example.", "With reporting by SPA."),
}


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder of files, no two with the same name."""
    folder = tmp_path_factory.mktemp("library")
    for name, records in RECORDS.items():
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        (folder / name).write_text(lines, encoding="utf-8")
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    for pile in ("small", "deutsch", "classroom"):
        for file in sorted((root / "inputs" / pile).iterdir()):
            if file.suffix in (".txt", ".html", ".jsonl") and file.name != "lesson.html":
                shutil.copy(file, folder / f"{pile}-{file.name}")
    return folder
