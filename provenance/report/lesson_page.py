"""The lesson: a page on which pupils find out who took text from whom, and then compare."""

from provenance.model import Trace
from provenance.report.lesson_answers import Answers, answers_of
from provenance.report.lesson_cast import NOBODY, SOMEBODY, Cast
from provenance.report.lesson_picture import answer_picture
from provenance.report.lesson_questions import credited, reports
from provenance.report.lesson_sets import ready_sets
from provenance.report.lesson_words import Words, fill, lesson_language, lesson_words
from provenance.report.one_file import page
from provenance.report.wording import plain
from provenance.truth import Truth

_SCRIPTS = ("told", "judge", "board", "reveal", "start")  # one after another, in the order of what happens


def lesson_page(trace: Trace, truth: Truth | None = None, language: str | None = None) -> str:
    """A lesson on a pile: articles to read, arrows to draw, answers to compare with, a worksheet, a teacher's page.

    Args:
        trace: the finished trace, with the articles' texts.
        truth: what a person who knows the pile says; without it pupils are compared with the trace.
        language: of the page's own words, such as "de"; None takes the one that most articles are in, else English.

    Returns:
        HTML that needs no other file; the same trace gives the same bytes.

    Raises:
        SettingError: when there are no words in that language.
        InputError: when the truth speaks of articles that are not in the trace.

    >>> from provenance import read_articles, trace
    >>> lesson_page(trace(read_articles("inputs/small")), language="en").count('class="card sheet"')
    5
    """
    language = lesson_language(trace, language)
    words = lesson_words(language)
    cast = Cast.of(trace, truth, words["read"])
    answers = answers_of(trace, truth, cast)
    names = _names(cast, words)
    articles = [card.key for card in cast.cards]
    return page(
        "lesson.html",
        styles=["base.css", "parts.css", "picture.css", "lesson.css"],
        scripts=["picture.js", *(f"lesson_{part}.js" for part in _SCRIPTS)],
        language=language,
        title=words["page"]["title"],
        licence=plain(truth.licence) if truth and truth.licence else None,
        version=trace.generated_by.version,
        w=words,
        fill=fill,
        cast=cast,
        answers=answers,
        names=names,
        from_names=names | {SOMEBODY: words["board"]["from_somebody"]},
        credited=credited(trace, cast, answers, names),
        reports=reports(answers),
        sets=ready_sets(answers, articles),
        most_reports=len(cast.cards) + len(cast.named),
        likely=cast.likely,
        picture=answer_picture(trace, cast, answers, names, words) if answers.arrows or answers.open else None,
        data=_for_the_script(cast, answers, names, words),
    )


def _names(cast: Cast, words: Words) -> dict[str, str]:
    """What everybody is called who can stand at an end of an arrow, by key."""
    board = words["board"]
    return {
        **{card.key: card.name for card in cast.cards},
        **cast.named,
        SOMEBODY: board["somebody"],
        NOBODY: board["nobody"],
    }


def _for_the_script(cast: Cast, answers: Answers, names: dict[str, str], words: Words) -> dict[str, object]:
    """What the page's script must know; it stands in the page as JSON."""
    return {
        "names": names,
        "from": {SOMEBODY: words["board"]["from_somebody"]},
        "articles": [card.key for card in cast.cards],
        "arrows": [{"derived": a.derived, "source": a.source} for a in answers.arrows],
        "open": [{"pair": case.pair, "what": case.what} for case in answers.open],
        "facts": {article: [key for _, key in named if key] for article, named in answers.facts.items()},
        "same": cast.same,
        "complete": answers.are_complete,
        "reports": answers.reports,
        "range": answers.range,
        "why_not": {f"{one} {other}": why for one, other, why in answers.why_not},
        "words": words["script"],
        "marks": words["mark"],
        "short_marks": words["mark_short"],
    }
