"""Credits as they stand in articles: whose the text, a part, a fact, a picture is. Invented outlets, unless known ones
are the point."""

import time

import pytest

from provenance.model import Article, Credit
from provenance.reconstruct.credits import read_credits, read_signs

AP = "Associated Press"
PILE = ("Skerry Courier", "Northern Press Agency", "The Lantern", "Küstenbote")


def credits(text, language="en", known=PILE, **fields):
    article = Article(id="a", path="a.txt", text=text, language=language, **fields)
    return [(c.tier, c.kind, c.source_name) for c in read_credits(article, known)]


# --- A: the text is theirs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("SKERRY HAVEN (AP) — The ferry stayed in port.", "AP"),
        ("SKERRY HAVEN, March 3 (Reuters) - The ferry stayed in port.", "Reuters"),
        ("March 3 (Reuters) - The ferry stayed in port.", "Reuters"),
        ("SKERRY HAVEN (NPA) — The ferry stayed in port.", "NPA"),
        ("SKERRY HAVEN, March 3. /TASS/. The ferry stayed in port.", "TASS"),
        ("Skerryhafen (dpa/lno) - Die Fähre blieb im Hafen.", "dpa"),
        ("Skerryhafen (nda) - Die Fähre blieb im Hafen.", "nda"),
        ("SKERRY HAVEN (CNN) — The ferry stayed in port.", "CNN"),
    ],
)
def test_a_dateline_names_whose_the_text_is(line, name):
    assert credits(line) == [("A", "dateline", name)]


@pytest.mark.parametrize(
    "line",
    [
        "World Ferry Office (WFO) — The ferry stayed in port.",
        "Sen. Ada Lind (D) — The ferry stayed in port.",
        "The ferry stayed in port (or so he said) — nobody knows.",
        "He asked his friends at home (AP) — they knew.",
    ],
)
def test_a_bracket_that_follows_no_place_is_no_dateline(line):
    assert [c for c in credits(line) if c[1] == "dateline"] == []


@pytest.mark.parametrize(
    "line",
    [
        "The original source of this article is <u>Harbour Post</u>",
        "This article was originally published by the Harbour Post.",
        "Originally published in Harbour Post on May 4, 2031",
        "A version of this story first appeared in the Harbour Post.",
        "Republished with permission from the Harbour Post.",
        "Reprinted from the *Harbour Post*.",
        "Editor's note: This story was first published by Harbour Post.",
    ],
)
def test_a_republication_phrase_names_whose_the_text_is(line):
    assert credits("The ferry stayed in port.\n\n" + line) == [("A", "republication", "Harbour Post")]


@pytest.mark.parametrize(
    "line",
    [
        "The memo, reprinted by the Harbour Post, was short.",
        "This column originally ran in January.",
        "He first appeared in Harbour Road, and nobody saw him.",
        "Her letter was originally published in the Harbour Post.",
    ],
)
def test_words_of_republication_about_something_else_are_no_credit(line):
    assert [c for c in credits("The ferry stayed in port. " + line) if c[0] == "A"] == []


def test_where_only_a_source_can_stand_any_name_is_one():
    assert credits("This article is republished from Lantern Row.") == [("A", "republication", "Lantern Row")]


def test_a_republication_may_name_a_domain():
    assert credits("This story was originally published on harbourpost.example on May 4, 2031") == [
        ("A", "republication", "harbourpost.example")
    ]


@pytest.mark.parametrize(("line", "name"), [("Source: AP", "AP"), ("Quelle: dpa", "dpa"), ("Via: NPA", "NPA")])
def test_a_source_line_at_the_end_names_whose_the_text_is(line, name):
    language = "de" if line.startswith("Quelle") else "en"
    assert credits("Word one.\n" * 20 + line, language) == [("A", "source_via", name)]


def test_a_source_line_with_several_agencies_gives_each_a_part():
    assert credits("Word one.\n" * 20 + "Source: AP, Reuters") == [("B", "agency", "AP"), ("B", "agency", "Reuters")]


def test_a_source_line_with_an_institute_is_about_a_figure():
    assert credits("SOURCE: Tidal Council on Fisheries | Ada Lind/Staff") == [
        ("C", "data_source", "Tidal Council on Fisheries")
    ]


