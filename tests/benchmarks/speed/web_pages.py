"""Articles of a pile as web pages: what a site puts around an article, its own way for every outlet."""

import html
import json
from pathlib import Path

import orjson

FRAMES = 3  # ways in which sites say title and date


def write_pages(pile: Path, folder: Path, pages: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with pile.open("rb") as lines:
        for record in map(orjson.loads, (line for line, _ in zip(lines, range(pages), strict=False))):
            (folder / f"{record['id']}.html").write_text(page(record), encoding="utf-8")


def page(record: dict[str, str]) -> str:
    title, outlet = html.escape(record["title"]), html.escape(record["outlet"])
    body = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in record["text"].split("\n\n"))
    menu = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in SECTIONS)
    more = "".join(
        f'<li><a href="/news/{i}">{html.escape(name)} in pictures</a></li>' for i, name in enumerate(SECTIONS)
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {outlet}</title>
<link rel="canonical" href="{record["url"]}">{_said(record, sum(map(ord, outlet)) % FRAMES)}
<style>body {{ font-family: serif }} nav li {{ display: inline }}</style></head>
<body><header><a href="/">{outlet}</a><nav><ul>{menu}</ul></nav></header>
<main><article><h1>{title}</h1><time datetime="{record["published"]}">{record["published"][:10]}</time>
{body}
</article><aside><h2>Read more</h2><ul>{more}</ul></aside></main>
<footer><p>Contact · Privacy · Terms of use</p></footer>
<script>var page = {{"id": "{record["id"]}"}};</script></body></html>
"""


SECTIONS = ("Region", "Politics", "Economy", "Culture", "Sport", "Weather", "Science", "Opinion")


def _said(record: dict[str, str], frame: int) -> str:
    title, outlet = html.escape(record["title"]), html.escape(record["outlet"])
    if frame == 0:
        said = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": record["title"],
            "datePublished": record["published"],
            "publisher": {"@type": "Organization", "name": record["outlet"]},
        }
        return f'<script type="application/ld+json">{json.dumps(said)}</script>'
    if frame == 1:
        return (
            f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{outlet}">'
            f'<meta property="article:published_time" content="{record["published"]}">'
        )
    return f'<meta name="date" content="{record["published"]}"><meta name="application-name" content="{outlet}">'
