"""A package, opened; and a case with other files to be packed."""

import io
import zipfile
from dataclasses import replace

from tests.documents.played import Played
from tests.house import lain


def unpacked(content: bytes) -> dict[str, bytes]:
    """What lies in a package, by name; no name is there twice."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist()))
        return {name: archive.read(name) for name in archive.namelist()}


def with_files(one: Played, *files: tuple[str, bytes, str]) -> Played:
    """The same case with other files among its documents."""
    named = [
        {"sha256": lain(one.files, content), "name": name, "mime": mime, "size": len(content)}
        for name, content, mime in files
    ]
    sent = one.sent[0]
    entries = tuple(
        replace(entry, value={"files": named, "done": True}, shown=tuple(file[0] for file in files))
        if entry.key == "papers"
        else entry
        for entry in sent.record.entries
    )
    return replace(one, sent=[replace(sent, record=replace(sent.record, entries=entries)), *one.sent[1:]])
