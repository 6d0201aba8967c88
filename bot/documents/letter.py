"""A draft of the official letter (tjänsteskrivelse) as DOCX, filled from the case file, with the headings of the department's own letters.

Law: what a person has to write is left open and marked; the program proposes no decision.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bot.documents.case_file import ISOLATES, CaseFile, FiledAnswer, Said
from bot.documents.labels import REFERRALS_SV, VERDICTS_SV
from bot.documents.texts import SWEDISH, UNKNOWN, day, mark, text_direction
from bot.speech.catalogs import moment
from dialogs.kinds.day import STOCKHOLM
from dialogs.phases.always.committee import inside
from dialogs.phases.initiation.application import AREA, CHALLENGES, OPPORTUNITIES
from dialogs.phases.initiation.criteria import ADDED_VALUE, PROPOSAL

if TYPE_CHECKING:
    from docx.document import Document

OPEN = re.compile(r"(\[fyll i[^\]]*\])")
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold."""
SIZES = {"Title": 17, "Subtitle": 12, "Heading 1": 14, "Heading 2": 12, "Quote": 11}
CASE = (
    (PROPOSAL.key, "Förslaget"),
    (AREA.key, "Området"),
    (CHALLENGES.key, "Utmaningar"),
    (OPPORTUNITIES.key, "Möjligheter"),
    (ADDED_VALUE.key, "Mervärde"),
    ("contributes", "Aktörernas egen insats"),
    ("hopes", "Aktörernas förhoppningar på staden"),
)
"""The answers that the section about the case quotes, and the labels it gives them."""


def letter(file: CaseFile) -> bytes:
    """The bytes of the DOCX. The same case file always gives the same bytes."""
    from docx import Document

    document = Document()
    _set_up(document, file)
    _head(document, file)
    for heading, lines in _sections(file):
        document.add_heading(heading, 1)
        for style, said in lines:
            _paragraph(document, said, style)
    return _same_again(document, file)


Lines = list[tuple[str, Said]]
BODY, POINT, NUMBER, SUBHEADING = "Normal", "List Bullet", "List Number", "Heading 2"


def _sections(file: CaseFile) -> Iterator[tuple[str, Lines]]:
    """The sections of a letter, in the department's order."""
    yield "Sammanfattning", _summary(file)
    yield "Förslag till beslut", _proposal()
    yield "Beslutsunderlag", _grounds(file)
    yield "Beslutsplanering", [(BODY, _our(_meeting(file)))]
    yield "Beslutet skickas till", [(BODY, _our(one)) for one in _recipients(file)]
    yield "Ärendet", _case(file)
    yield "Ansvariga", [(BODY, _our("[fyll i: namn] Avdelningschef")), (BODY, _our("[fyll i: namn] Direktör"))]


def _our(text: str) -> Said:
    return Said(text=text)


def _summary(file: CaseFile) -> Lines:
    names = [actor.name for actor in file.actors if actor.takes_part]
    who = " och ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "[fyll i: aktörerna]"
    came = f" den {moment(file.sent_at, SWEDISH, 'date')}" if file.sent_at else " [fyll i: datum]"
    lines = [
        f"{who} har{came} kommit in med en ansökan om samverkansstöd för {file.title.text}.",
        "Fastighets- och gatukontoret har bedömt ansökan utifrån kriterierna i modellen för samverkansstöd. "
        + _count(file),
        "[fyll i: förvaltningens förslag i korthet]",
    ]
    return [(BODY, _our(line)) for line in lines]


def _count(file: CaseFile) -> str:
    found = [one.contact_person for one in file.criteria if one.contact_person]
    if len(found) < len(file.criteria) or not found:
        return "[fyll i: bedömningen, som inte är färdig i Samverkansguiden]"
    counts = (found.count(id) for id in ("met", "partly", "not_yet"))
    words = ("uppfyllda", "delvis uppfyllda", "ännu inte uppfyllda")
    return f"Av dem bedöms {' och '.join(f'{count} som {word}' for count, word in zip(counts, words, strict=True) if count)}."


def _proposal() -> Lines:
    return [
        (BODY, _our("Tekniska nämnden beslutar")),
        (NUMBER, _our("[fyll i: att bevilja, att delvis bevilja, att avslå eller att överlämna ansökan]")),
        (NUMBER, _our("[fyll i: summa för dialoginsatser i kronor och villkor, om stöd föreslås]")),
    ]


def _grounds(file: CaseFile) -> Lines:
    number = f" {file.number}" if file.number else ""
    lines = [f"G-Tjänsteskrivelse TN [fyll i: datum] Samverkansstöd{number}", "Ärendet i sin helhet (arende.pdf)"]
    lines += [f"{one.title}, {moment(one.sent_at, SWEDISH, 'date')}" for one in file.sent if not one.shared]
    lines += [
        f"{'Yttrande' if one.kind == 'view' else 'Svar'} {inside(one.committee)}, {moment(one.answered_at, SWEDISH, 'date')}"
        for one in file.elsewhere
        if one.answered_at
    ]
    lines += [one.name for one in file.files]
    return [(POINT, _our(line)) for line in lines]


def _meeting(file: CaseFile) -> str:
    return f"Tekniska nämnden {file.meeting_day.isoformat() if file.meeting_day else '[fyll i: datum]'}"


def _recipients(file: CaseFile) -> list[str]:
    name = file.contact[0].text if file.contact else "[fyll i: de sökande]"
    others = dict.fromkeys(one.committee for one in file.elsewhere if one.committee)
    return [", ".join(filter(None, (file.speaks_for, name))), *others]


