"""What in a model's words is no answer: refusals, other languages, loops, code, thoughts."""

from collections.abc import Generator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.citations.markers import cites
from rag.errors import LLMError
from rag.models.llm import answers_only, is_sound
from rag.models.llm.prompts import NOT_IN_ARCHIVE
from rag.models.llm.refusals import finds_nothing, refuses
from rag.models.llm.reply import loops
from rag.text.language import is_foreign

ASKED = "How much did the council spend on the bridge?"
SAID = "The council spent $4 million on the bridge, the mayor said on Monday [1]."


def shown(text: str, cut: int = 3, question: str = ASKED) -> tuple[list[str], LLMError | None]:
    """Return the pieces that come through, and the error that ends them."""

    def pieces() -> Generator[str, None, None]:
        yield from (text[start : start + cut] for start in range(0, len(text), cut))

    passed: list[str] = []
    try:
        passed.extend(answers_only(pieces(), question, cites))
    except LLMError as error:
        return passed, error
    return passed, None


# --- Refusals ---

REFUSALS = [
    "I'm sorry, but I can't assist with that request.",
    "I’m sorry, as an AI language model I can't discuss political topics.",
    "As an AI language model, I do not have opinions.",
    "As a large language model, I must decline to answer.",
    "I cannot help with that.",
    "I am unable to provide this information. Please consult an expert.",
    "I am an AI assistant and can't do that.",
    "Sorry, I won't answer this question.",
    "I apologize, but I cannot comment on elections.",
    "Unfortunately, I am not able to share details about real people.",
    "This goes against my guidelines, so no.",
    "My training data ends in 2023.",
    "Es tut mir leid, aber ich kann diese Frage nicht beantworten.",
    "Als KI-Sprachmodell kann ich dazu nichts sagen.",
    "Je suis désolé, mais je ne peux pas répondre.",
    "Lo siento, pero no puedo ayudar con eso.",
    "Mi dispiace, ma non posso rispondere.",
    "Извините, но я не могу ответить.",
    "抱歉，我无法回答这个问题。",
    "申し訳ありませんが、お答えできません。",
]
NO_REFUSALS = [
    SAID,
    "The mayor said: \"I'm sorry, I can't help with that\" [1].",
    "'I can't answer that,' the mayor told reporters [1].",
    "“As an AI language model, I have no opinion,” the chatbot replied [2].",
    "As an AI company, the start-up has raised $40 million [1].",
    "As an act of protest, drivers blocked the bridge [1].",
    "The minister said that he could not answer and was unable to comment [1].",
    "The council apologised, but it could not say when the bridge will open [1].",
    "The company said it cannot provide figures [3].",
    "Based on the report, the council spent $4 million [1].",
    "Unfortunately for the council, the bridge cost more than planned [1].",
]


@pytest.mark.parametrize("text", REFUSALS)
def test_a_refusal_is_known_and_never_shown(text: str) -> None:
    assert refuses(text)
    passed, error = shown(text, question="?")
    assert passed == []
    assert error is not None
    assert "refused" in error.message
    assert "RAG_LLM_MODEL" in error.hint
    assert error.partial == text


@pytest.mark.parametrize("text", NO_REFUSALS)
def test_news_is_no_refusal(text: str) -> None:
    assert not refuses(text)
    passed, error = shown(text)
    assert error is None
    assert "".join(passed) == text


def test_a_refusal_after_a_good_beginning_takes_it_back() -> None:
    passed, error = shown(SAID + " As an AI language model, I can't say more.")
    assert "".join(passed).startswith("The council spent")
    assert error is not None
    assert "refused" in error.message


@pytest.mark.parametrize(
    "text",
    [
        "The provided paragraphs do not mention how much was spent.",
        "The paragraphs don't say.",
        "I'm sorry, but the archive does not contain this information.",
        "There is no information about the bridge in the given text.",
        "The answer is not mentioned in any of the articles.",
        "I cannot find the answer in the provided paragraphs.",
        "Based on the given context, it is not possible to determine the cost from the text.",
        "None of the paragraphs mention a bridge.",
        "Unfortunately, I do not have enough information to answer.",
    ],
)
def test_an_answer_that_finds_nothing_says_so_in_our_words(text: str) -> None:
    assert finds_nothing(text, cites)
    assert shown(text) == ([NOT_IN_ARCHIVE], None)


