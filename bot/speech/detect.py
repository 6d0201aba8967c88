"""Which language a text is evidently written in, and which one a name means. Law: in doubt there is no answer, for a wrong offer is worse than none."""

import re
import unicodedata
from functools import cache
from typing import Any

from bot.speech.catalog_file import about
from bot.speech.catalogs import NEAR, called, languages
from dialogs.applicants.offers import SHORT

READ = 400
"""Characters of a text that are looked at, by us and by the library, which reads a stranger's text in C++ in this process."""
FEW = 12
"""The fewest letters with which a script that few languages use can tell the language."""
LEAST, WORDS = 40, 5
"""The fewest characters and spaces of a text in Latin letters. In a shorter one, names of people and places decide, not the language."""
SURE, NEARLY = 0.9, 0.5
"""Probabilities, as CLD3 calls them. Bosnian, Croatian and Serbian share theirs, and are one language to us."""
LIKE_NAMES = ("sv", "da")
TWICE = 2 * LEAST
"""Swedish is quoted in every language here (streets, boards, associations), and Danish is close to it: these two need more text."""
NO_WORDS = re.compile(r"\S*[@\d/]\S*")
"""Addresses, links and numbers."""
LETTER = re.compile(r"[^\W\d_]")
ARABIC, CYRILLIC = re.compile("[\u0620-\u064a\u0671-\u06d5]"), re.compile("[\u0400-\u04ff]")
SORANI, PERSIAN, ARABS = re.compile("[ڕڵۆێە]"), re.compile("[پچژگکی]"), re.compile("[ةىيكأإ]")
OTHER_ARABIC = re.compile("[ٹڈڑںےہھښډړڼېټځڅٿڻڃۇۈۋ]")
"""Letters of Urdu, Pashto, Sindhi and Uyghur."""
UKRAINIAN, OTHER_CYRILLIC, SERBIAN = re.compile("[іїєґ]"), re.compile("[ыэёъў]"), re.compile("[ђћљњј]")


def tongue(text: str) -> str:
    """The code of the language that a text is evidently in, whether we speak it or not; "" when the text is short, mixed or in doubt."""
    text = NO_WORDS.sub(" ", text[:READ])
    letters = len(LETTER.findall(text))
    for script, language in ((ARABIC, _in_arabic), (CYRILLIC, _in_cyrillic)):
        found = len(script.findall(text))
        if found >= FEW and found > letters * 0.6:
            return language(text.lower(), found)
        if found > letters * 0.2:
            return ""
    return _in_latin(text)


def _in_arabic(text: str, letters: int) -> str:
    if OTHER_ARABIC.search(text):
        return ""
    if "ە" in text or len(set(SORANI.findall(text))) > 1:
        return "ckb"
    persian, arab = len(PERSIAN.findall(text)), len(ARABS.findall(text))
    if persian and persian > 2 * arab:
        # A few words of Sorani may happen not to need its own letters.
        return "" if SORANI.search(text) or letters < 2 * FEW else "fa"
    return "ar" if arab and arab > 2 * persian else ""


def _in_cyrillic(text: str, _letters: int) -> str:
    if OTHER_CYRILLIC.search(text):
        return ""
    if SERBIAN.search(text):
        return "" if UKRAINIAN.search(text) else "bs"
    return "uk" if UKRAINIAN.search(text) else ""


def _in_latin(text: str) -> str:
    text = " ".join(text.split())
    if len(text) < LEAST or text.count(" ") < WORDS:
        return ""
    found = _detector().FindLanguage(text)
    code = NEAR.get(found.language, found.language)
    sure = found.is_reliable and found.probability >= (NEARLY if code == "bs" else SURE)
    return code if sure and not (code in LIKE_NAMES and len(text) < TWICE) else ""


@cache
def _detector() -> Any:
    """CLD3, loaded when the first text is looked at."""
    from gcld3 import NNetLanguageIdentifier

    return NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=4 * READ)


def code_of(name: str) -> str:
    """The code of the language that somebody calls by this name in any of ours ("polski", "polska", "Polish");
    "" when it names none, or is too long for a name.
    """
    return _names().get(_folded(name), "") if len(name) <= SHORT else ""


@cache
def _names() -> dict[str, str]:
    """The names of our languages: their own, what their catalogs add (X-Also), and what each of our languages calls them."""
    ours = languages()
    found: dict[str, str] = {}
    for code in ours:
        also = about(code).get("Also", "").split(",")
        for name in (ours[code], *ours[code].split("/"), *also):
            found.setdefault(_folded(name), code)
    near = [(alias, code) for alias, code in NEAR.items() if code in ours]
    for name, code in (*((code, code) for code in ours if "@" not in code), *near):
        for locale in (name, *ours):
            found.setdefault(_folded(called(name, locale)), code)
    found.pop("", None)
    return found


def _folded(name: str) -> str:
    """A name without case, accents and surrounding characters, with Arabic letters as Persian keyboards have them."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(re.sub(r"[\W_]+", " ", letters.translate(str.maketrans("يىك", "ییک"))).split())
