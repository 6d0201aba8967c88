"""Pictures in a package: each one that somebody sends stands on the paper or is named there, and none of them unpacks to more than a paper can bear."""

import asyncio
import io
import struct
from dataclasses import replace
from zlib import Z_FULL_FLUSH, compress, compressobj

import pytest

from bot.documents.labels import UNSHOWN
from bot.documents.pictures import HEAVIEST, MOST_PIXELS, pixels
from bot.documents.spawn import ChildLimits, made
from bot.pictures import Frame
from tests.documents.flat import flat
from tests.documents.making import made_here, package
from tests.documents.played import Played
from tests.documents.soundness import alternatives, assert_sound, red, squeezed, text_of
from tests.documents.unpacked import unpacked, with_files
from tests.pictures.made import chunk, drawn, jpeg
from tests.samples import BROKEN_JPEG, TAKEN

ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""The seven passes of an interlaced PNG (ISO/IEC 15948, 8.2): where each begins, and its steps."""


def zeros(megabytes: int) -> bytes:
    """So many times a million zeros, deflated (RFC 1950) without going through all of them: each block starts anew and is like the one before."""
    packer = compressobj(9)
    head = packer.compress(bytes(1_000_000)) + packer.flush(Z_FULL_FLUSH)
    checksum = megabytes * 1_000_000 % 65521 << 16 | 1
    return head[:2] + head[2:] * megabytes + b"\x03\0" + checksum.to_bytes(4)


GROWN = zeros(300)
"""What is 290 kB on the way and 300 MB when it is inflated."""


def png(width: int, height: int, bits: int, kind: int, data: bytes, *more: bytes, interlaced: int = 0) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, interlaced))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", data) + chunk(b"IEND")


def interlaced() -> bytes:
    rows = (
        b"\0" + bytes(len(range(x, 8, across)))
        for x, y, across, down in ADAM7
        for _row in range(len(range(y, 8, down)))
    )
    return png(8, 8, 8, 0, compress(b"".join(rows)), interlaced=1)


def palette() -> bytes:
    made = io.BytesIO()
    drawn().quantize(2).save(made, "PNG", bits=1)
    return made.getvalue()


SHOWN = {
    "foto.jpg": jpeg(),
    "progressiv.jpg": jpeg(progressive=True),
    "vriden.jpg": jpeg(turned=6),
    "grå.jpg": jpeg("L"),
    "sexton.png": png(4, 4, 16, 2, compress((b"\0" + b"\x10\x20" * 12) * 4)),
    "flätad.png": interlaced(),
    "palett.png": palette(),
    "genomskinlig.png": png(1, 1, 8, 6, compress(b"\0\1\2\3\4")),
    "profil.png": png(10, 1, 8, 2, compress(bytes(31)), chunk(b"iCCP", b"x\0\0" + GROWN)),
}
NAMED = {
    "tryck.jpg": jpeg("CMYK"),
    "mobil.heic": TAKEN["iphone.heic"],
    "trasig.jpg": BROKEN_JPEG,
    "avhuggen.png": red(3)[:-20],
    "enorm.png": red(3).replace((3).to_bytes(4), (60_000_000).to_bytes(4), 1),
    "tung.png": png(1, 1, 8, 2, compress(bytes(4)), chunk(b"iCCP", bytes(HEAVIEST))),
}


def mime(name: str) -> str:
    return {"jpg": "image/jpeg", "png": "image/png", "heic": "image/heic"}[name.rpartition(".")[2]]


def with_pictures(one: Played, pictures: dict[str, bytes]) -> Played:
    return with_files(one, *((name, content, mime(name)) for name, content in pictures.items()))


def named(content: bytes) -> str:
    """What stands below the words that say that these are not shown."""
    return squeezed(text_of(content)).partition(squeezed(UNSHOWN))[2]


def test_each_picture_stands_there_or_is_named(swedish: Played) -> None:
    one = with_pictures(swedish, SHOWN | NAMED | {"växer.png": png(10, 10, 8, 2, GROWN)})
    members = unpacked(made_here(package(one)))
    content = members["arende.pdf"]
    assert_sound(content)
    shown = alternatives(content)
    assert set(shown) - {"växer.png"} == set(SHOWN)
    left_out = named(content)
    assert all(name in left_out for name in NAMED)
    assert ("växer.png" in shown) != ("växer.png" in left_out)
    assert not any(name in left_out for name in SHOWN)
    for name, sent in (SHOWN | NAMED).items():
        assert members[f"filer/{name}"] == sent, "in the folder it is as it came"


@pytest.mark.parametrize("name", [*SHOWN, *NAMED])
def test_each_alone_makes_a_sound_paper(swedish: Played, name: str) -> None:
    content = unpacked(made_here(package(with_pictures(swedish, {name: (SHOWN | NAMED)[name]}))))["arende.pdf"]
    assert_sound(content)
    assert alternatives(content) == ([name] if name in SHOWN else [])
    assert (UNSHOWN in text_of(content)) == (name in NAMED)


async def test_what_grows_when_it_is_inflated_takes_no_memory(swedish: Played) -> None:
    """In 128 MB: profile and pixels would be 300 MB each."""
    one = with_pictures(swedish, {"profil.png": SHOWN["profil.png"], "växer.png": png(10, 10, 8, 2, GROWN)})
    with await made(package(one), ChildLimits(128_000_000, 20, 60)) as file:
        members = unpacked(await asyncio.to_thread(file.read))
    assert "profil.png" in alternatives(members["arende.pdf"])


def test_all_pictures_of_a_paper_have_one_budget(swedish: Played) -> None:
    width, height = 5000, 2600
    fit = MOST_PIXELS // (width * height)
    pictures = {f"{number}.png": flat(width, height + number) for number in range(fit + 2)} | {"liten.png": red(3)}
    content = unpacked(made_here(package(with_pictures(swedish, pictures))))["arende.pdf"]
    assert len(alternatives(content)) == fit + 1 < len(pictures)
    assert "liten.png" in alternatives(content), "what still fits stands there"
    assert_sound(content)


def test_what_a_picture_costs() -> None:
    assert pixels(Frame(100, 10, 8, 3)) == pixels(Frame(100, 10, 1, 1)) == 1000
    assert pixels(Frame(100, 10, 16, 3)) == 2000
    assert pixels(Frame(300, 10, 8, 4)) == 4000


def test_without_its_pictures_a_paper_names_them(swedish: Played) -> None:
    job = replace(package(with_pictures(swedish, {"foto.jpg": SHOWN["foto.jpg"]})), pictures=False)
    content = unpacked(made_here(job))["arende.pdf"]
    assert alternatives(content) == []
    assert "foto.jpg" in named(content)