@pytest.mark.parametrize(
    ("line", "name", "kind"),
    [
        ("By AFP", "AFP", "agency"),
        ("By Ada Lind, Associated Press", "Associated Press", "agency"),
        ("Ada Lind\nBy Northern Press Agency", "Northern Press Agency", "agency"),
        ("By Skerry Courier", "Skerry Courier", "source_via"),
        ("ByNews Desk- The Lantern", "Lantern", "source_via"),
        ("By Ada Lind | Harbour Gazette", "Harbour Gazette", "source_via"),
    ],
)
def test_a_byline_may_name_an_agency_or_an_outlet(line, name, kind):
    assert credits(f"{line}\n\nThe ferry stayed in port.") == [("A", kind, name)]


@pytest.mark.parametrize(
    "who", ["David Post", "Ada Lind and Lauren Fox", "Fox Files", "Bea Roe, Senior Political Reporter", "the harbour"]
)
def test_surnames_programmes_and_offices_never_count_in_a_byline(who):
    assert credits(f"By {who}\n\nThe ferry stayed in port.") == []


def test_a_byline_of_the_metadata_counts_without_a_place():
    article = Article(id="a", path="a", text="The ferry stayed in port.", byline="Ada Lind, Reuters")
    assert read_credits(article) == (Credit("a", "Reuters", "agency", "A", "Ada Lind, Reuters", None),)


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Ada Lind; Editing by Bo Roe)",
        "(Additional reporting by Cy Poe; Writing by Ada Lind; Editing by Bo Roe and Di Coe)",
        "Reporting by Ada Lind; editing by Bo Roe",
    ],
)
def test_the_bracket_with_reporters_and_editors_at_the_end_is_reuters(line):
    assert credits("The ferry stayed in port.\n\n" + line)[0] == ("A", "contributor", "Reuters")


def test_editing_by_in_a_sentence_is_no_trailer():
    assert credits("The film, with editing by Bo Roe, was long; nobody stayed.") == []


def test_a_sign_off_at_the_end_gives_the_text_to_an_agency():
    assert credits("The ferry stayed in port. (NPA)") == [("A", "agency", "NPA")]
    assert credits("The ferry stayed in port. (AP, AFP)") == [("B", "agency", "AP"), ("B", "agency", "AFP")]
    assert credits("The ferry stayed (in port).") == []


def test_copyright_of_a_syndicate_or_an_agency_is_theirs():
    assert credits("COPYRIGHT 2031 CREATORS.COM") == [("A", "syndicate", "CREATORS.COM")]
    assert credits("Copyright 2031 The Associated Press. All rights reserved.") == [("A", "agency", "Associated Press")]


def test_copyright_of_another_outlet_is_a_syndicates_where_the_outlet_is_known():
    line = "© 2031 Harbour Post. All rights reserved."
    assert credits(line, outlet="Skerry Courier") == [("A", "syndicate", "Harbour Post")]
    assert credits(line) == [("A", "copyright_own", "Harbour Post")]


def test_an_owner_stands_behind_whole_words_only():
    known = frozenset({"Estuary Digest"})  # which "ed" would be short for
    article = Article(id="a", path="a", text="This text is copyrighted and the ferry stayed in port.", language="en")
    assert read_credits(article, known) == ()


def test_facts_of_the_markup_come_first():
    fact = Credit("a", "harbourpost.example", "canonical", "A", "canonical link: https://harbourpost.example/1", None)
    article = Article(id="a", path="a", text="(AP contributed to this report.)", credits=(fact,))
    assert [c.source_name for c in read_credits(article)] == ["harbourpost.example", "AP"]


