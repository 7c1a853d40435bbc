"""How long a page takes until it can be used, and an invented pile of any size to try it on."""

from datetime import UTC, datetime, timedelta
from random import Random

from playwright.sync_api import Page

from provenance import Article, Published

SYLLABLES = ["ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "sa", "te", "vu", "ka", "dri", "sto", "fle", "gra"]
OUTLETS = 40


def invented_pile(size: int) -> list[Article]:
    """Articles of invented words: of every three the second and third take text from the first. Always the same."""
    random = Random(3)
    words = ["".join(random.choices(SYLLABLES, k=random.randint(1, 4))) for _ in range(4000)]
    made: list[Article] = []
    for number in range(size):
        sentences = [_sentence(random, words) for _ in range(random.randint(30, 50))]
        if number % 3:
            source = made[number - number % 3]
            taken = source.text.split("\n\n")
            part = taken[: random.randint(4, len(taken))]
            sentences = [f"This article was first published by {source.outlet}.", *part, *sentences[: 5 * (number % 5)]]
        made.append(_article(number, sentences))
    return made


def _sentence(random: Random, words: list[str]) -> str:
    return " ".join(random.choices(words, k=random.randint(14, 24))).capitalize() + "."


def _article(number: int, sentences: list[str]) -> Article:
    day = datetime(2031, 5, 1, tzinfo=UTC) + timedelta(hours=7 * number)
    return Article(
        id=f"{number:04}.txt",
        path=f"{number:04}.txt",
        text="\n\n".join(sentences),
        title=" ".join(sentences[-1].split()[:7]),
        outlet=f"Invented Post {number % OUTLETS}",
        outlet_ground="made up",
        language="en",
        published=Published(day, day, "made up"),
    )


def milliseconds_until_ready(page: Page) -> float:
    """From the start of loading until the page's script has run and the first picture is laid out."""
    found: float = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    return found
