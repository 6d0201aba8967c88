"""The overview on the contact persons' phone: in words, and as a picture that Telegram takes."""

from tests.telegram.applicants import sent
from tests.telegram.stage import Stage


async def test_the_overview_in_words_and_as_a_picture(stage: Stage) -> None:
    karin = stage.staff_phone()
    await stage.invited(karin)
    await sent(stage)
    await karin.read()
    await karin.say("/overview")
    said = await karin.read()
    assert "How support is spread over the city" in said
    assert "1 case" in said
    assert "None yet from" in said
    assert "(a picture)" in said
    assert "https://example.se/queue/overview" in said
    assert stage.staff_account.files[karin.last["photo"][0]["file_id"]].startswith(b"\x89PNG")
    await karin.tap("queue")
    assert "SAM-" in await karin.read()


async def test_the_overview_of_an_empty_city(stage: Stage) -> None:
    karin = stage.staff_phone()
    await stage.invited(karin)
    await karin.tap("overview")
    assert "(a picture)" in await karin.read()
