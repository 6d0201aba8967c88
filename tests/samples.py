"""Small files of each type that is taken, and of some that are not."""

import io
import zipfile


def zipped(*names: str, mimetype: str = "") -> bytes:
    """A zip of almost empty files, with OpenDocument's `mimetype` first where wanted."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "<x/>" * 100)
    return made.getvalue()


PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe"
    b"\xa75\x81\x84\0\0\0\0IEND\xaeB`\x82"
)
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
TAKEN: dict[str, bytes] = {
    "paper.pdf": PDF,
    "photo.png": PNG,
    "photo.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(64),
    "iphone.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64),
    "android.heic": b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(64),
    "letter.docx": zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"),
    "letter.odt": zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
    "voice.ogg": b"OggS\0\x02" + bytes(20) + b"\x01\x13OpusHead" + bytes(64),
    "voice.m4a": b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom" + bytes(64),
}
REFUSED: dict[str, bytes] = {
    "invoice.pdf": b"MZ\x90\0\x03\0\0\0\x04" + bytes(100),
    "page.pdf": b"<html><script>alert(1)</script></html>",
    "sheet.docx": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "anything.docx": zipped("a"),
    "film.m4a": b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(64),
    "note.txt": b"hello",
}
