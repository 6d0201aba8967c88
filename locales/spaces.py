"""Check: a number stays on one line with its unit, with "§" and with "kl."; a no-break space (U+00A0) stands between them."""

import re
from collections.abc import Iterator

UNITS = (
    *("MB", "kB", "GB", "Mt", "kt", "МБ", "кБ", "km", "kr", "kronor", "SEK", "%"),
    *("ميغابايت", "كيلوبايت", "مگابایت", "کیلوبایت", "مێگابایت", "کیلۆبایت"),
    *("كرونة", "كرون", "کرون", "کرۆن", "крон", "крони", "крона", "coronas", "corona", "coroane", "karoon", "korona"),
    *("korony", "koron", "kroner", "krone", "kron", "kruna", "krune", "kruunua", "kruunu"),
)
"""Sizes, lengths and sums, as one language or another writes them."""
AMOUNTS = "mb", "size", "sum"
"""Places that hold a number whose unit comes after it, in whatever words."""
EVERYWHERE = ("§",)
BEFORE = {
    "sv": ("kl.", "nr"),
    "sv@easy": ("kl.", "nr"),
    "ar": ("الساعة",),
    "bs": ("br.", "čl."),
    "ckb": ("کاتژمێر",),
    "da": ("kl.", "nr."),
    "es": ("n.º", "art."),
    "fa": ("ساعت",),
    "fi": ("klo", "nro"),
    "pl": ("godz.", "nr", "art."),
    "ro": ("ora", "nr.", "art."),
    "so": ("saacadda",),
    "tr": ("saat",),
    "uk": ("№", "ст."),
}
"""What a number follows so closely, in one language or another."""
UNIT = rf"(?:\d+|\{{(?:count|most|{'|'.join(AMOUNTS)})\}}) (?:{'|'.join(UNITS)})(?!\w)"
AMOUNT = rf"\{{(?:{'|'.join(AMOUNTS)})\}} \w+"
THOUSANDS = r"(?<!\d)(?<!\d[ -])\d{1,3}(?: \d{3})+(?![\d-])(?! \d)"
PARAGRAPH = r"(?:\d+|\{\w+\}) §"
NUMBER = r"[\d{]"


def faults(text: str, code: str) -> Iterator[str]:
    """Each plain space that lets a line end between a number and what belongs to it."""
    words = "|".join(re.escape(word) for word in (*EVERYWHERE, *BEFORE.get(code, ())))
    parts = UNIT, AMOUNT, THOUSANDS, PARAGRAPH, rf"(?<!\w)(?:{words}) {NUMBER}\S*"
    for found in dict.fromkeys(match[0] for part in parts for match in re.finditer(part, text)):
        yield f"no-break space: “{found}” can be torn apart: {text!r}"
