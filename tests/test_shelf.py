"""Texts on a shelf: an article is the same wherever its text lies."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Article, shelved
from provenance.shelf import Shelf, Shelved

HELD = vars(Article)["text"]._get


@given(st.lists(st.text(st.characters(), max_size=30), max_size=5))
def test_a_text_comes_back_from_the_shelf_as_it_was_put_there(texts: list[str]) -> None:
    shelf = Shelf()
    places = [shelf.put(text) for text in texts]
    assert [place.taken() for place in places] == texts


def test_an_article_is_equal_to_itself_on_the_shelf() -> None:
    article = Article("a", "a", "The ferry is late.", title="Late")
    put = shelved(article, Shelf())
    assert put == article
    assert hash(put) == hash(article)
    assert put.text == "The ferry is late."
    assert pickle.loads(pickle.dumps(put)) == article


def test_a_changed_copy_leaves_the_text_on_the_shelf() -> None:
    put = replace(shelved(Article("a", "a", "The ferry is late."), Shelf()), title="Late")
    assert type(HELD(put)) is Shelved
    assert put.text == "The ferry is late."


def test_many_threads_take_what_lies_there() -> None:
    shelf = Shelf()
    articles = [shelved(Article(str(n), "a", f"text {n}"), shelf) for n in range(3000)]
    with ThreadPoolExecutor(4) as pool:
        rounds = list(pool.map(lambda _: [replace(a, title="x").text for a in articles], range(4)))
    assert all(found == [f"text {n}" for n in range(3000)] for found in rounds)
