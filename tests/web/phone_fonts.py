"""The letters of a phone, for pictures that are the same wherever they are taken: Noto, which lies in the repository."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

FONTS = Path(__file__).parent.parent.parent / "bot" / "documents" / "fonts"
CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>{fonts}</dir>
<cachedir>{cache}</cachedir>
{aliases}
<match target="pattern"><edit name="family" mode="prepend" binding="strong"><string>Noto Sans</string></edit></match>
</fontconfig>"""
ALIAS = "<alias binding='strong'><family>{family}</family><prefer><family>Noto Sans</family><family>Noto Sans Arabic</family></prefer></alias>"


@contextmanager
def fonts() -> Iterator[dict[str, str | float | bool]]:
    """The environment of a browser whose system font is Noto Sans, as on most Android phones that have no Roboto."""
    with TemporaryDirectory() as directory:
        conf = Path(directory, "fonts.conf")
        aliases = "".join(ALIAS.format(family=family) for family in ("system-ui", "sans", "sans-serif", "Roboto"))
        conf.write_text(CONF.format(fonts=FONTS, cache=directory, aliases=aliases), encoding="utf-8")
        yield {**os.environ, "FONTCONFIG_FILE": str(conf)}
