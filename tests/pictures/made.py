"""Pictures and recordings as phones and programs make them, with a place, a time and a name in them."""

import io
import struct
from zlib import crc32

from PIL import Image, PngImagePlugin

from bot.pictures import rewrite
from tests.samples import box, full

PLANTED = b"Zebrafinken 55.6090 13.0007"
"""What no picture may still say when it was written anew."""
SIZE = (48, 32)


def drawn(mode: str = "RGB") -> Image.Image:
    """A picture in which every corner looks different."""
    picture = Image.new("RGB", SIZE)
    picture.putdata([(5 * x, 7 * y, (x * y) % 256) for y in range(SIZE[1]) for x in range(SIZE[0])])
    return picture.convert(mode)


def exif(turned: int = 1) -> Image.Exif:
    """Where it was taken, with what, and how it is turned."""
    said = Image.Exif()
    said[0x010F] = PLANTED.decode()
    said[0x0112] = turned
    said.get_ifd(0x8825)[1] = "N"
    said.get_ifd(0x8825)[2] = (55.0, 36.0, 32.4)
    return said


def jpeg(mode: str = "RGB", turned: int = 1, **more: object) -> bytes:
    """A photo as a phone makes it: EXIF, a profile of colours, a comment, and after its end a film."""
    made = io.BytesIO()
    drawn(mode).save(made, "JPEG", exif=exif(turned), icc_profile=PLANTED * 5000, comment=PLANTED, **more)
    return made.getvalue() + b"\0\0\0\x18ftypmp42" + PLANTED


def png(mode: str = "RGB", turned: int = 1) -> bytes:
    """A picture with words in it, of two kinds, EXIF, a profile, and something after its end."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Location", PLANTED.decode())
    words.add_itxt("XML:com.adobe.xmp", PLANTED.decode())
    made = io.BytesIO()
    drawn(mode).save(made, "PNG", pnginfo=words, exif=exif(turned), icc_profile=PLANTED)
    return made.getvalue() + PLANTED


def avif(turned: int = 1) -> bytes:
    """A picture in boxes. HEIC is the same with another code for its pixels, which nothing here can make."""
    made = io.BytesIO()
    drawn().save(made, "AVIF", exif=exif(turned), xmp=PLANTED, quality=100)
    return made.getvalue() + box(b"mpvd", box(b"ftyp", b"mp42"), PLANTED)


def memo() -> bytes:
    """A voice memo: when it was recorded and where, among its boxes and beside them."""
    said = box(b"udta", box(b"\xa9xyz", PLANTED), box(b"meta", full(b"ilst", PLANTED)))
    track = box(b"trak", full(b"tkhd", b"\1\2\3\4\5\6\7\x08", bytes(76)), box(b"meta", PLANTED))
    moov = box(b"moov", full(b"mvhd", b"\1\2\3\4\5\6\7\x08", bytes(92)), track, said)
    return box(b"ftyp", b"M4A \0\0\0\0M4A mp42") + moov + box(b"mdat", b"sound" * 9) + box(b"uuid", bytes(16), PLANTED)


def chunk(kind: bytes, content: bytes = b"") -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc32(kind + content))


def segment(code: int, content: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes((0xFF, code)) + (len(content) + 2).to_bytes(2) + content


def anew(mime: str, content: bytes) -> tuple[bytes, bool]:
    """What is written anew of it, and whether anything was left out."""
    target = io.BytesIO()
    left_out = rewrite(mime, io.BytesIO(content), target)
    return target.getvalue(), left_out


def pixels(content: bytes) -> tuple[str, bytes]:
    """What is seen of a picture, unturned."""
    with Image.open(io.BytesIO(content)) as picture:
        return picture.mode, picture.tobytes()


def turn(content: bytes) -> int:
    """How a viewer is told to turn it."""
    with Image.open(io.BytesIO(content)) as picture:
        return int(picture.getexif().get(0x0112, 1))