# --- B: a part is theirs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("AP contributed to this report.", [("B", "agency", "AP")]),
        ("Ada Lind and The Associated Press contributed to this report.", [("B", "agency", AP)]),
        ("Associated Press writers Ada Lind and Bo Roe contributed to this report.", [("B", "contributor", AP)]),
        ("Ada Lind of the Harbour Gazette contributed to this report.", [("B", "contributor", "Harbour Gazette")]),
        ("Material from AFP and Reuters was used here.", []),
        ("Material from AFP and NPA was used in this report.", [("B", "agency", "AFP"), ("B", "agency", "NPA")]),
        ("With inputs from NPA", [("B", "agency", "NPA")]),
        ("Additional reporting by AFP", [("B", "agency", "AFP")]),
        ("This story includes material from the Associated Press.", [("B", "agency", AP)]),
        ("Reuters and The Associated Press contributed.", [("B", "agency", "Reuters"), ("B", "agency", AP)]),
    ],
)  # fmt: skip
def test_contributors_are_named_one_by_one(line, expected):
    assert credits("The ferry stayed in port.\n" + line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Ada Lind and Bo Roe contributed to this report.",
        "Additional reporting by Lauren Fox and David Post",
        "The storm contributed to the delay.",
        "Low water, the board said, contributed.",
    ],
)
def test_people_and_weather_are_no_source(line):
    assert [c for c in credits(line) if c[0] == "B"] == []


def test_people_are_still_seen_as_contributors():
    article = Article(id="a", path="a", text="Ada Lind contributed to this report.", language="en")
    assert [(sign.kind, sign.name) for sign in read_signs(article)] == [("contributor", None)]


def test_a_joint_publication_is_half_theirs():
    assert credits("This article is co-published with the Harbour Gazette.") == [
        ("B", "republication", "Harbour Gazette")
    ]


# --- C: a fact is theirs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("The ferry stayed in port, Harbour Radio reports.", "Harbour Radio", "attribution"),
        ("The ferry stayed, *The Skerry Courier* said, in port.", "Skerry Courier", "attribution"),
        ("She told the Skerry Courier on Monday that it stayed.", "Skerry Courier", "attribution"),
        ("It stayed, according to the Harbour Post.", "Harbour Post", "attribution"),
        ('"It stayed," reports the Harbour Gazette.', "Harbour Gazette", "attribution"),
        ("The delay was first reported by the Harbour Post.", "Harbour Post", "scoop_attribution"),
        ("The Harbour Gazette first reported on the delay.", "Harbour Gazette", "scoop_attribution"),
        ("It stayed, Skerry Channel 7 reported.", "Skerry Channel 7", "attribution"),
        ("According to the Tidal Research Institute, it stayed.", "Tidal Research Institute", "attribution"),
        ("Ferry Watch issued a warning.", "Ferry Watch", "attribution"),
        ("“It stays,” said Ada Lind, senior fellow at the Tide Institute, a club.", "Tide Institute", "attribution"),
        ("Ada Lind, a lecturer at Skerry University, said it would stay.", "Skerry University", "attribution"),
    ],
)  # fmt: skip
def test_a_fact_has_its_source(sentence, name, kind):
    assert credits(sentence) == [("C", kind, name)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Apple reported revenue of two pounds.",
        "The council said the ferry would stay.",
        "Emily Post said no.",
        "Mr. Bloomberg said no.",
        "Sailors told reporters about it.",
        "She told Ada Lind about it.",
        "According to Mr. Times it stayed.",
        "The sources reported nothing.",
    ],
)
def test_a_speaker_who_is_no_outlet_is_no_source(sentence):
    assert credits(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("She told CNN Wasserman Schultz would stay.", "CNN"),
        ("It stayed, said Reuters.", "Reuters"),
        ("He told NBC’s Meet the Press it stayed.", "NBC"),
        ("On Monday Reuters reported a delay.", "Reuters"),
    ],
)
def test_a_name_never_runs_on(sentence, name):
    assert [c[2] for c in credits(sentence)] == [name]


def test_two_outlets_joined_by_and_are_two_sources():
    names = [c[2] for c in credits("The Skerry Courier and the Harbour Gazette first reported the delay.")]
    assert names == ["Skerry Courier", "Harbour Gazette"]


def test_bare_letters_in_running_text_are_no_agency_of_that_name():
    assert credits("It is so, according to the APA.") == []
    assert credits("It is so, according to the NPA.") == [("C", "attribution", "NPA")]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Die Fähre blieb, berichtete die Skerryhafener Zeitung.", "Skerryhafener Zeitung"),
        ("Laut dem Küstenboten blieb die Fähre.", "Küstenboten"),
        ("Wie der Nordkurier meldete, blieb die Fähre.", "Nordkurier"),
        ("Der Minister sagte der dpa, sie bleibe.", "dpa"),
        ("„Sie bleibt“, sagte Ada Lind, Forscherin am Institut für Küstenforschung.", "Institut für Küstenforschung"),
    ],
)
def test_german_facts_have_their_source_too(sentence, name):
    assert [(c[0], c[2]) for c in credits(sentence, "de")] == [("C", name)]


