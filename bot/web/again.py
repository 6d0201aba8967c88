"""A form that was not taken: what stood in it comes back on the page that says so, to be sent once more. It works without scripts, too."""

from dataclasses import dataclass, field

from aiohttp import web

from bot.web.post import MOST_BYTES, OURS, Post, post_of, read


@dataclass(frozen=True, slots=True)
class Again:
    """The inputs of the form, by name, and whether it brought files, which a browser cannot be given back."""

    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: bool = False

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What somebody wrote, to be read and changed."""
        return [pair for pair in self._pairs() if not _is_hidden(*pair)]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form says beside it: its button, its draft, what was ticked."""
        return [pair for pair in self._pairs() if _is_hidden(*pair)]

    def _pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name, values in self.fields.items() for value in values]


NOTHING = Again()


def _is_hidden(name: str, value: str) -> bool:
    return name in OURS or (len(value) < 40 and " " not in value)


async def written(request: web.Request, most: int = MOST_BYTES) -> Again:
    """What stood in the form of `request`, whether or not it has been read by now. A form of more than `most` bytes is not read for that."""
    if request.method != "POST":
        return NOTHING
    if post := post_of(request):
        return Again(post.fields, bool(post.files or post.refused))
    if not 0 < (request.content_length or 0) <= most or "Content-Encoding" in request.headers:
        return NOTHING
    files = False

    async def passed_over(_so_far: Post) -> None:
        nonlocal files
        files = True

    try:
        post = await read(request, passed_over)
    except (web.HTTPException, RuntimeError):  # it is no form, or somebody began to read it
        return NOTHING
    return Again(post.fields, files)
