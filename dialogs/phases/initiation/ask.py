"""Asking the applicants to complete what they sent."""

from dialogs.case import data, group
from dialogs.case.background import Background
from dialogs.case.case import Case, CaseEvent
from dialogs.case.notice import Notice, answer, moment_of, to_applicants
from dialogs.case.step import Step
from dialogs.case.task import dialog, sent_to_us
from dialogs.engine.declare import Question
from dialogs.engine.prefilled import Prefilled
from dialogs.kinds.day import Day
from dialogs.kinds.kind import Option
from dialogs.kinds.several_choices import SeveralChoices
from dialogs.kinds.text import FreeText
from dialogs.language.replies import Button
from dialogs.language.words import Listing, Text, Words, _
from dialogs.phases.initiation.application import APPLICATION
from dialogs.phases.initiation.completion import ASKABLE, labels, sent_since
from dialogs.phases.initiation.criteria import CRITERIA
from dialogs.phases.initiation.part import Asked, initiation, known


def _opens(case: Case) -> bool:
    return sent_to_us(case) and APPLICATION.key in case.kinds and not case.closed


def _missing(background: Background) -> Prefilled | None:
    """What was asked under the criteria that the contact person does not see as met, as far as it was not completed since."""
    one = initiation(background.case).assessment
    if one is None:
        return None
    completed = sent_since(background, one.at)
    unmet = [criterion for criterion in CRITERIA if one.verdicts.get(criterion.key, "met") != "met"]
    wanted = {criterion.key: {question.key for question in criterion.questions} - completed for criterion in unmet}
    keys = [question.key for question in ASKABLE if question.key in set().union(*wanted.values())]
    of = Listing(tuple(criterion.label for criterion in unmet if wanted[criterion.key]))
    source = _("{assessment}: not yet met, or met in part: {criteria}", assessment=one.called, criteria=of)
    return Prefilled({"ids": keys, "words": "", "done": True}, source) if keys else None


def _after(case: Case, event: CaseEvent) -> Case:
    asked = Asked(
        event.id, data.listed(event, "keys"), data.text(event, "message"), data.text(event, "due"), event.by, event.at
    )
    # A new request replaces one that is still open.
    earlier = tuple(one for one in initiation(case).asked if one.answered)
    return known(case, asked=(*earlier, asked)).turned("applicants", event.at)


def _says(event: CaseEvent) -> Words:
    keys = event.data.get("keys")
    ids = keys.get("ids") if isinstance(keys, dict) else keys
    return _(
        "{name} asked for completion by {day}: {what}.",
        name=event.by,
        day=data.day(event, "due"),
        what=Listing(labels(tuple(ids) if isinstance(ids, list | tuple) else ())),
    )


def _tells(case: Case) -> tuple[Notice, ...]:
    asked = initiation(case).request
    if asked is None:
        return ()
    words: list[Text] = [
        _(
            "{name} has read your application {reference} and asks you to complete it:",
            name=asked.by,
            reference=case.reference,
        ),
        asked.message,
        _("It is about: {what}.", what=Listing(labels(asked.keys))),
    ]
    if due := moment_of(asked.due):
        words.append(_("Please answer by {day}.", day=due))
    rows = ((Button(_("Answer now"), f"complete:{case.id}", weight="main"),), answer(case))
    return (to_applicants(_("Please complete your application"), *words, rows=rows),)


ASK = Step(
    id="ask",
    by="staff",
    internal=False,
    after=_after,
    says=_says,
    label=_("Ask for completion"),
    dialog=dialog(
        "ask",
        _("Ask for completion"),
        Question(
            "keys",
            _("What to complete"),
            _("Which answers do you want them to complete?"),
            SeveralChoices(tuple(Option(one.key, one.label, was=one.was) for one in ASKABLE)),
            hint=_("Only these are opened. Everything else stays as it was sent."),
        ),
        Question(
            "message",
            _("Message"),
            _("What is missing, and why do you ask? Write to them."),
            FreeText(1500),
            hint=_(
                "They read it as you write it. Short and plain words help whoever does not have Swedish as a mother tongue."
            ),
        ),
        Question("due", _("Answer by"), _("By what day do you wish an answer?"), Day()),
        send=_("Send the request"),
        done=_("The request is on its way"),
        review=(_("This goes to the applicants, who are told in their language what is asked."),),
    ),
    group=group.APPLICANTS,
    opens=_opens,
    prefilled={"keys": _missing},
    tells=_tells,
    shares=True,
    beside="answers",
    rank=20,
)
