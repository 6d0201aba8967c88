"""What a picture says besides what is seen on it: where it was taken, when, with what. It reaches nobody."""

import io
import zipfile

import pytest

from tests.pictures.made import PLANTED, avif, jpeg, memo, pixels, png
from tests.web.cases import comes_in
from tests.web.conftest import Served
from tests.web.visitor import Visitor
from tests.web.walk import walk

SENT = {
    "foto.jpg": jpeg(turned=6),
    "bild.png": png(),
    "iphone.heic": avif().replace(b"ftypavif", b"ftypheic"),
    "samtal.m4a": memo(),
}


@pytest.mark.parametrize("name", SENT)
async def test_where_a_photo_was_taken_is_in_no_download_and_in_no_package(
    served: Served, visitor: Visitor, name: str
) -> None:
    await walk(visitor, "papers")
    await visitor.press("add", files=((name, SENT[name]),))
    await visitor.press("done")
    await walk(visitor)
    await visitor.press("send")
    await visitor.press("sure")
    async with Visitor(served.url) as desk:
        await comes_in(served, desk)
        reference = "SAM-" + visitor.page.html.partition("SAM-")[2][:9]
        page = await desk.open(f"/queue/{reference}")
        (link,) = {one for one in page.html.split('"') if "/files/" in one}
        async with desk.session.get(served.url + link) as answer:
            content = await answer.read()
        async with desk.session.get(f"{served.url}/queue/{reference}/package") as answer:
            packed = zipfile.ZipFile(io.BytesIO(await answer.read()))
    assert content in {packed.read(one) for one in packed.namelist() if one.startswith("filer/")}
    for one in (content, *map(packed.read, packed.namelist())):
        assert PLANTED not in one
    if name.endswith((".jpg", ".png")):
        assert pixels(content) == pixels(SENT[name])
