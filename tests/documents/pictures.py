"""The pictures of a package in docs/pictures, made anew: `python -m tests.documents.pictures [FOLDER]` also writes the packages into FOLDER."""

import asyncio
import io
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL.Image import Image

from storage.database.database import Database
from storage.migrations import migrate
from tests.documents.making import made_here, package
from tests.documents.played import handled, played, to_the_decision
from tests.house import SEAL

HERE = Path(__file__).parent.parent.parent / "docs" / "pictures"
WIDTH = 900
CASES = (
    ("rosengard", "rosengard.sv", "sv", "Tack! Vi tar med enkäten och två som svarade på den. (testtext)"),
    ("arabic", "rosengard.ar", "ar", "شكرًا! سنحضر الاستبيان في 20 مارس، ومعنا Test Person. (نص تجريبي)"),
)


def pages(content: bytes) -> list[Image]:
    """Each page of a PDF as a picture."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.render(scale=WIDTH / page.get_width()).to_pil() for page in document]
    finally:
        document.close()


async def main() -> None:
    """Both packages, and a picture of each of their pages."""
    for name, transcript, locale, words in CASES:
        with TemporaryDirectory() as directory:
            url = f"sqlite:///{directory}/pictures.sqlite3"
            database = Database(url)
            await migrate(database, SEAL)
            await database.close()
            one = await played(transcript, url, Path(directory))
            one = handled(one, *to_the_decision(locale, words))
            made = made_here(package(one))
        for folder in map(Path, sys.argv[1:]):
            (folder / f"{name}.zip").write_bytes(made)
        for old in HERE.glob(f"package-{name}-*.png"):
            old.unlink()
        content = zipfile.ZipFile(io.BytesIO(made)).read("arende.pdf")
        for number, page in enumerate(pages(content), 1):
            page.quantize(16).save(HERE / f"package-{name}-{number}.png", optimize=True)


if __name__ == "__main__":
    asyncio.run(main())
