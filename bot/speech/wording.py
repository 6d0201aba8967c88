"""The city's own sentences. They are the city's in Swedish alone: any other language has them in our words, and says so."""

from bot.speech.catalogs import DEFAULT
from dialogs.language.words import Words, _

IN_OUR_WORDS = _("In our words")


def label_of(wording: Words, locale: str) -> Words | None:
    """What stands above a sentence of the city's for a reader of `locale`; None where it is word for word, and can be quoted."""
    return None if (wording.locale or locale) == DEFAULT else IN_OUR_WORDS
