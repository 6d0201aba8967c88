"""Whoever walks a picture is kept busy by nobody: its work is counted in windows and parts, and what cannot be walked is said."""

import io
import struct
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures import Unreadable, frame, rewrite
from bot.pictures import jpeg as jpegs
from bot.pictures import png as pngs
from bot.pictures.source import MOST_PARTS, WINDOW, Source
from bot.pictures.tree import Tree
from tests.pictures.made import anew, avif, chunk, jpeg, memo, png, segment
from tests.samples import TAKEN, box, full

MUCH = 20_000_000
JPEG, PNG, HEIC, M4A = "image/jpeg", "image/png", "image/heic", "audio/mp4"
FRAME = segment(0xC0, b"\x08\0\x01\0\x01\x01\x01\x11\0")
SCAN = segment(0xDA, b"\x01\x01\0\0\x3f\0")
BEGUN = b"\xff\xd8" + FRAME + SCAN
HEAD = pngs.SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
ITEM = b"\0\x01\0\0"


def refused(mime: str, content: bytes) -> None:
    with pytest.raises(Unreadable):
        anew(mime, content)


def heic(extent: bytes, *more: bytes, method: int = 0, elsewhere: int = 0, data: bytes = bytes(40)) -> bytes:
    """A picture in boxes with EXIF that lies where `extent` (two numbers of four bytes) says."""
    listed = full(b"iinf", b"\0\x01", full(b"infe", ITEM + b"Exif\0", version=2))
    place = struct.pack(">HHHHHH", 0x4400, 1, 1, method, elsewhere, 1) + extent
    meta = full(b"meta", listed, full(b"iloc", place, version=1), box(b"idat", data), *more)
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + meta + box(b"mdat", data)


@pytest.mark.parametrize("filler", [b"\xff\x00", b"\xff\xd0", b"\xff", b"\x00", b"\n", b"ab\xff"])
def test_a_scan_is_looked_through_in_windows(filler: bytes) -> None:
    content = BEGUN + filler * (MUCH // len(filler)) + b"\xff\xd9"
    source, target = Source(io.BytesIO(content)), io.BytesIO()
    if filler == b"ab\xff":
        with pytest.raises(Unreadable):
            jpegs.rewrite(source, target)
    else:
        assert not jpegs.rewrite(source, target)
        assert target.getvalue() == content
    assert source.windows <= MUCH // WINDOW + 3


def test_the_same_window_is_not_read_for_each_of_many_parts() -> None:
    chunks = HEAD + chunk(b"IDAT", bytes(500)) * (MOST_PARTS - 3) + chunk(b"IEND")
    source = Source(io.BytesIO(chunks))
    assert not pngs.rewrite(source, io.BytesIO())
    assert source.windows <= len(chunks) // WINDOW + 2


@pytest.mark.parametrize(
    ("mime", "content"),
    [
        (JPEG, b"\xff\xd8" + segment(0xE1, b"") * 1_000_000),
        (JPEG, b"\xff\xd8" + FRAME + SCAN * 1_000_000 + b"\xff\xd9"),
        (PNG, HEAD + chunk(b"tEXt") * 1_000_000),
        (PNG, HEAD + chunk(b"IDAT") * 1_000_000 + chunk(b"IEND")),
        (HEIC, box(b"ftyp", b"heic") + box(b"free") * 1_000_000),
        (M4A, box(b"ftyp", b"M4A ") + box(b"moov", box(b"trak") * 1_000_000)),
    ],
)
def test_a_million_parts_are_not_counted_to_the_end(mime: str, content: bytes) -> None:
    class Counted(io.BytesIO):
        reads = 0

        def read(self, size: int | None = -1, /) -> bytes:
            self.reads += 1
            return super().read(size)

    source = Counted(content)
    with pytest.raises(Unreadable):
        rewrite(mime, source, io.BytesIO())
    assert source.reads <= 3 * MOST_PARTS


@pytest.mark.parametrize(
    ("mime", "content"),
    [(JPEG, jpeg(progressive=True)), (PNG, png()), (HEIC, avif()), (M4A, memo())],
    ids=["jpeg", "png", "heic", "m4a"],
)
def test_it_is_whole_or_it_is_refused(mime: str, content: bytes) -> None:
    """Cut off at every place: what is taken all the same is whole, and what comes after its end is nobody's loss."""
    whole = anew(mime, content)[0]
    step = max(1, len(content) // 2000)
    for end in range(0, len(content), step):
        try:
            made, _left_out = anew(mime, content[:end])
        except Unreadable:
            continue
        assert made == whole[: len(made)] if mime in (HEIC, M4A) else made == whole, end


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff",
        TAKEN["photo.jpg"][2:],
        b"\xff\xd8" + SCAN + b"\xff\xd9",  # no frame
        b"\xff\xd8" + FRAME + b"\xff\xd9",  # no scan
        b"\xff\xd8" + FRAME + FRAME + SCAN + b"\xff\xd9",  # whose size is believed?
        BEGUN + b"\xff\xd8" + FRAME,
        b"\xff\xd8\xff\xe1\0\x01" + BEGUN[2:] + b"\xff\xd9",
        b"\xff\xd8\xff\xe1\xff\xff" + BEGUN[2:] + b"\xff\xd9",
        b"\xff\xd8" + segment(0xC0, b"\x08\0\0\0\x01\x01\x01\x11\0") + SCAN + b"\xff\xd9",
        b"\xff\xd8" + segment(0xC0, b"\x08\0\x01\0\x01\x04\x01\x11\0") + SCAN + b"\xff\xd9",
        b"\xff\xd8" + segment(0xC0, b"") + SCAN + b"\xff\xd9",
    ],
)
def test_a_jpeg_that_cannot_be_walked(content: bytes) -> None:
    refused(JPEG, content)


