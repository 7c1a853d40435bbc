from dataclasses import replace

from provenance.model import Article
from provenance.report.columns import columns
from provenance.report.inspection import inspection


def test_each_thing_stands_with_the_place_it_was_read_from(ferry_articles: dict[str, Article]) -> None:
    assert (
        inspection(ferry_articles["post.html"])
        == """\
post.html
  file      pile/post.html
  title     Ferry runs aground off Skerry (og:title)
  outlet    Harbour Post (og:site_name)
  byline    Ada Quill (JSON-LD author)
  date      3 May 2031 (article:published_time)
  address   https://harbourpost.example/ferry
  language  en
  words     36 in the body, 42 on the whole page
  says the text is theirs:
    Harbour Post (canonical, a fact of the page's markup): “https://harbourpost.example/ferry”
  says part of the text is theirs:
    Northern Wire (contributor): “Northern Wire contributed to this report.”; handed down from
      named:northern wire/post.html
  kept out of the comparison (1 stretch):
    credit line: “Northern Wire contributed to this report.”
"""
    )


def test_what_is_not_known_is_said_to_be_unknown(ferry_articles: dict[str, Article]) -> None:
    shown = inspection(ferry_articles["twin-a.txt"])
    assert shown.count("unknown") == 6
    assert "credits nobody" in shown


def test_a_credit_says_what_it_means_and_why(ferry_articles: dict[str, Article]) -> None:
    shown = " ".join(inspection(ferry_articles["digest.txt"]).split())
    assert "means named:skerry gazette/digest.txt, because it is not in the pile" in shown


def test_nothing_of_a_page_can_steer_the_terminal_and_lines_fit(ferry_articles: dict[str, Article]) -> None:
    evil = replace(ferry_articles["post.html"], title="\x1b[2J" + "long title " * 30, byline="\u202eevil")
    shown = inspection(evil, width=70, ascii=True)
    assert "\x1b" not in shown and "\u202e" not in shown and shown.isascii()
    assert max(columns(line) for line in shown.splitlines()) <= 70
