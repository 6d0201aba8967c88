"""Small files of each type that is taken, and of some that are not."""

import io
import struct
import zipfile
from zlib import compress, crc32


def box(kind: bytes, *content: bytes) -> bytes:
    """A box of the ISO base media file format."""
    inside = b"".join(content)
    return struct.pack(">I", 8 + len(inside)) + kind + inside


def full(kind: bytes, *content: bytes, version: int = 0) -> bytes:
    """A box that begins with its version, and flags."""
    return box(kind, struct.pack(">I", version << 24), *content)


def png(number: int) -> bytes:
    """A picture of one pixel, for each number (below 2 ** 24) another one."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", compress(b"\0" + number.to_bytes(3))),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(said)) + kind + said + struct.pack(">I", crc32(kind + said)) for kind, said in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def zipped(*names: str, mimetype: str = "") -> bytes:
    """A zip of almost empty files, with OpenDocument's `mimetype` first where wanted."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "<x/>" * 100)
    return made.getvalue()


PNG = png(0)
JPEG = (
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xdb\0C\0(\x1c\x1e#\x1e\x19(#!#-+(0<dA<77<{X]Id\x91\x80\x99\x96\x8f"
    b"\x80\x8c\x8a\xa0\xb4\xe6\xc3\xa0\xaa\xda\xad\x8a\x8c\xc8\xff\xcb\xda\xee\xf5\xff\xff\xff\x9b\xc1\xff\xff\xff\xfa\xff\xe6\xfd"
    b"\xff\xf8\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xc4\0\x14\0\x01" + bytes(16) + b"\xff\xc4\0\x14\x10\x01"
    + bytes(16) + b"\xff\xda\0\x08\x01\x01\0\0?\0?\xff\xd9"
)  # fmt: skip
BROKEN_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(64)
HEIC = full(b"meta", full(b"hdlr", bytes(4), b"pict", bytes(13))) + box(b"mdat", bytes(64))
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
TAKEN: dict[str, bytes] = {
    "paper.pdf": PDF,
    "photo.png": PNG,
    "photo.jpg": JPEG,
    "iphone.heic": box(b"ftyp", b"heic\0\0\0\0mif1heic") + HEIC,
    "android.heic": box(b"ftyp", b"mif1\0\0\0\0mif1heic") + HEIC,
    "letter.docx": zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"),
    "letter.odt": zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
    "voice.ogg": b"OggS\0\x02" + bytes(20) + b"\x01\x13OpusHead" + bytes(64),
    "voice.m4a": box(b"ftyp", b"M4A \0\0\0\0M4A mp42isom")
    + box(b"moov", full(b"mvhd", bytes(96)))
    + box(b"mdat", bytes(64)),
}
REFUSED: dict[str, bytes] = {
    "invoice.pdf": b"MZ\x90\0\x03\0\0\0\x04" + bytes(100),
    "page.pdf": b"<html><script>alert(1)</script></html>",
    "sheet.docx": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "anything.docx": zipped("a"),
    "film.m4a": b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(64),
    "note.txt": b"hello",
}
