"""What checkers and readers find in a PDF."""

import io
import re
import struct
import zlib

import page as checker
import pikepdf
import pypdfium2


def text_of(content: bytes) -> str:
    """What a reader can copy out of a PDF, in logical order."""
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(one.get_textpage().get_text_range() for one in document).replace("\r\n", "\n")
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Without the places where lines broke, and without the joiners, which pdfium puts in other places."""
    return "".join(text.replace("\u200b", "").replace("\u200c", "").split())


def assert_sound(content: bytes, language: str = "sv") -> None:
    """The best that checkers from the registries can tell: PDF/UA-1 and PDF/A-2a; and what we can see ourselves."""
    for profile in (checker.ValidationProfile.PDF_UA_1, checker.ValidationProfile.PDF_A_2A):
        failures = checker.validate_pdf_bytes(content, profile=profile).failures
        assert [(one.rule_id, one.message) for one in failures if not is_mistaken(one, content)] == []
    with pikepdf.open(io.BytesIO(content)) as document:
        root = document.Root
        assert root.MarkInfo.Marked
        assert root.StructTreeRoot.K
        assert str(root.Lang).startswith(language)
        assert root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"]
        elements = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S")]
        assert {"/H1", "/P"} <= {str(one.S) for one in elements}
        assert all(one.get("/Alt") for one in elements if str(one.S) == "/Figure")
        fonts = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/FontName")]
        assert fonts
        assert all("/FontFile2" in one or "/FontFile3" in one for one in fonts), "every font is in the file"
        assert "/JavaScript" not in str(root.get("/Names", "")), "nothing runs"


def is_mistaken(failure: checker.ValidationFailure, content: bytes) -> bool:
    """The checker takes a stream whose last byte is a carriage return for one byte too short. Every stream is as long as it says."""
    if failure.rule_id != "PDFA2A-STREAM-LENGTH-001" or b"\r\nendstream" not in content:
        return False
    streams = list(re.finditer(rb"/Length (\d+)[^>]*>>\s*stream\n", content))
    assert len(streams) == content.count(b"endstream")
    return all(content[one.end() + int(one[1]) :].startswith(b"\nendstream") for one in streams)


def red(width: int) -> bytes:
    """A PNG of one row."""
    rows = zlib.compress(b"\0" + b"\xff\0\0" * width)
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, 1, 8, 2, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    packed = [
        struct.pack(">I", len(one)) + name + one + struct.pack(">I", zlib.crc32(name + one)) for name, one in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def alternatives(content: bytes) -> list[str]:
    """What is said instead of each picture."""
    with pikepdf.open(io.BytesIO(content)) as document:
        found = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        return [str(one.Alt) for one in found if "/Alt" in one]
