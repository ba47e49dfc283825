"""What a question asks for, and whether a sentence holds one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.answer_kind import AnswerKind, asked_kind, focus, holds, new_names


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who reported the call?", AnswerKind.PERSON),
        ("Whose book is it?", AnswerKind.PERSON),
        ("Which woman won?", AnswerKind.PERSON),
        ("When did the war begin?", AnswerKind.TIME),
        ("In which year did it end?", AnswerKind.YEAR),
        ("How old is he?", AnswerKind.AGE),
        ("How long did the call last?", AnswerKind.DURATION),
        ("How many people died?", AnswerKind.NUMBER),
        ("What percentage voted?", AnswerKind.NUMBER),
        ("What was the total cost?", AnswerKind.MONEY),
        ("Where was he born?", AnswerKind.PLACE),
        ("In what city is it?", AnswerKind.PLACE),
        ("Why did he refuse?", AnswerKind.REASON),
        ("What caused the fire?", AnswerKind.REASON),
        ("What did he say?", AnswerKind.OTHER),
        ("Tell me about Starlink.", AnswerKind.OTHER),
        ("WHO ASKED WHEN?", AnswerKind.PERSON),
        ("When did the man who fell arrive?", AnswerKind.TIME),
        ("Which case was lost when he moved?", AnswerKind.OTHER),
        ("When the bridge fell, who was blamed?", AnswerKind.PERSON),
        ("Where the river bends, how many people live?", AnswerKind.NUMBER),
        ("Since when has it been closed?", AnswerKind.TIME),
        ("", AnswerKind.OTHER),
        ("谁?", AnswerKind.OTHER),
    ],
)
def test_the_earliest_cue_decides(question: str, kind: AnswerKind) -> None:
    assert asked_kind(question) is kind


@pytest.mark.parametrize(
    ("kind", "sentence", "held"),
    [
        (AnswerKind.TIME, "It began on Thursday.", True),
        (AnswerKind.TIME, "It began in 1914.", True),
        (AnswerKind.TIME, "It is a big house.", False),
        (AnswerKind.DURATION, "It lasted two and a half years.", True),
        (AnswerKind.DURATION, "It was a medium-length call.", True),
        (AnswerKind.DURATION, "He was tired.", False),
        (AnswerKind.DURATION, "They held out for almost a month.", True),
        (AnswerKind.DURATION, "The outcome is known in seconds.", True),
        (AnswerKind.DURATION, "They spoke on a day in May.", False),
        (AnswerKind.TIME, "They vote at 5 pm.", True),
        (AnswerKind.TIME, "The duchy was founded in 911.", True),
        (AnswerKind.AGE, "Over the age of 18, all may stand.", True),
        (AnswerKind.NUMBER, "It cost $118 million.", True),
        (AnswerKind.NUMBER, "Several people died.", True),
        (AnswerKind.NUMBER, "He was tired.", False),
        (AnswerKind.REASON, "He left because it rained.", True),
        (AnswerKind.REASON, "He left.", False),
        (AnswerKind.PERSON, "The call was reported by Axios.", True),
        (AnswerKind.PERSON, "The call was reported by an agency.", False),
        (AnswerKind.PLACE, "He was born in Pretoria.", True),
        (AnswerKind.PLACE, "He spoke on Friday in May.", False),
        (AnswerKind.OTHER, "", True),
    ],
)
def test_traces_of_a_kind(kind: AnswerKind, sentence: str, *, held: bool) -> None:
    assert holds(kind, sentence, "a question") is held


def test_what_the_question_says_itself_is_no_answer() -> None:
    assert not holds(AnswerKind.TIME, "In 1914 it was said.", "When in 1914 did it begin?")
    assert holds(AnswerKind.TIME, "In 1914 and 1915.", "When in 1914 did it begin?")
    assert not holds(AnswerKind.PERSON, "Elon Musk’s firm won.", "Who won against Elon Musk?")


def test_a_country_that_is_asked_for_may_be_the_subject_and_a_place_may_not() -> None:
    sentence = "Sweden rationed heating oil."
    assert holds(AnswerKind.PLACE, sentence, "Which country rationed heating oil?")
    assert not holds(AnswerKind.PLACE, sentence, "Where was heating oil rationed?")


def test_a_reason_may_be_given_in_the_words_of_the_question() -> None:
    sentence = "The storm caused the delay."
    assert holds(AnswerKind.REASON, sentence, "What caused the delay?")


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("How many terminals has Kyiv received?", "terminals"),
        ("What is the title of the book?", "title"),
        ("What was the significance of the victory?", None),
        ("What happened?", None),
    ],
)
def test_the_noun_that_must_stand_in_the_text(question: str, noun: str | None) -> None:
    assert focus(question) == noun


def test_new_names_leave_out_starters_and_the_question() -> None:
    sentence = "The Kremlin said Dmitry Peskov met Musk’s staff. However, It rained."
    assert new_names(sentence, "What did Musk say?")[:3] == ["Kremlin", "Dmitry", "Peskov"]
    assert new_names("the rain fell.", "") == []


@given(st.sampled_from(AnswerKind), st.text(), st.text())
def test_any_text_can_be_asked_about(kind: AnswerKind, sentence: str, question: str) -> None:
    assert isinstance(holds(kind, sentence, question), bool)
    assert asked_kind(question) in AnswerKind
