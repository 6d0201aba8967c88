"""The contact person's reading copy: a machine translation service that the city runs itself, over LibreTranslate's HTTP interface.

Law: the original is what counts. A translation stands beside it, marked as machine-made, and is kept only in this process's memory.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterable
from http import HTTPStatus

import aiohttp

log = logging.getLogger(__name__)
TIMEOUT = 8
"""Seconds for all the texts of one page together."""
AT_ONCE = 4
KEPT = 2000
"""Translated texts that are remembered, so that they are not asked for twice."""
LANGUAGES = {"sv@easy": "sv"}
"""Our codes for languages that the service names differently."""

Wanted = tuple[str, str]
"""A text, and the language it is written in."""


class Translation:
    """Translates into `target` at `url`; with an empty `url` it is off."""

    def __init__(self, url: str, key: str = "", target: str = "sv") -> None:
        self.url, self._key, self.target = url, key, target
        self._kept: OrderedDict[Wanted, str] = OrderedDict()

    @property
    def on(self) -> bool:
        """Whether there is a service to ask."""
        return bool(self.url)

    async def copies(self, texts: Iterable[Wanted]) -> dict[Wanted, str]:
        """The translations of those texts that could be translated. Texts that failed or took too long are missing; nothing is raised."""
        wanted = [one for one in dict.fromkeys(texts) if one[0].strip() and self._code(one[1]) != self.target]
        missing = [one for one in wanted if one not in self._kept]
        if missing and self.on:
            try:
                async with asyncio.timeout(TIMEOUT), aiohttp.ClientSession() as session:
                    gate = asyncio.Semaphore(AT_ONCE)
                    await asyncio.gather(*(self._ask(session, gate, one) for one in missing))
            except TimeoutError:
                log.warning("translation: too slow")
        return {one: self._kept[one] for one in wanted if one in self._kept}

    async def _ask(self, session: aiohttp.ClientSession, gate: asyncio.Semaphore, one: Wanted) -> None:
        text, source = one
        asked = {"q": text, "source": self._code(source), "target": self.target, "format": "text"}
        try:
            async with gate, session.post(f"{self.url}/translate", json=asked | self._with_key()) as answer:
                if answer.status != HTTPStatus.OK:
                    log.warning("translation: %d", answer.status)
                    return
                translated = (await answer.json()).get("translatedText")
        except (aiohttp.ClientError, ValueError, AttributeError) as error:
            log.warning("translation: %s", type(error).__name__)
            return
        if isinstance(translated, str) and translated.strip():
            self._kept[one] = translated
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def _with_key(self) -> dict[str, str]:
        return {"api_key": self._key} if self._key else {}

    def _code(self, language: str) -> str:
        return LANGUAGES.get(language, language)