def test_german_credits_have_their_own_words():
    assert credits("Mit Material von dpa und AFP.", "de") == [("B", "agency", "dpa"), ("B", "agency", "AFP")]
    assert credits("Dieser Artikel erschien zuerst in der Nordpost.", "de") == [("A", "republication", "Nordpost")]


# --- D: the picture is theirs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("A ferry in port on May 3, 2031. (Harbour Ministry via AP)", "AP"),
        ("Featured image: a ferry [Stringer - Anadolu Agency]", "Anadolu Agency"),
        ("(Photo Credit:Ada Lind/MOD)", "MOD"),
        ("A ferry in port. Ada Lind/AFP via Getty Images", "AFP"),
        ("Photograph: Ada Lind/Reuters", "Reuters"),
        ("Image copyright AFP", "AFP"),
    ],
)
def test_a_picture_has_its_owner_and_gives_no_text(line, name):
    found = credits(line)
    assert {tier for tier, _, _ in found} == {"D"}
    assert name in [c[2] for c in found]


def test_via_an_outlet_speaks_of_text():
    assert [c for c in credits("The ferry stayed in port (via The Harbour Post).") if c[0] == "D"] == []


# --- all of them ----------------------------------------------------------------------------------------------------


def test_credits_are_read_from_lines_that_are_kept_out_of_matching():
    text = "The ferry stayed in port.\nAP contributed to this report."
    whole = Article(id="a", path="a", text=text, language="en")
    assert [c.span.cut(text) for c in read_credits(whole)] == ["AP contributed to this report"]


def test_an_article_is_read_in_milliseconds():
    sentence = "The Harbour Board said that Ada Lind, a pilot at Skerry, told the Skerry Courier (and others) all. "
    article = Article(id="a", path="a", text=sentence * 50, language="en")
    read_credits(article, PILE)
    started = time.process_time()
    for _ in range(10):
        read_credits(article, PILE)
    assert (time.process_time() - started) / 10 < 0.1


# --- short names that only the pile or the text explains ------------------------------------------------------------


def test_a_short_name_that_the_text_explains_is_written_out():
    text = "SKERRY (CONA) — The ferry stayed.\n\nSource: Corbel News Agency (CONA)"
    assert {(tier, name) for tier, _, name in credits(text)} == {("A", "Corbel News Agency")}


def test_an_explained_short_name_counts_in_running_text_too():
    text = "The ferry stayed, the Corbel News Agency (CONA) reported. It was wet, CONA said."
    assert credits(text) == [("C", "attribution", "Corbel News Agency")] * 2


def test_a_short_name_may_take_more_than_one_letter_of_a_word():
    assert credits("SKERRY (NOPA) — The ferry stayed.") == [("A", "dateline", "NOPA")]
    assert credits("It stayed.\nSource: NOPA") == [("A", "source_via", "NOPA")]


def test_a_source_line_above_the_pages_foot_still_ends_the_text():
    foot = ["More on this topic", "Council to debate dues", "Pictures of the week", "Sign up", "Help"] * 3
    text = "\n".join(["The ferry stayed in port for the whole of a stormy Monday in May.", "Source: AP", *foot])
    assert credits(text) == [("A", "source_via", "AP")]


def test_a_source_line_between_paragraphs_is_about_a_figure():
    paragraph = "The ferry stayed in port for the whole of a stormy Monday in May."
    text = "\n".join([paragraph, paragraph, "Source: AP", paragraph, paragraph])
    assert credits(text) == [("C", "data_source", "AP")]


def test_a_german_dateline_may_end_with_a_full_stop():
    assert credits("SKERRYHAFEN (nda). Die Fähre blieb im Hafen.", "de") == [("A", "dateline", "nda")]


# --- what other papers' habits taught -------------------------------------------------------------------------------


