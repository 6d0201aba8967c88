"""The overview on a phone: in words, and as a picture."""

from dialogs.case.city import City
from dialogs.desk.on_the_web import TO_QUEUE
from dialogs.desk.spread import Overview, told
from dialogs.language.replies import Button, Export, Reply, Tell
from dialogs.language.words import Text, _

MINE = Button(_("My cases"), "mine", weight="quiet")


def overview_screens(found: Overview, city: City, link: str) -> tuple[Reply, ...]:
    """What the overview says, district by district; then the picture, with the way to the tables at `link`."""
    said = Tell(told(found, city), title=_("How support is spread over the city"))
    words: list[Text] = [_("The same as tables and as a file: {link}", link=link)] if link else []
    picture = _("Where the cases come from, as a picture.")
    return (said, Export((picture, *words), "overview", rows=((TO_QUEUE, MINE),)))
