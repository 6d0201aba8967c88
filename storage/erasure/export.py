"""The export of a person's data: everything that the tables hold about them."""

from typing import Any

from sqlalchemy import Select, Table, case, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.language.channels import secret
from dialogs.phases.steps import INTERNAL, SHARED
from storage.database import door_tables
from storage.database.door_tables import confirmations
from storage.database.tables import (
    addresses,
    case_events,
    case_invitations,
    cases,
    drafts,
    files,
    outbox,
    participants,
    people,
    submissions,
)

TOLD = SHARED
"""Events whose data the applicants know in full, because they were told or said it themselves. Of other events, the export has only kind and time."""


def _of(table: Table, person: int) -> Select[Any]:
    return select(table.c.since, table.c.used_at).where(table.c.person_id == person).order_by(table.c.id)


async def everything_about(connection: AsyncConnection, person: int) -> dict[str, Any]:
    """Everything about a person, as rows by table. For a browser's address it says only that there is one, since of a link we store only a hash."""
    mine = select(participants.c.case_id).where(participants.c.person_id == person)

    async def rows(query: Select[Any]) -> list[dict[str, Any]]:
        return [dict(row) for row in (await connection.execute(query)).mappings()]

    return {
        "person": await rows(select(people).where(people.c.id == person)),
        "sessions": await rows(_of(door_tables.sessions, person)),
        "links": await rows(_of(door_tables.links, person)),
        "addresses": await rows(
            select(
                addresses.c.channel,
                case((addresses.c.channel.in_(secret()), ""), else_=addresses.c.address).label("address"),
                addresses.c.reachable,
                addresses.c.used_at,
                addresses.c.expires_at,
            )
            .where(addresses.c.person_id == person)
            .order_by(addresses.c.id)
        ),
        "cases": await rows(
            select(cases.c.id, cases.c.reference, cases.c.state, cases.c.created_at).where(cases.c.id.in_(mine))
        ),
        "drafts": await rows(
            select(
                drafts.c.id,
                drafts.c.case_id,
                drafts.c.dialog,
                drafts.c.answers,
                drafts.c.sent,
                drafts.c.started_at,
                drafts.c.touched_at,
                drafts.c.reminded_at,
                drafts.c.warned_at,
            ).where(drafts.c.case_id.in_(mine))
        ),
        "sent": await rows(
            select(
                submissions.c.case_id,
                submissions.c.dialog,
                submissions.c.record,
                submissions.c.shared,
                submissions.c.locale,
                submissions.c.terms,
                submissions.c.sent_at,
            )
            .where(or_(submissions.c.case_id.in_(mine), submissions.c.person_id == person))
            .order_by(submissions.c.id)
        ),
        "history": await rows(
            select(
                case_events.c.case_id,
                case_events.c.what,
                case((case_events.c.what.in_(TOLD), case_events.c.data)).label("data"),
                case_events.c.at,
            )
            .where(case_events.c.case_id.in_(mine), case_events.c.what.not_in(INTERNAL))
            .order_by(case_events.c.id)
        ),
        "files": await rows(
            select(files.c.name, files.c.mime, files.c.size, files.c.sha256, files.c.draft_id, files.c.at).where(
                files.c.case_id.in_(mine)
            )
        ),
        "writes": await rows(
            select(participants.c.case_id, participants.c.since, participants.c.link_for).where(
                participants.c.person_id == person
            )
        ),
        "invitations": await rows(
            select(case_invitations.c.case_id, case_invitations.c.used_at).where(case_invitations.c.person_id == person)
        ),
        "confirmations": await rows(
            select(
                confirmations.c.case_id,
                confirmations.c.address,
                confirmations.c.created_at,
                confirmations.c.confirmed_at,
            ).where(confirmations.c.case_id.in_(mine))
        ),
        "waiting": await rows(
            select(outbox.c.channel, outbox.c.state, outbox.c.reply, outbox.c.due_at, outbox.c.created_at)
            .where(outbox.c.person_id == person)
            .order_by(outbox.c.id)
        ),
    }
