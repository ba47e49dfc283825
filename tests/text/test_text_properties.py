"""What every step may rely on of words, stems, sentences and what is seen of a text."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.text.dates import day_of, readable_date
from rag.text.language import is_familiar, is_foreign, language_of
from rag.text.lexicon import QUESTION_WORDS, SPELLINGS, STOPWORDS, WORD_FORMS
from rag.text.sentences import LONGEST_SENTENCE, split_sentences, whole_sentences
from rag.text.stems import SENTENCE_END, codes_of, stem_analyzer, stems_of, word_analyzer
from rag.text.unseen import is_unseen, one_line, visible, without_surrogates
from rag.text.words import word_spans, words

NEWS = st.text(
    st.sampled_from("abzÀéßІ北0123 .,'’-_“”\n\t\u200b\u202e\u2028\ud800😀") | st.characters(),
    max_size=60,
)
JOINERS = st.sets(st.sampled_from(".'’-^]\\&")).map("".join)


# --- Words ---


@given(NEWS, JOINERS)
def test_words_stand_in_order_and_hold_every_letter_and_digit(text: str, joined_by: str) -> None:
    spans = list(word_spans(text, joined_by))
    assert [span.of(text) for span in spans] == words(text, joined_by)
    for span, following in pairwise(spans):
        assert span.end <= following.start
    letters = [character for character in text if character.isalnum()]
    assert [c for word in words(text, joined_by) for c in word if c.isalnum()] == letters


@given(NEWS, JOINERS)
def test_a_word_begins_and_ends_with_a_letter_or_digit(text: str, joined_by: str) -> None:
    for word in words(text, joined_by):
        assert word[0].isalnum()
        assert word[-1].isalnum()
        assert all(character.isalnum() or character in joined_by for character in word)


@given(st.lists(st.sampled_from(["U.S.", "Musk's", "don’t", "30-year", "北京", "x"]), max_size=6))
def test_fewer_joiners_never_make_fewer_words(parts: list[str]) -> None:
    text = " ".join(parts)
    assert len(words(text, "")) >= len(words(text, "'’")) >= len(words(text))


# --- Stems ---


@given(NEWS.filter(lambda text: text.isprintable()))
def test_case_makes_no_other_stem_of_an_ascii_text(text: str) -> None:
    plain = text.encode("ascii", "ignore").decode()
    assert stems_of(plain.upper()) == stems_of(plain.lower()) == stems_of(plain)


@given(st.lists(NEWS.map(without_surrogates), max_size=4))
def test_codes_are_those_of_each_sentence_and_its_end(sentences: list[str]) -> None:
    codes = codes_of(sentences).tolist()
    assert codes.count(SENTENCE_END) == len(sentences)
    assert codes == [code for sentence in sentences for code in codes_of([sentence]).tolist()]
    assert len(codes) == len(sentences) + sum(len(stems_of(sentence)) for sentence in sentences)


@pytest.mark.parametrize("length", [10, 59, 61, 1_000])
def test_a_word_without_end_is_no_term(length: int) -> None:
    assert len(stems_of(f"rain {'x' * length} snow")) == (3 if length < 60 else 2)


def test_stems_and_spellings_differ_only_in_the_ending() -> None:
    assert word_analyzer().analyze("Spending Zürich's") == ["spending", "zurich", "s"]
    assert stem_analyzer().analyze("Spending Zürich's") == ["spend", "zurich", "s"]


# --- Sentences ---


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["Rain fell.", "Who won?", "“Stop!”", "No.", "…"]), max_size=8))
def test_splitting_a_sentence_again_changes_nothing(parts: list[str]) -> None:
    text = " ".join(parts)
    for span in whole_sentences(text):
        sentence = span.of(text)
        assert [again.of(sentence) for again in whole_sentences(sentence)] == [sentence]


@pytest.mark.parametrize("unit", [".", "a. ", "A.", "“", "[1] ", "- ", "!?", "Mr. ", "\n- ", "。"])
def test_no_text_makes_an_empty_or_an_endless_sentence(unit: str) -> None:
    text = unit * (9_000 // len(unit))
    spans = split_sentences(text)
    assert all(0 < span.end - span.start <= LONGEST_SENTENCE for span in spans)
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["", " ", "\n\t\u2028 "])
def test_nothing_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == ()


# --- What is seen ---


@given(NEWS)
def test_what_is_visible_stays_so(text: str) -> None:
    seen = visible(text)
    assert visible(seen) == seen
    assert all(character in "\n\t" or not is_unseen(character) for character in seen)
    assert [c for c in text if not is_unseen(c)] == [c for c in seen if c not in "\n\t"]


@given(NEWS)
def test_one_line_is_one_line_of_what_is_visible(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line.split() == visible(text).split()


@given(NEWS)
def test_a_text_without_surrogates_can_be_stored_and_keeps_its_offsets(text: str) -> None:
    stored = without_surrogates(text)
    assert stored.encode().decode() == stored
    assert len(stored) == len(text)
    assert all(b in {a, "\ufffd"} for a, b in zip(text, stored, strict=True))


# --- Dates ---


@given(st.dates(), st.sampled_from(["", "T10:00:00", "T23:59:59+14:00", " 10:00"]))
def test_a_day_is_the_articles_own_whatever_the_time(day: date, time: str) -> None:
    assert day_of(day.isoformat() + time) == day
    readable = readable_date(day.isoformat() + time)
    assert readable == readable_date(day.isoformat())
    assert readable.startswith(f"{day.day} ")
    assert readable.split() == [
        *readable_date(day.isoformat(), with_year=False).split(),
        f"{day:%Y}",
    ]


# --- Language ---

GERMAN = "Der Stadtrat hat nach Angaben des Bürgermeisters viel Geld ausgegeben."


@pytest.mark.parametrize("text", ["", " ", "…", "1945", "$4 million", "\u202e", "😀😀😀😀😀😀😀"])
def test_what_has_no_words_is_in_no_language(text: str) -> None:
    assert language_of(text) is None
    assert not is_foreign(text, "How much did the council spend?")
    assert not is_foreign(GERMAN, text)


@pytest.mark.parametrize("quotes", ["“{}”", '"{}"', "«{}»", "„{}“", "“{}", "«{}"])
def test_a_quotation_in_another_language_makes_no_answer_foreign(quotes: str) -> None:
    answer = f"The mayor put it like this: {quotes.format(GERMAN)}"
    assert not is_foreign(answer, "What did the mayor say?")
    assert is_foreign(GERMAN, "What did the mayor say?")


@given(st.integers(0, len(GERMAN)))
def test_a_foreign_reply_is_familiar_at_no_length(length: int) -> None:
    assert not is_familiar(GERMAN[:length], "How much did the council spend on the bridge?")


def test_two_english_words_are_familiar_and_an_unfinished_one_does_not_count() -> None:
    question = "How much did the council spend?"
    assert is_familiar("The cost of the bridge ", question)
    assert not is_familiar("The", question)


# --- Word lists ---


def test_the_lists_are_of_lower_case_words() -> None:
    listed = [*STOPWORDS, *WORD_FORMS, *(name for names in SPELLINGS for name in names)]
    assert all(word == word.lower().strip() != "" for word in listed)
    assert QUESTION_WORDS <= STOPWORDS


def test_no_name_has_two_sets_of_spellings() -> None:
    names = [name for group in SPELLINGS for name in group]
    assert len(names) == len(set(names))


def test_a_form_of_a_word_is_one_whichever_form_is_looked_up() -> None:
    for word, forms in WORD_FORMS.items():
        assert word in forms
        assert all(WORD_FORMS[form] == forms for form in forms), word