def _case(file: CaseFile) -> Lines:
    lines: Lines = [(SUBHEADING, _our("Ansökan"))]
    for key, label in CASE:
        answer = file.answer(key)
        lines += _quoted(label, answer) if answer else [(BODY, _our(f"{label}: [fyll i]"))]
    lines += [(SUBHEADING, _our("Aktörerna"))]
    lines += [
        (POINT, _our(f"{one.name}, {one.kind_label.lower()}" + ("" if one.takes_part else ", finns i området")))
        for one in file.actors
    ] or [(BODY, _our("[fyll i: aktörerna]"))]
    lines += [(SUBHEADING, _our("Fastighets- och gatukontorets bedömning"))]
    for number, one in enumerate(file.criteria, 1):
        verdict = VERDICTS_SV.get(one.contact_person or "", "[fyll i: bedömning]")
        group = VERDICTS_SV.get(one.group or "", "inte besvarat")
        seen = f"Bedömning: {verdict.lower()}. Gruppens egen bedömning: {group.lower()}."
        lines += [(BODY, _our(f"{number}. {one.wording} {seen}"))]
        lines += [(BODY, _our(one.note))] if one.note else []
    lines += [] if file.criteria else [(BODY, _our("[fyll i: bedömningen]"))]
    return lines + _elsewhere(file) + [(BODY, _our("[fyll i: förvaltningens samlade bedömning]"))]


def _elsewhere(file: CaseFile) -> Lines:
    lines: Lines = [(SUBHEADING, _our("Andra nämnder"))] if file.elsewhere else []
    for one in file.elsewhere:
        parts = [
            f"{one.committee}: {REFERRALS_SV[one.kind].lower()}, sedan {moment(one.since, SWEDISH, 'date')}.",
            one.what,
        ]
        parts += [one.expected, f"Senast {day(one.due)}." if one.due else ""]
        parts += [f"Svar: {one.answer}" if one.answered_at else "Inget svar än."]
        lines.append((BODY, _our(" ".join(filter(None, parts)))))
    return lines


def _quoted(label: str, answer: FiledAnswer) -> Lines:
    """An answer in its own words. A person has to translate what is not in Swedish."""
    language = mark(answer.shown)
    note = f" ({language}) [fyll i: översättning till svenska]" if language else ""
    return [(BODY, _our(f"{label}{note}:")), *(("Quote", said) for said in answer.shown)]


def _head(document: "Document", file: CaseFile) -> None:
    made = file.made_at.astimezone(STOCKHOLM).date().isoformat()
    _paragraph(
        document, _our("UTKAST ur Samverkansguiden. Läs igenom allt och fyll i det som står inom hakparenteser.")
    )
    for label, value in (("Datum", made), ("Vår referens", file.contact_person or "[fyll i: handläggare]")):
        _paragraph(document, _our(label), "Label")
        _paragraph(document, _our(value))
    _paragraph(document, _our("[fyll i: titel och e-postadress]"))
    _paragraph(document, _our("Tjänsteskrivelse"), "Subtitle")
    number = file.registration or "[fyll i: diarienummer]"
    _paragraph(document, _our(f"Samverkansstöd för {file.title.text} {number}"), "Title")


def _paragraph(document: "Document", said: Said, style: str = BODY) -> None:
    """A paragraph in its own language and direction. What has to be filled in is highlighted."""
    from docx.enum.text import WD_COLOR_INDEX

    text = UNFIT.sub("", said.text.translate(ISOLATES))
    paragraph = document.add_paragraph(style=style)
    rtl = said.original and text_direction(text) == "rtl"
    if rtl:
        _child(paragraph.paragraph_format.element.get_or_add_pPr(), "w:bidi")
    for part in OPEN.split(text) if not said.original else [text]:
        if not part:
            continue
        run = paragraph.add_run(part)
        if OPEN.fullmatch(part):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        run.font.rtl = True if rtl else None
        if said.language not in (None, SWEDISH, UNKNOWN):
            _child(run.font.element.get_or_add_rPr(), "w:lang", **{"w:bidi" if rtl else "w:val": said.language})


def _child(parent: Any, tag: str, **attributes: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    child = OxmlElement(tag)
    for name, value in attributes.items():
        child.set(qn(name), value)
    parent.append(child)


def _set_up(document: "Document", file: CaseFile) -> None:
    """Language, fonts and properties: Swedish, and nothing of the template's author."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    _child(defaults, "w:lang", **{"w:val": "sv-SE", "w:eastAsia": "sv-SE", "w:bidi": "ar-SA"})
    document.styles["Normal"].font.size = Pt(11)
    for name, size in SIZES.items():
        # Black: the template's blue is too pale to be read by everybody. Upright: there is no slanted Arabic.
        font = document.styles[name].font
        font.size, font.italic, font.cs_italic, font.color.rgb = Pt(size), False, False, RGBColor(0, 0, 0)
    document.styles["Quote"].paragraph_format.left_indent = Cm(0.8)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    label = document.styles.add_style("Label", WD_STYLE_TYPE.PARAGRAPH)
    label.base_style, label.font.size, label.font.bold = document.styles["Normal"], Pt(9), True
    core, made = document.core_properties, file.made_at.replace(tzinfo=None)
    core.title, core.language = UNFIT.sub("", f"Tjänsteskrivelse: samverkansstöd {file.number}")[:255].strip(), "sv-SE"
    core.author, core.last_modified_by, core.comments, core.keywords = file.made_by, file.made_by, "", ""
    core.created = core.modified = made


def _same_again(document: "Document", file: CaseFile) -> bytes:
    """The document packed with the same time for all its members, so that the same case gives the same bytes."""
    made, packed = io.BytesIO(), io.BytesIO()
    document.save(made)
    at = file.made_at.astimezone(STOCKHOLM).timetuple()[:6]
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(packed, "w") as archive:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, at)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, source.read(name))
    return packed.getvalue()
