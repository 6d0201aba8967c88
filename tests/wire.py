"""The world beyond the outbox, for tests."""

import asyncio

from bot.worker.outcome import Delivered, Outcome
from dialogs.language.replies import Tell
from storage.outbox.outbox import Post


class Wire:
    """The world beyond: writes down what it was given and answers as told."""

    def __init__(self, *outcomes: Outcome, pause: float = 0) -> None:
        self.outcomes, self.pause, self.posts = list(outcomes), pause, list[Post]()

    async def carry(self, post: Post) -> Outcome:
        """Take a post."""
        self.posts.append(post)
        await asyncio.sleep(self.pause)
        return self.outcomes.pop(0) if self.outcomes else Delivered()

    def texts(self) -> list[str]:
        """What it was given, in order."""
        return [
            text
            for post in self.posts
            if isinstance(post.reply, Tell)
            for text in post.reply.words
            if isinstance(text, str)
        ]
