"""The paper: a case file laid out as headings, facts, answers and tables, before fonts and pages are chosen."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from bot.documents.case_file import AttachedFile, CaseFile, CriterionSeen, Elsewhere, Said, Sent
from bot.documents.labels import APPLICANTS, REFERRALS_SV, SCOPES_SV, UNSHOWN, VERDICTS_SV
from bot.documents.paper import Block, Facts, Heading, LabelledLine, Paper, Picture, Table
from bot.documents.texts import SWEDISH, day, language_name, mark, name, our, time, written
from bot.speech.catalogs import moment
from dialogs.phases.always.message import DIALOG as MESSAGE


def paper(file: CaseFile, pictures: Iterable[AttachedFile] = ()) -> Paper:
    """The paper of a case, with `pictures` at its end, followed by the names of other pictures in the package."""
    return Paper(
        f"Ärende om samverkansstöd: \u2068{file.title.text}\u2069",
        file.number,
        "Sekretessmarkerat ärende" if file.protected else "",
        f"Sammanställt av {file.made_by} den {moment(file.made_at, SWEDISH)}.",
        tuple(_blocks(file, tuple(pictures))),
    )


def _blocks(file: CaseFile, pictures: tuple[AttachedFile, ...]) -> Iterator[Block]:
    yield Heading("Ärendet i korthet", 1)
    yield Facts(tuple((label, values) for label, values in _glance(file) if values))
    yield from _actors(file)
    yield from _criteria(file)
    for sent in file.sent:
        # Messages have a section of their own.
        if sent.kind != MESSAGE.key:
            yield from _sent(sent)
    yield from _requests(file)
    yield from _messages(file)
    yield from _meetings(file)
    yield from _elsewhere(file)
    yield from _decisions(file)
    yield from _notes(file)
    yield from _timeline(file)
    yield from _files(file)
    yield from _pictures(file, pictures)


def _glance(file: CaseFile) -> Iterator[tuple[str, tuple[Said, ...]]]:
    yield "Referens", our(file.reference)
    yield "Diarienummer", our(file.registration)
    yield "Område", (file.title,)
    yield "Stadsdel", our(file.district)
    waits = f". Väntar på {file.waits_for_label}." if file.waits_for != "nobody" else ""
    yield "Läge", our(file.state_label + waits)
    yield "Ansökan inkom", our(moment(file.sent_at, SWEDISH) if file.sent_at else None)
    yield "Kontaktperson", our(file.contact_person)
    yield "Nämndens sammanträde", our(day(file.meeting_day.isoformat()) if file.meeting_day else None)
    yield "Kontakt hos de sökande", file.contact
    yield "Företräder", (name(file.speaks_for),) if file.speaks_for else ()
    yield "Gäller allmän mark", our(SCOPES_SV.get(file.scope or ""))
    yield "De sökandes språk", our(language_name(file.language).capitalize())


def _actors(file: CaseFile) -> Iterator[Block]:
    if not file.actors:
        return
    yield Heading("Aktörer", 1)
    yield Table(
        ("Aktör", "Slag", "Vill samverka redan nu"),
        (5, 3, 4),
        tuple(
            (
                (name(one.name),),
                our(one.kind_label or "–"),
                our("Ja" if one.takes_part else "Nej, finns i området"),
            )
            for one in file.actors
        ),
    )


def _criteria(file: CaseFile) -> Iterator[Block]:
    if not file.criteria:
        return
    yield Heading("Kriterierna", 1)
    if file.assessment:
        by, at = file.assessment.by, moment(file.assessment.at, SWEDISH)
        yield Facts((("Bedömt av", our(f"{by}, {at}")),))
    yield Table(
        ("Kriterium", "Gruppens egen bedömning", "Kontaktpersonens bedömning"),
        (6, 4, 5),
        tuple(_criterion(number, one) for number, one in enumerate(file.criteria, 1)),
        lead=True,
    )
    if file.assessment and file.assessment.summary:
        yield LabelledLine("Intern anteckning till bedömningen", written(file.assessment.summary))


def _criterion(number: int, one: CriterionSeen) -> tuple[tuple[Said, ...], ...]:
    return (
        our(f"{number}. {one.label}", one.wording),
        our(VERDICTS_SV.get(one.group or "", "–")),
        (*our(VERDICTS_SV.get(one.contact_person or "", "Inte bedömt än")), *written(one.note)),
    )


def _sent(sent: Sent) -> Iterator[Block]:
    yield Heading(f"{sent.title}, {moment(sent.sent_at, SWEDISH)}", 1)
    for section, answers in groupby(sent.answers, lambda answer: answer.section):
        if section:
            yield Heading(section, 2)
        for answer in answers:
            yield LabelledLine(answer.label, answer.shown, mark(answer.shown), answer.wording or "")


def _requests(file: CaseFile) -> Iterator[Block]:
    if not file.requests:
        return
    yield Heading("Begärda kompletteringar", 1)
    for one in file.requests:
        yield Heading(f"{one.by}, {moment(one.at, SWEDISH)}", 2)
        answered = moment(one.answered_at, SWEDISH) if one.answered_at else "Inte besvarat"
        yield Facts(
            (("Gäller", our(*one.questions)), ("Svar senast", our(day(one.due))), ("Besvarat", our(answered))),
        )
        yield LabelledLine("Meddelande", written(one.message))


def _messages(file: CaseFile) -> Iterator[Block]:
    if not file.messages:
        return
    yield Heading("Meddelanden", 1)
    for one in file.messages:
        sender = one.sender or APPLICANTS.capitalize()
        yield LabelledLine(f"{sender}, {moment(one.at, SWEDISH)}", (one.text,), mark((one.text,)))


def _meetings(file: CaseFile) -> Iterator[Block]:
    if not file.meetings:
        return
    yield Heading("Möten", 1)
    yield Table(
        ("Föreslaget", "Tider", "Valt", "Plats"),
        (3, 3, 3, 3),
        tuple(
            (
                our(f"{one.by}, {moment(one.at, SWEDISH)}"),
                our(*map(time, one.times)),
                our(time(one.chosen) if one.chosen else "Ingen tid vald"),
                written(one.place),
            )
            for one in file.meetings
        ),
    )


def _elsewhere(file: CaseFile) -> Iterator[Block]:
    if not file.elsewhere:
        return
    yield Heading("Hos andra nämnder", 1)
    for one in file.elsewhere:
        yield Heading(f"{one.committee}: {REFERRALS_SV[one.kind].lower()}", 2)
        yield Facts(tuple((label, values) for label, values in _part(one) if values))


def _part(one: Elsewhere) -> Iterator[tuple[str, tuple[Said, ...]]]:
    yield "Sedan", our(f"{moment(one.since, SWEDISH)}, {one.by}")
    yield "Vad", written(one.what)
    yield "Skäl", written(one.reason)
    yield "Förväntas", written(one.expected)
    yield "Senast", our(day(one.due) if one.due else None)
    yield "Svar", written(one.answer) or our("Inget svar än" if not one.answered_at else "Svar utan text")
    yield "Svaret kom", our(moment(one.answered_at, SWEDISH) if one.answered_at else None)


def _decisions(file: CaseFile) -> Iterator[Block]:
    if not file.decisions:
        return
    yield Heading("Tekniska nämndens beslut", 1)
    for one in file.decisions:
        yield Heading(f"{day(one.day)}, {one.paragraph}", 2)
        kronor = f"{one.sum:,} kronor".replace(",", "\u00a0") if one.sum is not None else None
        facts = (
            ("Utfall", our(one.outcome_label)),
            ("Summa för dialoginsatser", our(kronor)),
            ("Villkor", written(one.conditions)),
            ("Reservation", written(one.reservation)),
            ("Infört", our(f"{moment(one.recorded_at, SWEDISH)}, {one.recorded_by}")),
        )
        yield Facts(tuple((label, values) for label, values in facts if values))
        if one.text:
            yield LabelledLine("Beslutets ordalydelse", written(one.text))


def _notes(file: CaseFile) -> Iterator[Block]:
    if not file.notes:
        return
    yield Heading("Interna anteckningar", 1)
    for one in file.notes:
        about = " om mötet" if one.about == "meeting" else ""
        yield LabelledLine(f"{one.by}{about}, {moment(one.at, SWEDISH)}", written(one.text))


def _timeline(file: CaseFile) -> Iterator[Block]:
    if not file.timeline:
        return
    yield Heading("Händelser", 1)
    yield Table(
        ("När", "Vad"),
        (3, 8),
        tuple((our(moment(one.at, SWEDISH)), (one.sentence,)) for one in file.timeline),
    )


def _files(file: CaseFile) -> Iterator[Block]:
    if not file.files:
        return
    yield Heading("Filer", 1)
    yield Table(
        ("Namn", "Typ och storlek", "Plats i paketet, SHA-256"),
        (4, 3, 5),
        tuple(
            (
                (name(one.name),),
                our(one.mime, _size(one.size)),
                our(one.path or "Filen finns inte kvar", one.sha256),
            )
            for one in file.files
        ),
    )


def _pictures(file: CaseFile, pictures: tuple[AttachedFile, ...]) -> Iterator[Block]:
    left_out = [one for one in file.files if one.path and one.mime.startswith("image/") and one not in pictures]
    if pictures or left_out:
        yield Heading("Bilder", 1)
        yield from (Picture(one.sha256, one.name, one.mime) for one in pictures)
    if left_out:
        yield LabelledLine(UNSHOWN, tuple(name(one.name) for one in left_out))


def _size(bytes: int) -> str:
    return f"{bytes / 1_000_000:.1f} MB".replace(".", ",") if bytes >= 100_000 else f"{max(1, bytes // 1000)} kB"
