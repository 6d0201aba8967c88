"""The one render door of the web: turns a reply into HTML. The templates escape everything that leaves it."""

from typing import assert_never

from markupsafe import Markup

from bot.web.chat.scene import Scene
from bot.web.chat.sheet import sheet
from bot.web.pages.pages import Pages
from dialogs.engine.draft import path
from dialogs.language.replies import Appointment, Ask, Export, Receipt, Reply, Retraction, Review, Tell
from dialogs.phases.steps import DIALOGS

PostedFields = dict[str, tuple[str, ...]]


def render(pages: Pages, scene: Scene, reply: Reply, posted: PostedFields | None = None) -> Markup:
    """`reply` as a part of the page. `posted` is what the person wrote into the form of a question that refused it."""
    locale = scene.standing.locale
    match reply:
        case Tell():
            return pages.macro("replies", "tell", locale, reply, scene)
        case Ask():
            return _ask(pages, scene, reply, posted)
        case Review():
            return pages.macro("replies", "review", locale, reply, scene)
        case Receipt():
            return pages.macro("replies", "receipt", locale, reply, scene)
        case Export():
            return pages.macro("replies", "export", locale, reply, scene)
        case Appointment():
            return pages.macro("replies", "appointment", locale, reply, scene)
        case Retraction():
            return Markup("")
        case _:
            assert_never(reply)


def _ask(pages: Pages, scene: Scene, ask: Ask, posted: PostedFields | None) -> Markup:
    here = scene.standing.here
    question = path(DIALOGS[here.dialog], here.draft).step(ask.key) if here else None
    if question is None:
        raise LookupError("a question that is not on the path of the draft at hand")
    return pages.macro("replies", "ask", scene.standing.locale, sheet(ask, question, posted), scene)
