"""The checks find each kind of fault that was once in a catalog, planted in a folder of catalogs; and nothing in what is right."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from locales.check import of_all
from locales.message import FILE, HERE
from tests.locales.planted import said

STAYS = (
    "What you have sent stays with the city: it is a public document (allmän handling). Ask about it at {mailbox}.",
    "Det du har skickat finns kvar hos staden: det är en allmän handling. Fråga om den på {mailbox}.",
)
BY = "Please answer by {day}.", "Svara senast {day}."
LARGE = "One file may have {mb} MB.", "En fil får ha högst {mb}\u00a0MB."
NOBODY = "Nobody has touched it.", "Ingen har rört det."
BEGUN = "What a contact person began and did not finish", "Det en kontaktperson började på och inte gjorde klart"
CHAT = "What the chat said on the web, once it is read", "Det chatten sade på webben, när det har lästs"
YOURS = "Nothing is stored about you here.", "Här finns inget sparat om dig."
ASKED = "Asked for by {day}.", "Svar begärt senast {day}."
PLANTED = {
    "the authority as a place, es": ("es", STAYS, "Lo que ha enviado se queda en la ciudad: es un documento público.", "term: city"),
    "the authority as a place, ro": ("ro", STAYS, "Ce ați trimis rămâne la oraș: este document public.", "term: city"),
    "the authority as a place, bs": ("bs", STAYS, "Ono što ste poslali ostaje kod grada: to je javni dokument.", "term: city"),
    "the authority as a place, ar": ("ar", STAYS, "ما أرسلتموه يبقى لدى المدينة: فهو وثيقة عامة.", "term: city"),
    "the authority as a place, fa": ("fa", STAYS, "آنچه فرستاده‌اید نزد شهر می‌ماند: سند عمومی است.", "term: city"),
    "the authority as a place, da": ("da", STAYS, "Det, du har sendt, bliver hos byen: Det er et offentligt dokument.", "term: city"),
    "the authority as a place, uk": ("uk", STAYS, "Те, що ви надіслали, залишається в міста: це публічний документ.", "term: city"),
    "the authority as a place, sq": ("sq", STAYS, "Ajo që keni dërguar mbetet te qyteti: është dokument publik.", "term: city"),
    "the authority as a place, pl": ("pl", STAYS, "To, co zostało wysłane, zostaje w mieście: to dokument publiczny.", "term: city"),
    "until a day": ("so", BY, "Fadlan ka jawaab ilaa {day}.", "term: by a day"),
    "until a day, where the glossary warns": ("ar", BY, "نرجو الرد حتى {day}.", "term: by a day"),
    **{f"until in a label, {code}, {key[0]}": (code, key, said, "term: by a day") for code, key, said in [
        ("so", ("By", "Senast"), "Ilaa"),
        ("es", ("By", "Senast"), "Hasta"),
        ("ar", ("Answer by", "Svar senast"), "الرد حتى"),
        ("da", ("By what day?", "Senast vilken dag?"), "Indtil hvilken dag?"),
        ("sv@easy", ("By", "Senast"), "Till och med"),
        ("uk", ("Answer by", "Svar senast"), "Відповідь коли"),
        ("sv", ("Answer by", "Svar senast"), "Svar till och med"),
    ]},
    **{f"the place where nothing calls for the authority, {code}": (code, NOBODY, said, "never: ") for code, said in [
        ("es", "La ciudad no lo ha tocado."),
        ("da", "Byen har ikke rørt det."),
        ("sq", "Qyteti nuk e ka prekur."),
        ("ar", "لم تغيّره المدينة."),
        ("ro", "Orașul nu a schimbat nimic."),
        ("fa", "شهر به آن دست نزده است."),
        ("ckb", "شار دەستی لێ نەداوە."),
        ("uk", "Місто цього не торкалося."),
        ("tr", "Şehir ona dokunmadı."),
        ("so", "Magaaladu ma taaban: magaalada."),
        ("pl", "Nikt tego w mieście nie dotknął."),
    ]},
    **{f"the law's words, {said}": (code, NOBODY, said, "never: ") for code, said in [
        ("sv", "Det bevaras."),
        ("sv", "Ett antecknat gallringsbeslut finns."),
        ("sv", "Det går till Grundskolenämnden."),
        ("sv", "Det går till Hälsa-, vård- och omsorgsnämnden."),
        ("sv@easy", "Det går till Grundskolenämnden."),
    ]},
    "a capital in the place of a thing": ("pl", YOURS, "Nic nie ma w Twoim szkicu.", "never: “… Twoi*”"),
    "a capital in the plural": ("pl", YOURS, "Nic nie ma tu o Twej pracy.", "never: “… Twe*”"),
    "not safe, for not sure": ("bs", NOBODY, "Ne, ili nije sigurno", "never: “nije sigurno”"),
    **{f"word by word in English, {said}": ("en", NOBODY, said, "never: ") for said in [
        "Call it off", "These I know:", "Empty: this keeps the line.", "Note what the meeting gave",
    ]},
    "a term in other words": ("tr", BEGUN, "Bir irtibat kişisinin başlayıp bitirmediği", "term: contact person"),
    "a term turned around": ("bs", BEGUN, "Ono što je kontakt osoba počela", "term: contact person"),
    "a term of another country": ("fa", BEGUN, "آنچه شخص رابط آغاز کرد", "term: contact person"),
    "two words for two things": ("fa", CHAT, "آنچه گفت‌وگو در وب گفت", "term: chat"),
    "a story for a chat": ("so", CHAT, "Wixii sheekadu ku tiri webka, marka la akhriyo", "term: chat"),
    "a word that divides readers": ("bs", NOBODY, "Niko ga nije mijenjao.", "never: “niko”"),
    "a capital inside a sentence": ("pl", YOURS, "Nie ma tu żadnych danych o Tobie.", "never: “… Tobie”"),
    "a calque": ("uk", ("The official words", "Beslutets lydelse"), "Офіційні слова", "never: “офіційн* слов*”"),
    "a day with two full stops": ("bs", ASKED, "Rok: {day}.", "full stop: two of them: 'Rok: 8. januara 2026..'"),
    "the quotation marks of another language": ("sq", ("Press “Back”.", "Tryck på ”Tillbaka”."), "Shtypni „Kthehu“.", "quotation marks: „ beside"),
    "a quotation that does not end": ("sv@easy", ("Press “Back”.", "Tryck på ”Tillbaka”."), "Tryck på ”Tillbaka.", "not in pairs"),
    "straight quotation marks": ("fi", ("Press “Back”.", "Tryck på ”Tillbaka”."), 'Paina "Takaisin".', 'quotation marks: " beside'),
    "a number torn from its unit": ("fi", LARGE, "Yksi tiedosto saa olla {mb} Mt.", "“{mb} Mt” can be torn apart"),
    "a paragraph torn from its sign": ("da", ("For example § 278.", "Till exempel §\u00a0278."), "For eksempel § 278.", "“§ 278.” can be torn"),
    "a time torn from its word": ("da", ("{date} at {time}", "{date} kl.\u00a0{time}"), "{date} kl. {time}", "“kl. {time}” can be torn"),
    **{f"a unit in words torn from its number, {code}": (code, LARGE, f"{said}. {{mb}}", f"“{said}” can be torn") for code, said in [
        ("ar", "20 ميغابايت"), ("fa", "20 مگابایت"), ("ckb", "20 مێگابایت"), ("es", "500 coronas"), ("pl", "500 koron"), ("fi", "500 kruunua"),
    ]},
    "a number before the sign of a paragraph": ("sv", ("For example § 278.", "Till exempel §\u00a0278."), "Till exempel 12 §.", "“12 §” can be torn"),
    "apostrophes as quotation marks": ("sv", ("Press “Back”.", "Tryck på ”Tillbaka”."), "Tryck på ’Tillbaka’.", "’ before a word"),
    "spaces inside the marks": ("es", ("Press “Back”.", "Tryck på ”Tillbaka”."), "Pulse « Atrás ».", "a space inside"),
    "thousands torn apart": ("es", ("It is 10 000 kronor.", "Det är 10\u00a0000\u00a0kronor."), "Son 10 000\u00a0coronas.", "“10 000” can be torn"),
}  # fmt: skip
RIGHT = {
    "the authority as it is called": (
        "es",
        STAYS,
        "Lo que ha enviado se queda en el municipio: es un documento público.",
    ),
    "the place beside the authority": (
        "bs",
        ("A place in Malmö, with the city", "En plats i Malmö, med staden"),
        "Mjesto u gradu Malmö, s Gradom",
    ),
    "the whole city, as a place": ("es", NOBODY, "Toda la ciudad: así se reparte el apoyo por la ciudad."),
    "the model's committee at the beginning": (
        "sv",
        NOBODY,
        "Grundskolenämnden har det inte. Tekniska nämnden har det.",
    ),
    "the last day in Somali": ("so", BY, "Fadlan ka jawaab ugu dambayn {day}."),
    "a capital at the beginning": ("pl", ("Your draft. Yours.", "Ditt utkast. Ditt."), "Twój szkic. Twój."),
    "a day before a comma": ("bs", ASKED, "Rok: {day}"),
    "another day that ends without a stop": ("da", ASKED, "Svar ønskes senest den {day}."),
    "a phone number": (
        "da",
        ("It should look like 070-123 45 67.", "Det ska se ut som 070-123 45 67."),
        "Som 070-123 45 67.",
    ),
    "an ending in Arabic vowels": (
        "ar",
        ("All your drafts are deleted.", "Alla dina utkast är raderade."),
        "حُذِفت مسوّداتكم.",
    ),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_a_fault_of_each_kind_is_found(tmp_path: Path, kind: str) -> None:
    code, (key, swedish), text, wanted = PLANTED[kind]
    found = said(tmp_path, code, key, swedish, text)
    assert any(wanted in one for one in found), found


@pytest.mark.parametrize("kind", RIGHT)
def test_what_is_right_is_let_alone(tmp_path: Path, kind: str) -> None:
    code, (key, swedish), text = RIGHT[kind]
    assert said(tmp_path, code, key, swedish, text) == []


def test_a_sentence_that_rightly_does_without_a_term_says_so_above_it(tmp_path: Path) -> None:
    key, swedish = "Your contact person is away.", "Er kontaktperson är borta."
    assert "term: contact person" in "".join(said(tmp_path, "fi", key, swedish, "Hän on poissa."))
    assert said(tmp_path, "fi", key, swedish, "Hän on poissa.", "without: contact person — the pronoun says it") == []
    assert said(tmp_path, "fi", key, swedish, "Hän on poissa.", "without: case — another term") != []
    assert said(tmp_path, "pl", *YOURS, "Nic o Tobie.", "with: Tobie — a song is quoted") == []


def test_a_term_that_no_swedish_word_calls_for_is_told(tmp_path: Path) -> None:
    said(tmp_path, "fi", *NOBODY, "Kukaan ei ole koskenut siihen.")
    glossary = "## Stems\n\n| Term | Stems |\n| --- | --- |\n| kettle | pannu* |\n"
    (tmp_path / "fi" / "glossary.md").write_text(glossary, encoding="utf-8")
    wanted = "fi: glossary: locales/sv/glossary.md has no stems for 'kettle', so it is never looked for"
    assert wanted in [*of_all(tmp_path)]


def test_the_command_says_each_fault_and_fails(tmp_path: Path) -> None:
    """The catalogs as they are, in a copy, with one fault in them."""
    for folder in ("bot", "dialogs", "storage", "locales"):
        shutil.copytree(HERE.parent / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    catalog = tmp_path / "locales" / "pl" / FILE
    text = catalog.read_text(encoding="utf-8")
    catalog.write_text(
        text.replace('msgid "Back"\nmsgstr "Wstecz"', 'msgid "Back"\nmsgstr "Do „Wstecz“"'), encoding="utf-8"
    )
    assert catalog.read_text(encoding="utf-8") != text
    checked = subprocess.run(
        [sys.executable, "-m", "locales.check"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 1
    assert "pl: quotation marks: “ beside „…”: 'Do „Wstecz“'" in checked.stdout
    whole = subprocess.run(
        [sys.executable, "-m", "locales.check", "--whole"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "quotation marks" not in whole.stdout
