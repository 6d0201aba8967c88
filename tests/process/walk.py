"""The whole way through the web chat, and what a receipt says."""

import re
from collections.abc import Iterator

from tests.answers import went_on
from tests.process.blocking_visitor import STEPS, BlockingVisitor
from tests.web.page import Page


def reference_in(page: Page) -> str:
    """The reference number on a page. AssertionError when there is none."""
    found = re.search(r"SAM-\d{4}-\d{4,}", page.text)
    assert found, page.text
    return found[0]


def to_the_review(visitor: BlockingVisitor) -> Page:
    """From hello to the review."""
    return on_to_the_review(visitor, visitor.press(visitor.see(), "accept"))


def on_to_the_review(visitor: BlockingVisitor, page: Page) -> Page:
    """From the question that this page asks to the review."""
    *_questions, review = pages(visitor, page)
    return review


def undisturbed(url: str) -> list[str]:
    """The questions that somebody else is asked there, from the first to the review, which is ""."""
    visitor = BlockingVisitor(url)
    found = [page.question for page in pages(visitor, visitor.press(visitor.see(), "accept"))]
    visitor.close()
    return found


def pages(visitor: BlockingVisitor, page: Page) -> Iterator[Page]:
    """Every page on the way, from this one to the review."""
    yield page
    while page.question:
        asked = page.question
        for act, filled in STEPS[asked]:
            page = visitor.press(page, act, filled)
        went_on(asked, page.question, page.text)
        yield page