def kinds(text):
    return [sign.kind for sign in read_signs(Article(id="a", path="a.txt", text=text, language="en"), PILE)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Contributing: Ada Lind in Skerry Haven; The Associated Press", [("B", "agency", "Associated Press")]),
        (
            "Lind reported from Skerry, Me.; Contributing: Bo Roe, Skerry Courier",
            [("B", "contributor", "Skerry Courier")],
        ),
        ("Contributing: The Associated Press. Follow Ada Lind on Gullnet.", [("B", "agency", "Associated Press")]),
        ("Ada Lind contributed to this guide, along with The Associated Press.", [("B", "agency", "Associated Press")]),
        ("COPYRIGHT 2031 ADA LIND|DISTRIBUTED BY CREATORS.COM", [("A", "syndicate", "CREATORS.COM")]),
        (
            "Ada Lind is an editor of the Skerry Courier, where this column first appeared.",
            [("A", "republication", "Skerry Courier")],
        ),
        ("Originally published on Deep Gulls.", [("A", "republication", "Deep Gulls")]),
        ("This originally appeared on Ada Lind's blog.", [("A", "republication", "Ada Lind")]),
        ("Originally published on Monday.", []),
    ],
)
def test_credits_are_read_in_the_forms_that_papers_give_them(line, expected):
    assert credits(line) == expected


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The Skerry Courier, which first reported the fall, has photos.", "Skerry Courier"),
        ("The Skerry Courier on Friday first reported the fall.", "Skerry Courier"),
        ("As TheGull first reported in April, the crane was old.", "TheGull"),
        ("The fall was first reported by Gullnet, he said.", "Gullnet"),
        ("It was initially reported by the harbour-sector publication Cranewatch, he said.", "Cranewatch"),
        ("The fall was first reported on Friday by the Skerry Courier.", "Skerry Courier"),
        ("Skerry Courier harbour reporter Ada Lind first reported the fall.", "Skerry Courier"),
        ("The disease was first reported in Skerry Haven.", None),
    ],
)
def test_who_reported_first_is_found_across_days_and_clauses(sentence, name):
    found = [(kind, written) for _, kind, written in credits(sentence)]
    assert found == ([("scoop_attribution", name)] if name else [])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("He leads by nine points (via Skerry Courier):", ["source_via"]),
        ("Watch the clip via Skerry Courier:", ["source_via"]),
        ("Why, the board of the paper did. (via Gullnet)", ["source_via"]),
        ("The crane fell again (via Associated Press):", ["source_via"]),
        ("She called home (via Skype).", []),
        ("Data: Harbour Statistics Office; Chart: Ada Lind", ["data_source"]),
        ("SOURCE: “CRANES OF THE NORTH”, BY BO ROE", ["data_source"]),
        ("Sources: Lind will resign on Monday", []),
    ],
)
def test_a_source_of_facts_is_told_from_a_way_and_from_a_headline(line, expected):
    assert kinds(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "The crane lies in the channel. | Getty",
        "The crane lies in the channel. Ada Lind—Getty Images",
        "The crane lies in the channel. Ada Lind—AFP/Getty Images",
        "CLOSE The crane lies in the channel. (Sept. 13) AP",
        "Image copyright Gullnet Image caption The crane lies in the channel",
        "(Photo: Ada Lind)",
        "[image via Harbour Fund/Gullnet]",
    ],
)
def test_a_pictures_owner_stands_behind_bars_dashes_and_labels(line):
    assert kinds(line) == ["photo_credit"]


@pytest.mark.parametrize(
    "line",
    [
        "Lind leads by nine points, a Reuters/Ipsos poll of voters found.",
        "Photos: Cranes that fell into the sea in ten years of storms",
        "The list was made with input from the Harbour Office and Governor Ada Lind.",
        "Lind — Reuters Politics (@gullnet) May 3, 2031",
    ],
)
def test_polls_galleries_advice_and_posts_are_no_credit(line):
    assert {"photo_credit", "contributor"}.isdisjoint(kinds(line))


def test_a_station_of_call_letters_owns_its_page_where_no_outlet_is_known():
    line = "© 2031 WSKR. All Rights Reserved."
    assert credits(line) == [("A", "copyright_own", "WSKR")]
    assert credits(line, outlet="Skerry Courier") == []
    assert credits("Copyright 2031 Ada Lind") == []
