"""Telegram's HTML as its server reads it (Bot API, HTML style): which tags there are, how they nest, what is left as text."""

import html
import re

TAGS = {
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "code",
    "pre",
    "blockquote",
    "a",
    "tg-spoiler",
    "span",
    "tg-emoji",
}
TOKEN = re.compile(r"<(/?)([^\s<>/]*)([^<>]*)>|<|&(?:#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);|[^<&]+|&")


class CannotParse(ValueError):
    """The text is no HTML of Telegram's. Its text is what the server would say."""


def parse(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The plain text and its entities, as (tag, text in it). CannotParse as the server would refuse it."""
    plain, entities = "", []
    open_tags: list[tuple[str, int]] = []
    for token in TOKEN.finditer(text):
        closing, name, rest = token[1], (token[2] or "").lower(), token[3]
        if token[0].startswith("<"):
            if name not in TAGS or (rest.strip() and name not in ("a", "span", "tg-emoji", "blockquote", "code")):
                raise CannotParse(f'Unsupported start tag "{name}" at byte offset {token.start()}')
            if not closing:
                open_tags.append((name, len(plain)))
                continue
            if not open_tags or open_tags[-1][0] != name:
                raise CannotParse(f"Unexpected end tag at byte offset {token.start()}")
            _name, begin = open_tags.pop()
            entities.append((name, plain[begin:]))
        else:
            plain += html.unescape(token[0]) if token[0].endswith(";") else token[0]
    if open_tags:
        raise CannotParse(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return plain, entities


def units(text: str) -> int:
    """UTF-16 units, counted in another way than the program does."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