@pytest.mark.parametrize(
    "text",
    [
        "The paragraphs do not say how much was spent, but the bridge is open [1].",
        SAID,
        "The report does not say who is to blame, the mayor noted. The bridge is closed [2].",
        "The council found no evidence of fraud.",
    ],
)
def test_an_answer_that_finds_something_is_kept(text: str) -> None:
    assert not finds_nothing(text, cites)
    passed, error = shown(text)
    assert ("".join(passed), error) == (text, None)


# --- Language ---

FOREIGN = {
    "de": "Der Stadtrat hat nach Angaben des Bürgermeisters 4 Millionen Dollar ausgegeben [1].",
    "fr": "Le conseil a dépensé 4 millions de dollars pour le pont, selon le maire [1].",
    "es": "El ayuntamiento gastó 4 millones de dólares en el puente, según el alcalde [1].",
    "it": "Il comune ha speso 4 milioni di dollari per il ponte, secondo il sindaco [1].",
    "pt": "A câmara gastou 4 milhões de dólares na ponte, segundo o presidente [1].",
    "nl": "De raad heeft volgens de burgemeester 4 miljoen dollar aan de brug besteed [1].",
    "pl": "Rada wydała na most 4 miliony dolarów, jak powiedział burmistrz, i nie tylko to [1].",
    "sv": "Kommunen har enligt borgmästaren lagt 4 miljoner dollar på bron [1].",
    "tr": "Belediye başkanına göre meclis köprü için 4 milyon dolar harcadı ve bu çok [1].",
    "id": "Dewan kota telah menghabiskan 4 juta dolar untuk jembatan itu, menurut wali kota [1].",
    "ru": "По словам мэра, совет потратил на мост 4 миллиона долларов [1].",
    "el": "Το συμβούλιο δαπάνησε 4 εκατομμύρια δολάρια για τη γέφυρα [1].",
    "ar": "أنفق المجلس أربعة ملايين دولار على الجسر [1].",
    "he": "המועצה הוציאה ארבעה מיליון דולר על הגשר [1].",
    "hi": "परिषद ने पुल पर चालीस लाख डॉलर खर्च किए [1].",
    "zh": "市长周一表示，市议会在这座桥上花费了四百万美元 [1]。",
    "ja": "市議会は橋に四百万ドルを費やしたと市長は述べた [1]。",
    "ko": "시의회는 다리에 사백만 달러를 썼다고 시장이 말했다 [1].",
}
QUESTIONS = {
    "de": "Wie viel hat der Stadtrat für die Brücke ausgegeben?",
    "fr": "Combien le conseil a-t-il dépensé pour le pont ?",
    "es": "¿Cuánto gastó el ayuntamiento en el puente?",
    "it": "Quanto ha speso il comune per il ponte?",
    "nl": "Hoeveel heeft de raad aan de brug besteed?",
    "ru": "Сколько совет потратил на мост?",
    "zh": "市议会花了多少钱？",
    "ja": "市議会はいくら使いましたか？",
    "ko": "시의회는 얼마를 썼나요?",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_an_answer_in_another_language_is_never_shown(language: str) -> None:
    assert is_foreign(FOREIGN[language], ASKED)
    passed, error = shown(FOREIGN[language])
    assert passed == []
    assert error is not None
    assert "another language" in error.message


@pytest.mark.parametrize("language", QUESTIONS)
def test_an_answer_in_the_language_of_its_question_is_kept(language: str) -> None:
    answer, question = FOREIGN[language], QUESTIONS[language]
    assert not is_foreign(answer, question)
    assert "".join(shown(answer, question=question)[0]) == answer
    assert is_foreign(SAID, question)


@pytest.mark.parametrize(
    ("answer", "question"),
    [
        (FOREIGN["de"], "How much did the council spend? Answer in German, please."),
        (FOREIGN["ru"], "How much did the council spend? In Russian!"),
        (SAID, "Сколько совет потратил на мост? Ответ на английском"),
        ("He said: “Wir schaffen das und wir machen das für die Stadt” [1].", ASKED),
        ("He said: «Мы построим этот мост, и он будет стоять» [1].", ASKED),
        ("$4 million [1].", ASKED),
        ("Volodymyr Zelenskyy (Володимир Зеленський) [1].", ASKED),
        ("Ursula von der Leyen, Olaf Scholz and Charles de Gaulle were there [1].", ASKED),
        ("Gabriel García Márquez, Günter Grass, Stanisław Lem, Le Clézio [1][2].", ASKED),
        (FOREIGN["de"], "Bowman?"),
        (FOREIGN["ru"], "1945?"),
    ],
)
def test_only_what_is_certain_counts_as_foreign(answer: str, question: str) -> None:
    assert not is_foreign(answer, question)


def test_a_language_that_is_not_listed_is_told_by_what_it_lacks() -> None:
    czech = (
        "rada utratila podle starosty za nový most přes řeku celkem čtyři miliony dolarů, což je"
        " více než kolik stál předchozí projekt, jenž nikdy nebyl dokončen kvůli sporům [1]."
    )
    assert is_foreign(czech, ASKED)


# --- Loops ---


@pytest.mark.parametrize(
    "again", ["It rained again. ", "no ", " ", "\n", "x", "The council met on Monday [1]. " * 5]
)
def test_a_loop_is_noticed_after_a_few_rounds(again: str) -> None:
    passed, error = shown(f"{SAID} " + again * 2_000, cut=7)
    assert error is not None
    assert "repeated itself" in error.message
    assert len("".join(passed)) < len(SAID) + 260 + 6 * len(again)


def test_saying_it_three_times_is_no_loop() -> None:
    assert not loops(f"{SAID} " * 3)
    assert not loops("ha " * 20)


@given(st.text(min_size=1, max_size=300))
def test_a_loop_is_one_however_long_its_round(again: str) -> None:
    assert loops(again * (4 + 400 // len(again)))


# --- Form ---


@pytest.mark.parametrize(
    "text",
    [
        '{"answer": "The council spent $4 million [1].", "sources": [1]}',
        '[{"text": "The council spent $4 million", "source": 1}]',
        '```json\n{"answer": "The council"}\n```',
        "```\nThe council spent $4 million [1].\n```",
        "<answer>The council spent $4 million [1].</answer>",
    ],
)
def test_data_and_code_are_never_shown(text: str) -> None:
    passed, error = shown(text)
    assert passed == []
    assert error is not None
    assert "code or data" in error.message


def test_code_after_a_word_of_greeting_is_taken_back() -> None:
    _, error = shown(
        'Here is the answer:\n```json\n{"answer": "The council spent $4 million"}\n```'
    )
    assert error is not None
    assert "code or data" in error.message


@pytest.mark.parametrize("text", ["[1] " + SAID, "(4) " + SAID, "<3 " + SAID, "`4` " + SAID])
def test_brackets_alone_are_no_code(text: str) -> None:
    passed, error = shown(text)
    assert ("".join(passed), error) == (text, None)


@pytest.mark.parametrize("cut", [1, 3, 500])
def test_thoughts_are_left_out(cut: int) -> None:
    text = f"<think>\nI'm sorry, what is in [2]? The user wants…\n</think>\n\n{SAID}"
    passed, error = shown(text, cut)
    assert ("".join(passed), error) == (SAID, None)


def test_thoughts_without_an_answer_are_nothing() -> None:
    assert "".join(shown("<think>Well, the council")[0]) == ""


# --- The stream ---


def test_an_answer_begins_to_show_at_once() -> None:
    passed, _ = shown(SAID, cut=1)
    assert len(passed[0]) <= len("The council")
    assert len(passed) >= len(SAID) - len("The council")


@given(st.integers(min_value=1, max_value=200))
def test_pieces_do_not_matter(cut: int) -> None:
    for text in (SAID, REFUSALS[0], FOREIGN["de"]):
        passed, error = shown(text, cut)
        assert "".join(passed) == (text if error is None else "")
        assert (error is None) is is_sound(text, ASKED)


@given(st.text(max_size=200))
def test_any_text_comes_through_whole_or_not_at_all(text: str) -> None:
    passed, error = shown(text)
    if error is None and passed != [NOT_IN_ARCHIVE]:
        assert "".join(passed) == text.lstrip()


def test_what_was_asked_of_the_model_ends_with_the_error() -> None:
    closed = []

    def pieces() -> Generator[str, None, None]:
        try:
            while True:
                yield "again and "
        finally:
            closed.append(True)

    with pytest.raises(LLMError, match="repeated itself"):
        list(answers_only(pieces(), ASKED, cites))
    assert closed == [True]
