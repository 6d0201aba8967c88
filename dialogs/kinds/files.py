"""Files: documents, photos, voice notes."""

from dataclasses import dataclass, replace

from dialogs.kinds.kind import CONTINUE, AnswerControls, AnswerEvent, Known, Layout, Refusal, Value, pressed
from dialogs.language.events import Attach, Filed, Fill, Misfit, Unfit
from dialogs.language.replies import Button, Field, Rows
from dialogs.language.words import Text, Words, _, n_

BIGGEST = 20_000_000
"""Bytes. What a bot can download (Bot API, getFile: 20 MB)."""
MEGABYTES = BIGGEST // 1_000_000
"""BIGGEST, as sentences say it."""
MOST = 10
"""Files that one question takes, unless it says otherwise."""

TROUBLE: dict[Unfit, Words] = {
    "too_big": _(
        "That file is too big: {mb} MB is the most I can take. A photo of it, or a smaller PDF, works well.",
        mb=MEGABYTES,
    ),
    "wrong_type": _("I cannot take that type of file. PDF, JPEG, PNG, HEIC, Word (DOCX), ODT and voice notes work."),
    "empty_file": _("That file was empty. Please send it again."),
    "damaged": _("I could not fetch that file. Please send it again."),
    "broken": _(
        "I cannot open that picture or recording: it seems to be damaged. Please save or make it anew and send it again, or send it as a PDF."
    ),
    "full": _(
        "Your files take up all the room that there is for them. Please remove one that is not needed first, or send the file by e-mail to the contact persons."
    ),
    "no_room": _(
        "I have no room for files at the moment. Everything you wrote is saved. Please send the file later, or by e-mail to the contact persons."
    ),
    "away": _(
        "Where files are kept does not answer at the moment. Nothing is lost. Please try again in a little while."
    ),
}
LEFT_OUT = _("I left out what is hidden in a picture or recording, such as where and when it was made.")


ADD = Button(_("Add files"), "add", weight="main")


@dataclass(frozen=True, slots=True)
class Attachments:
    """At most `most` files. The value is `{"files": [{"sha256", "name", "mime", "size"}], "done": bool}`."""

    most: int = MOST

    def read(self, event: AnswerEvent, value: Value, known: Known) -> Value | Refusal:
        now = self._kept(value)
        match event:
            case Attach(files=files, refused=refused):
                return self._add(now, files, refused)
            case Misfit(what=what):
                return Refusal(
                    TROUBLE.get(what, _("Please send a file, a photo or a voice note, or press a button below.")), now
                )
            case Fill(act="add"):
                return Refusal(_("No file was chosen. Choose one first, or press “Continue”."), now)
            case _:
                return self._pressed(now, pressed(event))

    def _pressed(self, now: Value, act: str) -> Value | Refusal:
        if act.startswith("remove:"):
            return {"files": without(now["files"], act), "done": False}
        if act == "done" and now["files"]:
            return now | {"done": True}
        return Refusal(_("Please send a file, a photo or a voice note, or press a button below."), now)

    def _add(self, now: Value, files: tuple[Filed, ...], refused: tuple[Unfit, ...]) -> Value | Refusal:
        there = {file["sha256"] for file in now["files"]}
        fresh = list({file.sha256: file for file in files if file.sha256 not in there}.values())
        room = max(0, self.most - len(now["files"]))
        now["files"] += [
            {"sha256": file.sha256, "name": file.name, "mime": file.mime, "size": file.size} for file in fresh[:room]
        ]
        gained = bool(fresh[:room])
        if len(fresh) > room:
            return Refusal(
                n_(
                    "There is room for {count} file at this question. I kept the first ones.",
                    "There is room for {count} files at this question. I kept the first ones.",
                    count=self.most,
                ),
                now,
                gained,
            )
        if refused:
            return Refusal(TROUBLE.get(refused[0], TROUBLE["wrong_type"]), now, gained)
        return now

    def _kept(self, value: Value) -> Value:
        return {"files": files_in(value), "done": False}

    def accepts(self, value: Value, known: Known) -> bool:
        files = self._kept(value)["files"]
        return 0 < len(files) <= self.most and value.get("files") == files and value.get("done") is True

    def show(self, value: Value, known: Known) -> tuple[Text, ...]:
        return tuple(file["name"] for file in self._kept(value)["files"])

    def offer(self, value: Value, known: Known) -> AnswerControls:
        now = self._kept(value)
        rows = removals(now["files"])
        if now["files"]:
            rows.append((Button(_("Continue"), "done", weight="main"),))
        return AnswerControls(tuple(rows), (Field("files", "files", _("Choose files"), most=self.most),))

    def layout(self, rows: Rows) -> Layout:
        removing = tuple(row for row in rows if all(button.act.startswith("remove:") for button in row))
        return Layout((replace(ADD, weight="plain"), CONTINUE), removing) if removing else Layout((ADD,))


def files_in(value: Value) -> list[Value]:
    """The files of a stored value, whatever is stored."""
    files = value.get("files") if isinstance(value, dict) else None
    return [file for file in files if _is_file(file)] if isinstance(files, list) else []


def removals(files: list[Value]) -> list[tuple[Button, ...]]:
    """A button for each file, to remove it."""
    return [(Button(_("Remove {name}", name=file["name"]), f"remove:{_mark(file)}", weight="quiet"),) for file in files]


def without(files: list[Value], act: str) -> list[Value]:
    """The files but the one that the button with this act removes."""
    return [file for file in files if f"remove:{_mark(file)}" != act]


def _mark(file: Value) -> str:
    """Short for a file, in the act of a button."""
    mark: str = file["sha256"][:12]
    return mark


def _is_file(file: Value) -> bool:
    return (
        isinstance(file, dict)
        and all(isinstance(file.get(key), str) for key in ("sha256", "name", "mime"))
        and isinstance(file.get("size"), int)
    )
