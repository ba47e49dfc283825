"""What an index may expect of every embedder; `tests/models/test_embedder.py` runs it."""

import numpy as np
import pytest

from rag.models.embedder import Embedder
from rag.reading.paragraphs import split_paragraphs
from rag.schema import Paragraph

_TEXT = (
    "Mayor opens bridge\n"
    "The mayor opened the new bridge on Friday. Thousands came to see it. It cost $40 million.\n"
    "Zürich’s café owners — 人 among them 😀 — were not amused.\n"
    "One.\n" + "A very long sentence goes on and on about the river and the bridge. " * 60
)
_TOKEN_DIMENSION = 128


class EmbedderContract:
    """Subclasses give the fixture `embedder`."""

    @pytest.fixture
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return split_paragraphs(_TEXT)

    def test_it_has_a_name_and_a_dimension(self, embedder: Embedder) -> None:
        assert embedder.name
        assert embedder.name == embedder.name.strip()
        assert embedder.dimension > 0

    def test_a_paragraph_gives_one_vector_of_length_one(
        self, embedder: Embedder, paragraphs: tuple[Paragraph, ...]
    ) -> None:
        made = embedder.passages(paragraphs)
        assert len(made) == len(paragraphs)
        for one in made:
            assert one.paragraph.shape == (embedder.dimension,)
            assert one.paragraph.dtype == np.float32
            assert np.linalg.norm(one.paragraph) == pytest.approx(1.0, abs=1e-3)

    def test_each_sentence_has_its_vector_and_its_tokens(
        self, embedder: Embedder, paragraphs: tuple[Paragraph, ...]
    ) -> None:
        for paragraph, made in zip(paragraphs, embedder.passages(paragraphs), strict=True):
            count = len(paragraph.sentences)
            assert made.sentences.shape == (count, embedder.dimension)
            assert made.sentences.dtype == np.float16
            lengths = np.linalg.norm(made.sentences.astype(np.float32), axis=1)
            assert np.allclose(lengths, 1.0, atol=1e-2)
            assert made.token_counts.shape == (count,)
            assert made.token_counts.dtype == np.int32
            assert made.tokens.dtype == np.int8
            if made.tokens.size:
                assert made.tokens.shape == (made.token_counts.sum(), _TOKEN_DIMENSION)
                norms = np.linalg.norm(made.tokens.astype(np.float32), axis=1)
                assert np.allclose(norms, 127, atol=8)

    def test_it_survives_the_catalogues_bytes(
        self, embedder: Embedder, paragraphs: tuple[Paragraph, ...]
    ) -> None:
        from rag.archive.catalogue.rows import passage

        for made in embedder.passages(paragraphs):
            again = passage(
                made.paragraph.tobytes(),
                made.sentences.tobytes(),
                made.tokens.tobytes(),
                made.token_counts.tobytes(),
            )
            assert np.array_equal(again.sentences, made.sentences)
            assert np.array_equal(again.tokens.ravel(), made.tokens.ravel())

    def test_the_same_text_gives_the_same_vector_in_any_company(
        self, embedder: Embedder, paragraphs: tuple[Paragraph, ...]
    ) -> None:
        together = embedder.passages(paragraphs)
        for paragraph, made in zip(paragraphs, together, strict=True):
            (alone,) = embedder.passages([paragraph])
            assert float(alone.paragraph @ made.paragraph) > 0.999

    def test_nothing_gives_nothing(self, embedder: Embedder) -> None:
        assert embedder.passages([]) == []

    def test_a_question_gives_a_vector_and_words(self, embedder: Embedder) -> None:
        made = embedder.question("Who opened the bridge in Zürich?")
        assert made.question.shape == (embedder.dimension,)
        assert np.linalg.norm(made.question) == pytest.approx(1.0, abs=1e-3)
        assert made.tokens.shape[0] == len(made.token_texts)
        if made.tokens.size:
            assert made.tokens.shape[1] == _TOKEN_DIMENSION
            assert np.allclose(np.linalg.norm(made.tokens, axis=1), 1.0, atol=1e-2)

    def test_a_question_is_nearest_to_the_paragraph_with_its_words(
        self, embedder: Embedder, paragraphs: tuple[Paragraph, ...]
    ) -> None:
        question = embedder.question(
            "The mayor opened the new bridge on Friday, thousands came to see it"
        )
        cosines = [
            float(one.paragraph @ question.question) for one in embedder.passages(paragraphs)
        ]
        assert int(np.argmax(cosines)) == 1

    @pytest.mark.parametrize("text", ["?", " ", "x" * 5000, "😀", "\u202eabc", "why " * 2000])
    def test_odd_questions_are_no_trouble(self, embedder: Embedder, text: str) -> None:
        made = embedder.question(text)
        assert np.isfinite(made.question).all()
        assert all(word in text.lower() for word in embedder.whole_words(text))

    def test_whole_words_are_words_of_the_text_in_lower_case(self, embedder: Embedder) -> None:
        known = embedder.whole_words("Who opened the Bridge in Zürich?")
        assert known <= {"who", "opened", "the", "bridge", "in", "zürich", "?"}
