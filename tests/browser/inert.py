"""Whether a page that shows hostile text is still only our page."""

from playwright.sync_api import Page

# Elements that none of our pages has; svg, a, button, input and the like are checked one by one.
FOREIGN = "img, iframe, frame, object, embed, base, link, audio, video, source, marquee, foreignObject"

_LOOK = r"""
foreign => {
    const wrong = [];
    const name = e => e.outerHTML.slice(0, 160);
    for (const e of document.querySelectorAll('[data-hostile]')) wrong.push('an element of the data: ' + name(e));
    for (const e of document.querySelectorAll(foreign)) wrong.push('no element of ours: ' + name(e));
    for (const e of document.querySelectorAll('*')) {
        for (const {name: key, value} of e.attributes) {
            if (/^on/i.test(key)) wrong.push(`handler ${key}: ` + name(e));
            if (key === 'style' && document.documentElement.dataset.script !== 'on') wrong.push('style: ' + name(e));
            if (/^(srcdoc|formaction|ping|http-equiv)$/i.test(key) && !/^Content-Security/.test(value)
                && !e.matches('form button[formaction^="/"]')) wrong.push(`${key}: ` + name(e));
            if (/^(href|xlink:href|src|action|formaction|cite|poster|data)$/i.test(key)
                && /^\s*(javascript|vbscript|data):/i.test(value)) wrong.push(`${key} leads to a script: ` + name(e));
            if (/^(href|xlink:href|src|action)$/i.test(key) && /^\s*(https?:)?\/\//i.test(value)) {
                const rel = (e.getAttribute('rel') || '').split(/\s+/);
                if (e.localName !== 'a' || !rel.includes('noopener') || !rel.includes('noreferrer'))
                    wrong.push(`${key} leads away: ` + name(e));
            }
        }
    }
    const scripts = document.querySelectorAll('script:not([type="application/json"])');
    if (scripts.length > 1) wrong.push(`${scripts.length} scripts`);
    if (document.querySelectorAll('style').length !== 1) wrong.push('more than our style');
    if (document.querySelectorAll('html, head, body, title:not(svg title)').length !== 4) wrong.push('a second page');
    if (window.hostile !== undefined) wrong.push('a script of the data ran');
    if (scrollX || document.documentElement.scrollWidth > innerWidth + 1)
        wrong.push(`${document.documentElement.scrollWidth} wide in a window of ${innerWidth}`);
    return wrong;
}
"""


def wrongs_in(page: Page) -> list[str]:
    """What of a page is not ours, or runs over its window; nothing when hostile text stayed text."""
    found: list[str] = page.evaluate(_LOOK, FOREIGN)
    return found


def poke(page: Page) -> None:
    """Moves over, focuses and blurs everything at hand, so that a handler that came with the data would run."""
    page.evaluate(
        """() => {
            for (const e of document.querySelectorAll('body *'))
                for (const kind of ['mouseover', 'pointerover', 'focus', 'blur', 'load', 'error', 'toggle'])
                    e.dispatchEvent(new Event(kind, {bubbles: false}));
        }"""
    )