DATA = chunk(b"IDAT", b"x")
END = chunk(b"IEND")


@pytest.mark.parametrize(
    "content",
    [
        pngs.SIGNATURE,
        pngs.SIGNATURE + DATA + END,
        HEAD + END,
        HEAD + DATA,
        HEAD + DATA + chunk(b"IEND", b"x"),
        HEAD + HEAD[8:] + DATA + END,
        HEAD + chunk(b"CgBI") + DATA + END,  # a chunk without which it cannot be shown, and that nobody knows
        HEAD + chunk(b"a\0bc") + DATA + END,
        HEAD + b"\xff\xff\xff\xfftEXt" + DATA + END,
        HEAD + b"\x7f\xff\xff\xfftEXt" + DATA + END,
        HEAD + b"\0\0\x10\0IDATx",
        *(
            pngs.SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", *lie)) + DATA + END
            for lie in (
                (0, 1, 8, 2, 0, 0, 0),
                (1, 2**31, 8, 2, 0, 0, 0),
                (1, 1, 4, 2, 0, 0, 0),
                (1, 1, 8, 5, 0, 0, 0),
                (1, 1, 8, 2, 1, 0, 0),
                (1, 1, 8, 2, 0, 0, 9),
            )
        ),
    ],
)
def test_a_png_that_cannot_be_walked(content: bytes) -> None:
    refused(PNG, content)


def test_where_the_exif_of_boxes_may_lie() -> None:
    at = len(heic(bytes(8))) - 40
    planted = bytes(10) + b"here" * 5 + bytes(10)
    for content in (
        heic(struct.pack(">II", at, 40), data=planted),
        heic(struct.pack(">II", 0, 40), method=1, data=planted),
    ):
        made, left_out = anew(HEIC, content)
        assert left_out
        assert made.count(b"here") == 5


