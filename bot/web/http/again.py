"""A form that was not taken: the page that says so gives its contents back, to be sent once more. It works without scripts, too."""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

from bot.web.http.post import MOST_BYTES, OURS, FormPost, is_untouched, post_of, read

PATIENCE = 2.0
"""Seconds for the rest of a refused form to arrive, when we only give it back: a refused request must not hold a connection."""


@dataclass(frozen=True, slots=True)
class Again:
    """The inputs of the form, by name, and whether it brought files, which cannot be given back to a browser."""

    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: bool = False

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What the person wrote, for them to read and change."""
        return [pair for pair in self._pairs() if not _is_hidden(*pair)]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The form's other inputs: its button, its draft, what was ticked."""
        return [pair for pair in self._pairs() if _is_hidden(*pair)]

    def _pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name, values in self.fields.items() for value in values]


NOTHING = Again()


def _is_hidden(name: str, value: str) -> bool:
    return name in OURS or (len(value) < 40 and " " not in value)


async def written(request: web.Request, most: int = MOST_BYTES) -> Again:
    """The contents of the form in `request`, whether or not it has been read yet. A form of more than `most` bytes is not read for this."""
    if request.method != "POST":
        return NOTHING
    if post := post_of(request):
        return Again(post.fields, bool(post.files or post.refused))
    small = 0 < (request.content_length or 0) <= most and "Content-Encoding" not in request.headers
    if not small or not is_untouched(request):
        return NOTHING
    files = False

    async def passed_over(_so_far: FormPost) -> None:
        nonlocal files
        files = True

    try:
        async with asyncio.timeout(PATIENCE):
            post = await read(request, passed_over)
    except (web.HTTPException, TimeoutError):  # it is not a form, or does not arrive
        return NOTHING
    return Again(post.fields, files)
