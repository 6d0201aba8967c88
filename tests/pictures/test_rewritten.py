"""What is left of a picture: what is seen of it, the way it is turned, and nothing else."""

import io

import pytest
from PIL import Image

from bot.pictures import Frame, frame
from tests.pictures.made import PLANTED, SIZE, anew, avif, drawn, jpeg, memo, pixels, png, turn

MADE = {
    "baseline": ("image/jpeg", jpeg()),
    "progressive": ("image/jpeg", jpeg(progressive=True)),
    "with restarts": ("image/jpeg", jpeg(restart_marker_blocks=1)),
    "grey": ("image/jpeg", jpeg("L")),
    "printed": ("image/jpeg", jpeg("CMYK")),
    "palette": ("image/png", png("P")),
    "see-through": ("image/png", png("RGBA")),
    "sixteen bits": ("image/png", png("I;16")),
    "black and white": ("image/png", png("1")),
    "boxes": ("image/heic", avif()),
}


@pytest.mark.parametrize("name", MADE)
def test_it_looks_the_same_and_says_nothing_more(name: str) -> None:
    mime, content = MADE[name]
    made, left_out = anew(mime, content)
    assert left_out
    assert pixels(made) == pixels(content)
    assert PLANTED in content
    assert PLANTED not in made
    with Image.open(io.BytesIO(made)) as picture:
        assert not picture.getexif().get_ifd(0x8825)
        assert not {"icc_profile", "comment", "xmp", "Location"} & picture.info.keys()


@pytest.mark.parametrize("name", MADE)
def test_a_second_time_nothing_is_left_out(name: str) -> None:
    mime, content = MADE[name]
    made, _left_out = anew(mime, content)
    assert anew(mime, made) == (made, False)


@pytest.mark.parametrize("turned", range(1, 9))
def test_it_is_turned_as_it_was(turned: int) -> None:
    for mime, content in (("image/jpeg", jpeg(turned=turned)), ("image/png", png(turned=turned))):
        made, left_out = anew(mime, content)
        assert left_out
        assert turn(made) == turn(content) == turned
        assert anew(mime, made) == (made, False)
    # In boxes it is the picture's own property, and EXIF counts for nothing.
    made, _left_out = anew("image/heic", avif(turned))
    assert pixels(made) == pixels(avif(turned))


def test_what_has_nothing_to_hide_stays_byte_for_byte() -> None:
    for mime, kind in (("image/jpeg", "JPEG"), ("image/png", "PNG")):
        plain = io.BytesIO()
        drawn().save(plain, kind)
        assert anew(mime, plain.getvalue()) == (plain.getvalue(), False)


def test_boxes_stay_where_they_lie() -> None:
    """What points into the file is not looked for: nothing in it moves."""
    for mime, content in (("image/heic", avif()), ("audio/mp4", memo())):
        made, left_out = anew(mime, content)
        assert left_out
        assert len(made) == len(content)
        assert PLANTED not in made


def test_a_voice_memo_does_not_say_when() -> None:
    made, _left_out = anew("audio/mp4", memo())
    assert b"\1\2\3\4\5\6\7\x08" not in made
    assert b"sound" * 9 in made
    assert anew("audio/mp4", made) == (made, False)


@pytest.mark.parametrize(
    ("name", "bits", "channels"),
    [
        ("baseline", 8, 3),
        ("progressive", 8, 3),
        ("grey", 8, 1),
        ("printed", 8, 4),
        ("palette", 8, 1),
        ("see-through", 8, 4),
        ("sixteen bits", 16, 1),
        ("black and white", 1, 1),
        ("boxes", 8, 3),
    ],
)
def test_how_large_it_says_it_is(name: str, bits: int, channels: int) -> None:
    mime, content = MADE[name]
    assert frame(mime, io.BytesIO(content)) == Frame(*SIZE, bits, channels)