@pytest.mark.parametrize(
    "content",
    [
        b"",
        box(b"ftyp", b"heic"),  # nothing that could be a picture
        TAKEN["iphone.heic"] + b"\0\0\0",
        TAKEN["iphone.heic"] + b"\0\0\0\x04abcd",
        TAKEN["iphone.heic"] + b"\0\0\0\x01abcd" + b"\xff" * 8,
        TAKEN["iphone.heic"] + full(b"meta"),  # whose pictures are believed?
        heic(struct.pack(">II", 2**31, 40)),  # outside the file
        heic(struct.pack(">II", 0, 40)),  # over what says where everything lies
        heic(struct.pack(">II", 300, 0)),  # to the end of whatever
        heic(struct.pack(">II", 0, 41), method=1),
        heic(struct.pack(">II", 0, 1), method=2),
        heic(struct.pack(">II", 0, 1), method=1, elsewhere=1),
        heic(b"\0\0"),  # a list that is cut off
        heic(bytes(8), full(b"iloc", bytes(8))),
        box(b"ftyp", b"heic") + full(b"meta", full(b"iinf", b"\0\x01", full(b"infe", ITEM)), full(b"iloc", bytes(8))),
        box(b"ftyp", b"heic") + full(b"meta", full(b"iinf", b"\0\x01", box(b"what", b"\2" + bytes(20))), full(b"iloc")),
    ],
)
def test_boxes_that_cannot_be_walked(content: bytes) -> None:
    refused(HEIC, content)


def test_boxes_in_boxes_in_boxes() -> None:
    deep = b""
    for _time in range(1000):
        deep = box(b"trak", deep)
    refused(M4A, box(b"ftyp", b"M4A ") + box(b"moov", deep))


def test_places_that_are_named_a_thousand_times_are_written_once() -> None:
    """Each of ten thousand parts is the whole of the data; and a list of parts without any size has no end."""

    class Written(io.BytesIO):
        written = 0

        def write(self, content: object, /) -> int:
            self.written += len(content)  # type: ignore[arg-type]
            return super().write(content)  # type: ignore[arg-type]

    extents = struct.pack(">II", 0, 1_000_000) * 10_000
    listed = full(b"iinf", b"\0\x01", full(b"infe", ITEM + b"Exif\0", version=2))
    place = struct.pack(">HHHHHH", 0x4400, 1, 1, 1, 0, 10_000) + extents
    content = box(b"ftyp", b"heic") + full(
        b"meta", listed, full(b"iloc", place, version=1), box(b"idat", b"x" * 1_000_000)
    )
    target = Written()
    assert rewrite(HEIC, io.BytesIO(content), target)
    assert target.written <= 2 * len(content)
    endless = struct.pack(">HHHHHH", 0x0000, 65535, 1, 1, 0, 65535) + struct.pack(">HHHH", 1, 1, 0, 65535) * 60_000
    refused(
        HEIC,
        box(b"ftyp", b"heic") + full(b"meta", listed, full(b"iloc", endless, version=1), box(b"idat", b"x")),
    )


@pytest.mark.parametrize("mime", [JPEG, PNG, HEIC, M4A])
@given(data=st.data())
def test_random_bytes_raise_nothing_else(mime: str, data: st.DataObject) -> None:
    sample = data.draw(st.sampled_from([jpeg(), png(), avif(), memo(), *TAKEN.values(), b""]))
    at = data.draw(st.integers(0, len(sample)))
    content = sample[:at] + data.draw(st.binary(max_size=60)) + sample[at + data.draw(st.integers(0, 60)) :]
    walks: list[Callable[[], object]] = [
        lambda: rewrite(mime, io.BytesIO(content), io.BytesIO()),
        lambda: frame(mime, io.BytesIO(content)),
    ]
    for walk in walks:
        try:
            walk()
        except Unreadable:
            continue


def test_what_is_no_picture_has_no_frame() -> None:
    for mime in (M4A, "application/pdf", ""):
        with pytest.raises(Unreadable):
            frame(mime, io.BytesIO(memo()))
    with pytest.raises(Unreadable):
        anew("application/pdf", b"%PDF")
    assert Tree(io.BytesIO(memo())).file()[0].kind == b"ftyp"
