"""Where files are asked for, the sentence says how many and how large, as the code has it."""

from bot.speech.catalogs import say
from dialogs.engine.declare import Question
from dialogs.kinds.files import BIGGEST, TROUBLE, Attachments
from dialogs.phases.steps import DIALOGS

WANTED: dict[str, Question] = {
    f"{dialog.key}.{question.key}": question
    for dialog in DIALOGS.values()
    for section in dialog.sections
    for question in section.questions
    if isinstance(question.kind, Attachments)
}


def test_a_question_says_how_many_files_its_kind_takes() -> None:
    assert WANTED
    for key, question in WANTED.items():
        assert isinstance(question.kind, Attachments)
        assert question.ask.values == {"most": question.kind.most}, key
        assert f"{question.kind.most} at most" in say(question.ask, "en"), key


def test_a_hint_and_a_refusal_say_how_large_a_file_may_be() -> None:
    said = f"{BIGGEST // 1_000_000} MB"
    assert said.replace(" ", "\u00a0") in say(TROUBLE["too_big"], "sv")
    for key, question in WANTED.items():
        if question.hint:
            assert said in say(question.hint, "en"), key
