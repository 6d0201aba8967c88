"""Drafts in which nothing was ever written: people who looked in and went away leave one behind."""

from datetime import datetime

from sqlalchemy import ColumnElement, Text, cast, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.cases.silent_drafts import Chosen
from storage.database.tables import case_events, drafts, participants

NOTHING = "{}"


async def empty(connection: AsyncConnection, before: datetime, most: int, among: Chosen = None) -> list[int]:
    """Up to `most` open drafts without any answer, untouched since `before`, whose writers have written and sent nothing anywhere else either.

    Drafts that the city began do not count. This scans all drafts, so call it in Database.read first, then again `among` those found.
    """
    writers, theirs, beside = participants.alias(), participants.alias(), drafts.alias()
    has_more = (
        exists()
        .where(writers.c.case_id == drafts.c.case_id, theirs.c.person_id == writers.c.person_id)
        .where(beside.c.case_id == theirs.c.case_id, or_(beside.c.sent, ~_is_empty(beside.c.answers)))
    )
    query = (
        select(drafts.c.id)
        .where(~drafts.c.sent, drafts.c.touched_at < before, _is_empty(drafts.c.answers))
        .where(exists().where(participants.c.case_id == drafts.c.case_id), ~has_more)
        .where(~exists().where(case_events.c.case_id == drafts.c.case_id))
    )
    if among is not None:
        query = query.where(drafts.c.id.in_(among))
    return list((await connection.execute(query.order_by(drafts.c.id).limit(most))).scalars())


def _is_empty(answers: ColumnElement[object]) -> ColumnElement[bool]:
    return cast(answers, Text) == NOTHING
