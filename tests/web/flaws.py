"""What is wrong with a page in a browser: what axe finds, and what is too wide."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, ViewportSize

AXE = Axe().axe_script


async def flaws(page: Page, colours: bool = True) -> list[str]:
    """What axe finds wrong; `colours` are the same in every language."""
    return list(
        await page.evaluate(
            """([script, colours]) => { window.axe ?? window.eval(script);
            return axe.run({ resultTypes: ['violations'], rules: { 'color-contrast': { enabled: colours } } })
                .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))); }""",
            [AXE, colours],
        )
    )


async def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window, or something in it wider than what it stands in."""
    return int(
        await page.evaluate("""() => Math.max(document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ...[...document.querySelectorAll('main input:not([type=hidden]), main textarea, main select, main button, main p')]
            .map((one) => one.getBoundingClientRect().right - one.closest('.bubble, .paper, main').getBoundingClientRect().right))""")
    )


FOUR_HUNDRED_PERCENT = ViewportSize(width=320, height=256)
"""What is left of 1280 by 1024 pixels at 400 % (WCAG 2.2, 1.4.10)."""


async def too_wide(page: Page) -> list[str]:
    """What is wider than the screen, or than what it stands in; a table scrolls by itself, and a name in the bar is put away where it has no room."""
    return list(
        await page.evaluate("""() => [document.documentElement, ...document.querySelectorAll('header *, main *, footer *')]
            .filter((one) => !one.closest('.unseen, .skip, svg, textarea, .scroll, .brand > span, .chosen') && one.checkVisibility())
            .filter((one) => { const box = one.getBoundingClientRect(); return box.right > innerWidth + 1 || box.left < -1
                || (one.matches('.button, summary, h1, h2, p, label') && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline'); })
            .map((one) => one.outerHTML.slice(0, 140))""")
    )


async def covered(page: Page) -> list[str]:
    """Links and buttons whose middle another one lies on: whoever presses there presses something else. A menu that is open in the bar may."""
    return list(
        await page.evaluate("""() => [...document.querySelectorAll('main a, main button, main summary')].filter((one) => {
            if (!one.checkVisibility() || one.closest('.unseen, .skip')) return false;
            one.scrollIntoView({ block: 'center', behavior: 'instant' });
            const box = [...one.getClientRects()].find((each) => each.width);
            if (!box) return false;
            const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            const menu = there?.closest('.top details[open]');
            return !menu && !one.contains(there) && there?.closest('a, button, summary') !== one;
        }).map((one) => one.outerHTML.slice(0, 140))""")
    )


async def unmeant(page: Page) -> list[str]:
    """Line ends in a paragraph that come from a template: style.css shows them, since a language may have a line for each sentence."""
    return list(
        await page.evaluate("""() => [...document.querySelectorAll('p, #question, .sentence')]
            .filter((one) => !one.closest('.own') && /^\\s*\\n|\\n\\s*$|\\n\\s*\\n/.test(one.textContent))
            .map((one) => one.outerHTML.slice(0, 140))""")
    )


async def wrong(page: Page, where: str, colours: bool = True) -> list[str]:
    """Everything that is wrong with the page as it stands; its `colours` are the same in every language."""
    found = await flaws(page, colours)
    found += [f"too wide: {one}" for one in await too_wide(page)]
    found += [f"a line end that nobody meant: {one}" for one in await unmeant(page)]
    return [f"{where}: {one}" for one in found]
