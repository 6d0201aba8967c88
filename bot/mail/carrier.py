"""E-mail: notices and receipts, over SMTP."""

import asyncio
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.utils import make_msgid
from typing import assert_never

import aiosmtplib
from yarl import URL

from bot.documents.calendar import calendar_file
from bot.settings.sender import sender
from bot.speech.catalogs import say, tag
from bot.worker.delivery import CARRYING
from bot.worker.outcome import Delivered, Failed, Gone, Outcome
from dialogs.language.replies import Appointment, Ask, Export, Receipt, Reply, Retraction, Review, Tell
from dialogs.language.words import Text, Words, _
from storage.outbox.outbox import Post

TIMEOUT = 30
"""Seconds that the mail server has for each answer."""
SENDING = 180
"""Seconds for one letter, including every answer of the server."""
if SENDING >= CARRYING:
    raise ValueError("Delivery gives a carrier up before it has done what it may do")
PERMANENT = 500
NOT_OFFERED = "no STARTTLS, or no way to sign in"
"""What aiosmtplib means by an SMTPException of no particular kind: the server does not offer what we demand."""


class Mail:
    """Carries letters over `smtp_url`: smtps:// is TLS from the start, smtp+starttls:// demands STARTTLS, and smtp:// uses it where it is offered.

    A password goes over TLS alone: with a password, smtp:// demands STARTTLS as well, so that someone who strips the offer on the way
    gets nothing. Certificates are checked against the system's authorities. Replies go to `mailbox`. ValueError when `sent_from` cannot
    be a sender.
    """

    def __init__(self, smtp_url: str, sent_from: str, mailbox: str = "") -> None:
        self.url, self.sender, self.mailbox = URL(smtp_url), sender(sent_from), mailbox

    async def carry(self, post: Post) -> Outcome:
        """Send a post as a plain text message. If a row is sent twice, both have the same Message-ID, so that a duplicate can be recognised."""
        try:
            async with asyncio.timeout(SENDING):
                return await self._carried(post)
        except TimeoutError:
            return Failed("mail: too slow")

    async def _carried(self, post: Post) -> Outcome:
        message = written(post, self.sender, self.mailbox)
        line = self._line()
        try:
            await line.connect()
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            return Failed(f"mail: {_reason(error)}")  # never final: the server said nothing about this letter
        try:
            async with line:
                await line.send_message(message, recipients=[str(message["To"])])
        except aiosmtplib.SMTPRecipientsRefused as error:
            final = all(one.code >= PERMANENT for one in error.recipients)
            return Gone("mail address refused") if final else Failed("mail refused for now")
        except aiosmtplib.SMTPNotSupported:  # letters before the @ that this server has no way to send
            return Gone("mail address not ASCII")
        except aiosmtplib.SMTPResponseException as error:
            return Failed(f"mail: {error.code}", final=error.code >= PERMANENT)
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            return Failed(f"mail: {_reason(error)}")
        return Delivered()

    def _line(self) -> aiosmtplib.SMTP:
        demanded = self.url.scheme == "smtp+starttls" or (self.url.scheme == "smtp" and self.url.user is not None)
        return aiosmtplib.SMTP(
            hostname=self.url.host,
            port=self.url.port,
            username=self.url.user,
            password=self.url.password,
            use_tls=self.url.scheme == "smtps",
            start_tls=True if demanded else None,
            timeout=TIMEOUT,
        )


def _reason(error: Exception) -> str:
    """What went wrong, without the server's own words, which may quote an address."""
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return str(error.code)
    return NOT_OFFERED if type(error) is aiosmtplib.SMTPException else type(error).__name__


def mailed(address: str) -> MailAddress:
    """An address as a letter has it: its domain in ASCII (IDNA), which every server knows, and before the @ what it is."""
    local, _at, domain = address.rpartition("@")
    return MailAddress(username=local, domain=domain if domain.isascii() else URL.build(host=domain).raw_host or domain)


def written(post: Post, sender: MailAddress, mailbox: str = "") -> EmailMessage:
    """The message: a subject and plain text, in the post's language. A letter to the mailbox itself has no Reply-To."""
    heading, words = _content(post.reply)
    message = EmailMessage()
    message["Subject"] = " ".join(say(heading, post.locale).split())
    message["From"] = sender
    message["To"] = mailed(post.to.address)
    if mailbox and mailbox != post.to.address:
        message["Reply-To"] = mailed(mailbox)
    message["Date"] = post.created_at
    message["Message-ID"] = (
        f"<outbox-{post.id}.{int(post.created_at.timestamp())}@{sender.domain}>"
        if post.id > 0
        else make_msgid("alarm", sender.domain)
    )
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n\n".join(say(text, post.locale) for text in words) + "\n")
    message["Content-Language"] = tag(post.locale)  # after the content, which sets its own
    if isinstance(post.reply, Appointment):
        organizer = mailbox or sender.addr_spec
        content = calendar_file(post.reply, post.locale, post.created_at, organizer)
        parameters = {"method": "PUBLISH", "charset": "utf-8"}
        message.add_attachment(content, "text", "calendar", filename=f"{post.reply.uid}.ics", params=parameters)
    return message


def _content(reply: Reply) -> tuple[Words, tuple[Text, ...]]:
    match reply:
        case Tell(title=title, words=words):
            return title or _("Samverkansguiden"), words
        case Receipt(title=title, reference=reference, at=at, words=words):
            return title, (_("Reference number: {reference}", reference=reference), _("Received: {at}", at=at), *words)
        case Appointment(title=title, at=at, place=place, words=words):
            return title, (_("{at}", at=at), _("Place: {place}", place=place), *words)
        case Ask() | Review() | Export() | Retraction():
            raise TypeError(f"{reply.type} does not go by mail")
    assert_never(reply)
