"""A pile that attacks whoever shows it: every place that an article can fill holds what a browser might run.

The story, its people and its outlets are invented. What is to be seen as text, and never as anything else, is marked:
an element made of it would carry the attribute ``data-hostile``, a script that ran would set ``window.hostile``.

Fennick Sentinel, 3 May 2031
└── Weir Letter <svg>, 4 May 2031         republished, with a credit
<script> Gazette, 3 May 2031              its name is no name that a credit could hold: what was taken from it is open
├── "onmouseover Herald, 4 May 2031
└── {{ 7*7 }} Post, 5 May 2031            an excerpt
twin-1 ? twin-2                           the same words; somebody states that twin-2 took them from twin-1
an Arabic and a Hebrew pair               from right to left
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from provenance.model import Article, Evidence, Fact, GeneratedBy, Trace
from provenance.shared import Comparison

RUN = "window.hostile=1;alert(1)"
SCRIPT = f"<script data-hostile>{RUN}</script>"
IMAGE = f'<img data-hostile src="http://evil.invalid/i.png" onerror="{RUN}">'
FRAME = f'<iframe data-hostile srcdoc="<script>{RUN}</script>"></iframe>'
VECTOR = f"<svg data-hostile onload={RUN}><foreignObject><b data-hostile>b</b></foreignObject></svg>"
LINK = f'<a data-hostile href="javascript:{RUN}" target=_blank>click</a>'
LEAVES_STYLE = "</style></title></textarea></svg></template></noscript>" + SCRIPT
LEAVES_SCRIPT = f"</script><script data-hostile>{RUN}</script>"
LEAVES_COMMENT = f"<!-- --><b data-hostile>--!></b><!--<script> <![CDATA[ ]]> ]]>{IMAGE}"
LEAVES_ATTRIBUTE = f'"\'` onmouseover="{RUN}" onfocus=\'{RUN}\' autofocus tabindex=1 style="position:fixed" x="'
TEMPLATE = "{{ 7*7 }} {% raw %} ${7*7} #{7*7} {# none #}"
ENTITY = "&lt;b data-hostile&gt; &#60;script&#62; &amp;amp; &quot;"
STYLE = "<style data-hostile>*{display:none}</style><link data-hostile rel=stylesheet href=//evil.invalid/c.css>"
META = "<base data-hostile href=//evil.invalid/><meta data-hostile http-equiv=refresh content=0;url=//evil.invalid>"
BIDI = "abc\u202edcba\u2066\u2067\u200f\u061c end"
CONTROLS = "nul\x00 bell\x07 esc\x1b[31mred\x1b[0m\x1b]8;;http://evil.invalid\x07link\x1b]8;;\x07 c1\x9b31m"
BREAKS = "one\u2028two\u2029three\x85four\x0bfive\x0csix"
ASTRAL = "𝔘𝔫𝔦 🐙 👩🏽‍🚀 🇪🇺 é\u0301\u0300\u0302\u0303 \U0010fffd"
LONG = "Wortungeheuer" * 770  # ten thousand characters without a place to break

MARKUP = (
    SCRIPT, IMAGE, FRAME, VECTOR, LINK, LEAVES_STYLE, LEAVES_SCRIPT, LEAVES_COMMENT, LEAVES_ATTRIBUTE,
    TEMPLATE, ENTITY, STYLE, META,
)  # fmt: skip
EVERYTHING = (*MARKUP, BIDI, CONTROLS, BREAKS, ASTRAL)

STORY = (
    "The toll keeper of Marrowby found the bridge painted pink on Saturday morning, from the first lamp to the last "
    f"of its forty rivets, and the paint was still wet. {SCRIPT} Nobody had heard a brush.",
    f"Her assistant says that a ladder {IMAGE} leaned against the parapet at midnight, and that he took it for the "
    "ladder of the lamplighter, who never comes on a Friday.",
    f"The council's painter, {LINK} who is colour-blind, swears that he was asleep in the boathouse with eleven "
    "witnesses, nine of them geese.",
    f"A pot with a label “{TEMPLATE}” was pulled out of the river by anglers below the weir; it holds enough for "
    "another bridge, the anglers reckon, or for two if it is thinned.",
    f"Pink was forbidden in Marrowby {ENTITY} after the affair of the town hall doors, and the fine is one cart of "
    "gravel for each square yard, to be delivered by hand.",
    f"The keeper means to leave it so {LEAVES_STYLE} until the swallows have nested, since they are already carrying "
    "pink mud to the gables of the inn.",
)
SECOND = (
    f"In the upper valley {FRAME} the mill has begun to grind at night without anybody having opened the sluice, and "
    "the miller's cat has moved out with all her kittens.",
    f"An engineer measured {VECTOR} a hum of four notes in the beams, which rises by half a tone whenever somebody "
    "says the word flour within the walls.",
    f"The flour is finer than ever {LEAVES_COMMENT} and the bakers of three villages have agreed to ask no further "
    "questions before the harvest is in.",
)
THIRD = (
    f"Nobody in Fennick has ever won the pumpkin prize twice {LEAVES_ATTRIBUTE} and the gardeners mean to keep it so, "
    "which is why the scales are locked away from April to October.",
    f"This year a pumpkin {ENTITY} arrived on a raft, without a grower, a name or a stalk, and it was heavier than the "
    "raft that had carried it down the canal.",
    f"The judges weighed it three times {BIDI} and then weighed each other, to be sure of the scales, before they sat "
    "down on it to think.",
    f"A rule of the year of the flood {CONTROLS} says that what the water brings belongs to the school, whose kitchen "
    "has now written forty recipes on the blackboard.",
)
ARABIC = (
    "قالت حارسة المنارة في قرية مرسى الزعفران إن المصباح أضاء وحده ثلاث ليال متتالية "
    "رغم أن الزيت قد نفد منذ أسبوع كامل.",
    f"وأضافت أن الصيادين {SCRIPT} رأوا ضوءا أخضر فوق الصخرة الكبيرة قبل الفجر بساعة، ثم اختفى الضوء حين صاح الديك.",
    "ويعتزم مجلس القرية شراء مصباح جديد من سوق المدينة قبل موسم الصيد القادم إذا وافق أصحاب القوارب على دفع الثمن.",
)
HEBREW = (
    "שומרת הגשר בכפר תמרון מצאה בבוקר שבת את כל הפנסים צבועים בסגול, ואיש מן הדייגים לא ראה מי טיפס עליהם בלילה.",
    f"הצבע עדיין היה רטוב {IMAGE} והסולם נשען על הקיר ליד המאפייה הישנה, שבה אופים רק בימי שלישי לחם עם זרעי קצח.",
    "המועצה החליטה להשאיר את הפנסים כפי שהם עד סוף החורף, משום שהילדים כבר כתבו עליהם שיר וביקשו שלא לנקות אותם.",
)


def records() -> Iterator[Mapping[str, str]]:
    """The articles, as a crawler might have stored them."""
    gazette, herald, post = f"{SCRIPT} Gazette", f'" onmouseover="{RUN}" Herald', "{{ 7*7 }} Post"
    yield {
        "id": f"1{IMAGE}", "outlet": gazette, "title": f"Pink bridge {LEAVES_SCRIPT}", "byline": f"Ada {LINK}",
        "url": f"javascript:{RUN}", "date": "2031-05-03", "text": "\n\n".join((*STORY, LONG, BREAKS, CONTROLS)),
    }  # fmt: skip
    yield {
        "id": f"2{LEAVES_ATTRIBUTE}", "outlet": herald, "title": f"{IMAGE}{BIDI}{CONTROLS}", "byline": BIDI,
        "url": f'https://herald.invalid/"onclick="{RUN}"/<b data-hostile>', "date": "2031-05-04",
        "text": "\n\n".join((f"This article was first published by {gazette}.", *STORY, LONG)),
    }  # fmt: skip
    yield {
        "id": f"3</script>{SCRIPT}", "outlet": post, "title": LONG, "byline": ASTRAL,
        "url": f"data:text/html,{SCRIPT}", "date": "2031-05-05",
        "text": "\n\n".join((f"As the {gazette} reported, {STORY[0]}", STORY[2], *SECOND, *EVERYTHING)),
    }  # fmt: skip
    yield {"id": "4", "outlet": "Fennick Sentinel", "title": f"Pumpkin {META}", "date": "2031-05-03",
           "url": "https://sentinel.invalid/4", "text": "\n\n".join((*THIRD, LONG))}  # fmt: skip
    yield {"id": f"5'{FRAME}", "outlet": f"Weir Letter {VECTOR}", "title": f"Pumpkin {ASTRAL}", "date": "2031-05-04",
           "text": "\n\n".join(("This article was first published by Fennick Sentinel.", *THIRD, LONG))}  # fmt: skip
    for n, title in ((1, STYLE), (2, META)):
        yield {"id": f"twin-{n}", "title": title, "text": "\n\n".join((*SECOND, f"{n} {ASTRAL}", LONG))}
    for language, text in (("ar", ARABIC), ("he", HEBREW)):
        for n in (1, 2):
            yield {
                "id": f"{language}-{n}", "title": f"{text[0][:40]} {BIDI}", "outlet": f"\u202e{text[0][:12]} {n}",
                "date": f"2031-06-0{n}", "text": "\n\n".join(text),
            }  # fmt: skip
    yield {
        "id": "long",
        "outlet": LONG,
        "title": LONG,
        "byline": LONG,
        "url": f"https://{LONG}",
        "text": " ".join(EVERYTHING),
    }


FILES = {
    f"<img data-hostile src=x onerror={RUN}>.txt": f"{VECTOR}\n\n{' '.join(SECOND)}",
    "\u202etxt.exe \" onload=alert(1) '.txt": f"<b data-hostile>{BIDI}</b>\n\n{' '.join(STORY[:3])}",
    "javascript:alert(1).html": f"""<html><head><title>{ENTITY}</title>
        <meta property="og:site_name" content="&lt;script data-hostile&gt;{RUN}&lt;/script&gt;">
        <meta name="author" content="&lt;img data-hostile src=x onerror={RUN}&gt;">
        <link rel="canonical" href="javascript:{RUN}"></head>
        <body><article><h1>&lt;b data-hostile&gt;Mill&lt;/b&gt;</h1>
        {"".join(f"<p>{part.replace('<', '&lt;')}</p>" for part in SECOND)}</article></body></html>""",
}


FACTS = (Fact("hostile.jsonl#twin-2", "from", "hostile.jsonl#twin-1", f"the editor {SCRIPT}{BIDI}"),)


def write_pile(folder: Path) -> None:
    """Writes the pile: one file of records, and files whose very names attack."""
    lines = (json.dumps(record, ensure_ascii=True) for record in records())
    (folder / "hostile.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")


# --- a trace of which every string attacks ----------------------------------------------------------------------------

# Words of a closed list; the JSON reader takes no others.
CLOSED = {"kind", "tier", "quoted", "what", "program", "version"}
Found = TypeVar("Found", Trace, Comparison)
POISON = f"{LEAVES_SCRIPT}{LEAVES_ATTRIBUTE}{BIDI}"


def poisoned(found: Found) -> Found:
    """The same trace or comparison, but all free text in it ends in an attack: ids, names, grounds, details, settings.

    Texts get theirs at the end, so that every span still cuts what it cut.
    """
    made: Found = _poisoned(found)
    return made


def _poisoned(value: Any, name: str = "") -> Any:
    if isinstance(value, str):
        return value if name in CLOSED or not value else value + POISON
    if isinstance(value, tuple):
        return tuple(_poisoned(part, name) for part in value)
    if isinstance(value, GeneratedBy):
        return replace(value, version=value.version + POISON, settings=value.settings | {POISON: POISON})  # type: ignore[operator]
    if is_dataclass(value):
        kept = {"name"} if isinstance(value, Evidence) else {"language"} if isinstance(value, Article) else set()
        changed = {f.name: _poisoned(getattr(value, f.name), f.name) for f in fields(value) if f.name not in kept}
        return replace(value, **changed)  # type: ignore[type-var]
    return value
