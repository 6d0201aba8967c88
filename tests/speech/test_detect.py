"""Which language a text is evidently in, and what our languages are called."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.speech import detect as tongues
from bot.speech.catalog_file import CATALOGS
from bot.speech.catalogs import languages
from bot.speech.detect import code_of, tongue
from dialogs.language.words import PLACE

pytestmark = pytest.mark.english

WRITTEN = {
    "sv": "Vi har hållit torgmarknad tillsammans varje höst sedan 2021. Grannarna sköter stånden, och alla är med.",
    "en": "We have held a market on the square together every autumn since 2021, and the neighbours run it.",
    "fi": "Olemme siivonneet torin yhdessä joka kevät, ja asukkaat ovat mukana suunnittelussa.",
    "ar": "ننظف الساحة معًا كل ربيع منذ سنوات ويشارك السكان",
    "bs": "Svakog proljeća od 2020. zajedno čistimo trg i svi stanari učestvuju u tome.",
    "pl": "Co roku od 2021 roku sprzątamy razem plac i robimy piknik. Przychodzą mieszkańcy.",
    "so": "Tan iyo 2020 gu' kasta si wadajir ah ayaan fagaaraha u nadiifinnaa. Dadka halkaas deggan way nala jiraan.",
    "fa": "هر بهار میدان را با هم تمیز می‌کنیم و ساکنان هم شرکت دارند.",
    "da": "Vi har gjort pladsen ren sammen hvert forår siden 2020, og beboerne er med til at beslutte, hvad der skal ske.",
    "sq": "Çdo pranverë e pastrojmë sheshin bashkë dhe banorët marrin pjesë në vendime.",
    "ro": "În fiecare primăvară curățăm împreună piața, iar locuitorii participă la decizii.",
    "tr": "Her bahar meydanı birlikte temizliyoruz ve burada oturanlar kararlara katılıyor.",
    "ckb": "هەموو بەهارێک پێکەوە گۆڕەپانەکە پاک دەکەینەوە و دانیشتووانیش بەشدارن.",
    "uk": "Щовесни ми разом прибираємо площу, і мешканці беруть у цьому участь.",
    "nb": "Hver vår siden 2020 har vi ryddet torget sammen, og beboerne er med på å bestemme hva som skal skje her.",
    "es": "Cada primavera limpiamos juntos la plaza y los vecinos participan en las decisiones.",
}


@pytest.mark.parametrize("spoken", WRITTEN)
def test_each_of_our_languages_is_recognised(spoken: str) -> None:
    assert tongue(WRITTEN[spoken]) == spoken


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Möllevångstorget",
        "Ljusets förening\nGatans bostäder",
        "Nattvandrarna i Rosengård, Hyresgästföreningen",  # names are Swedish in every language
        "Eva Lindqvist eva@example.se, https://example.se/en/sida/pa/svenska/om/oss",
        "Ławki i drzewa",
        "Örtagårdstorget\nمن المدرسة إلى Amiralsgatan",  # half and half
        "Мы вместе убираем площадь каждую весну, и жители участвуют.",  # Russian is none of ours, and not Ukrainian
        "Всяка пролет почистваме площада заедно, и жителите участват.",  # nor is Bulgarian
        "ہم ہر بہار میں مل کر چوک صاف کرتے ہیں اور رہائشی شریک ہوتے ہیں",  # nor Urdu Persian
        "😀" * 60,
        "a " * 60,
        "\u200f" * 80,
        "12 34 56 78 90 " * 9,
    ],
)
def test_in_doubt_nothing_is_claimed(text: str) -> None:
    assert tongue(text) not in languages()


@pytest.mark.parametrize("code", sorted(languages()))
def test_nothing_that_our_catalogs_say_is_taken_for_another_of_our_languages(code: str) -> None:
    """Some 800 real sentences a language: a wrong offer is worse than none."""
    with (CATALOGS / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        texts = [PLACE.sub("", text) for one in read_po(file) if one.id and isinstance(text := one.string, str)]
    wrong = [(tongue(text), text) for text in texts if tongue(text) not in ("", code.partition("@")[0])]
    assert [one for one in wrong if one[0] in languages()] == []


def test_a_text_is_looked_at_and_never_breaks_anything() -> None:
    for text in ("\x00" * 50, "\ud7ff" * 50, "ab " * 100_000, "ß ẞ ŉ " * 20, "\u0301" * 100):
        tongue(text)
        code_of(text)


HUGE = 200_000
WORST = {
    "words": "vi bor här " * (HUGE // 11),
    "one word": "a" * HUGE,
    "capitals that grow": "İ " * (HUGE // 2),
    "four bytes each": "𝔞 𝔟 𝔠 𝔡 𝔢 𝔣 𝔤 " * (HUGE // 14),
    "marks out of order": "a" + "\u0301\u0323" * (HUGE // 2),
    "marks and spaces": "a\u0301\u0323 " * (HUGE // 4),
    "almost an address": "a " + "x" * (HUGE - 3) + "@",
    "blanks": " " * HUGE,
    "Arabic": "ە" * HUGE,
}


class Looked:
    """Stands before a part of the program, and counts what that part is given to look at."""

    def __init__(self, real: object) -> None:
        self.real, self.most, self.calls = real, 0, 0

    def __getattr__(self, name: str) -> Callable[..., object]:
        def looking(*given: object, **named: object) -> object:
            self.calls += 1
            self.most = max(self.most, *(len(one) for one in given if isinstance(one, str)))
            return getattr(self.real, name)(*given, **named)

        return looking


@pytest.mark.parametrize("kind", WORST)
def test_whatever_the_text_a_little_of_it_is_looked_at(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tongue(WRITTEN["pl"])  # the detector is there
    assert len(WORST[kind]) > HUGE - 20
    before, library, names = (
        Looked(tongues.NO_WORDS),
        Looked(tongues._detector()),
        Looked(unicodedata),
    )
    monkeypatch.setattr(tongues, "NO_WORDS", before)
    monkeypatch.setattr(tongues, "_detector", lambda: library)
    tongue(WORST[kind])
    assert 0 < before.most <= tongues.READ
    assert library.most <= tongues.READ
    assert library.calls <= 1
    monkeypatch.setattr(tongues, "unicodedata", names)
    assert code_of(WORST[kind]) == ""
    assert names.calls == 0, "nothing so long is a name: it is not even normalised"


def test_the_library_is_given_as_much_as_it_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Looked(tongues._detector())
    monkeypatch.setattr(tongues, "_detector", lambda: library)
    tongue(WORST["words"])
    assert (library.calls, library.most) == (1, tongues.READ)


@pytest.mark.parametrize("code", sorted(languages()))
def test_a_language_is_known_by_its_own_name_and_by_that_in_swedish_and_english(code: str) -> None:
    for name in languages()[code].split("/"):
        assert code_of(f" {name.upper()}. ") == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("svenska", "sv"),
        ("arabiska", "ar"),
        ("عربي", "ar"),
        ("العربيه", ""),
        ("Polish", "pl"),
        ("polska", "pl"),
        ("turkce", "tr"),
        ("kroatiska", "bs"),
        ("serbian", "bs"),
        ("dari", "fa"),
        ("فارسي", "fa"),
        ("kurdiska", "ckb"),
        ("lättläst", "sv@easy"),
        ("af-soomaali", "so"),
        ("suomeksi", "fi"),
        ("klingon", ""),
        ("da", ""),  # "yes" in three languages
        ("so", ""),
        ("Brf Polska", ""),
        ("", ""),
    ],
)
def test_names(name: str, code: str) -> None:
    assert code_of(name) == code


def test_the_detector_is_loaded_when_a_text_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    tongues._detector.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "gcld3", None)
    assert tongue("Nattvandrarna") == ""
    assert tongue(WRITTEN["uk"]) == "uk", "a script needs no library"
    with pytest.raises(ImportError):
        tongue(WRITTEN["pl"])
    assert Path(tongues.__file__).read_text().count("gcld3") == 1
