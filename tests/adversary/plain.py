"""The text that is in some bytes."""

import io
import zipfile

import pypdfium2


def plain(content: bytes) -> str:
    """All text that is in some bytes: of a package that of its files, of a PDF that of its pages."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join([*archive.namelist(), *(plain(archive.read(name)) for name in archive.namelist())])
    if content.startswith(b"%PDF") and len(content) > 500:
        document = pypdfium2.PdfDocument(content)
        try:
            return "\n".join(page.get_textpage().get_text_bounded() for page in document)
        finally:
            document.close()
    return content.decode("utf-8", "replace")
