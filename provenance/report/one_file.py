"""A page in one file: template, styles and scripts, and a Content-Security-Policy that lets nothing else in.

The parts lie in data/page. A page asks for nothing from anywhere, runs no script but its own, whose hash stands in
the policy, and shows whatever comes out of an article as text: Jinja2 escapes it.
"""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from provenance.report.wording import counted, date_words, percent, plain, printable, quote


def page(
    template: str,
    *,
    styles: Sequence[str],
    scripts: Sequence[str] = (),
    forms: bool = False,
    **values: Any,
) -> str:
    """A whole page as HTML.

    Args:
        template: a file of data/page that extends base.html.
        styles, scripts: files of data/page, put into the page one after another in this order.
        forms: whether the page may send forms to where it came from, and ask there how far the work is (the local
            app); otherwise it may send nothing.
        values: what the template shows.

    Returns:
        HTML that needs no other file.
    """
    style, script = (Markup("\n".join(part(name) for name in names)) for names in (styles, scripts))
    return (
        _environment()
        .get_template(template)
        .render(policy=_policy(style, script, forms), style=style, script=script, **values)
    )


@cache
def part(name: str) -> str:
    """A file of data/page as it is."""
    return files("provenance").joinpath("data", "page", name).read_text(encoding="utf-8")


def _policy(style: str, script: str, forms: bool) -> str:
    """Nothing from anywhere; of styles and scripts only those in the page, by their hashes."""
    rules = ["default-src 'none'", f"style-src '{_hash(style)}'", "base-uri 'none'", "img-src data:"]
    rules += [f"script-src '{_hash(script)}'"] if script else []
    rules += ["form-action 'self'", "connect-src 'self'"] if forms else ["form-action 'none'"]
    return "; ".join(rules)


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(part),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"plain": plain, "printable": printable, "quote": quote, "percent": percent, "date": date_words}
    made.globals |= {"counted": counted}
    return made
