"""What a page weighs on its way to a browser."""

from playwright.async_api import Page


async def loads(page: Page, url: str) -> list[float]:
    """The bytes over the wire of each request that the page makes, headers included."""
    session = await page.context.new_cdp_session(page)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    await session.send("Network.enable")
    await page.goto(url, wait_until="networkidle")
    await session.detach()
    return [size for size in sizes if size]  # what the browser had already costs nothing
