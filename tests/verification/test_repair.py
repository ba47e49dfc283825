"""Pointers corrected, added, kept; quotation marks taken away; sentences left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.citations.build import written_statements
from rag.retrieval.rerank import Hit
from rag.schema import Verdict
from rag.verification import Check, Source
from rag.verification.quotations import check_quotations
from rag.verification.repair import Repaired, judged, repair
from tests.support.archives import make_hit, markers_in

RAIN, SNOW, WIND = (
    "It rained in Oslo on Monday, said Ann Berg.",
    "“Snow fell in Bergen,” said Kari Holm.",
    "A storm closed two schools in Tromsø.",
)
HITS = [make_hit(text, article=str(number)) for number, text in enumerate((RAIN, SNOW, WIND))]


@dataclass
class Judge:
    """Supports a statement whose words all stand in the paragraphs, quotations as they are."""

    asked: list[tuple[str, int]] = field(default_factory=list)

    def __call__(self, claim: str, sources: Sequence[Source]) -> Check:
        self.asked.append((claim, len(sources)))
        known = {word for source in sources for word in words(source.text)}
        missing = [word for word in words(claim) if word not in known]
        if check_quotations(claim, [source.text for source in sources]):
            return Check(Verdict.UNSUPPORTED, "Nobody is quoted so.")
        if not missing:
            return Check(Verdict.SUPPORTED, "All there.", complete=True)
        verdict = Verdict.PARTIAL if len(missing) == 1 else Verdict.UNSUPPORTED
        return Check(verdict, f"Missing: {', '.join(missing)}.")


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


def mended(
    text: str, order: Sequence[int], hits: Sequence[Hit] = HITS, strict: bool = False
) -> Repaired:
    return repair(text, written_statements(text), order, hits, strict=strict, checker=Judge())


def test_a_sound_answer_stays_as_it_was_to_the_letter() -> None:
    text = "It rained in Oslo [1], said Ann Berg [1].\n\nSnow fell [2]. "
    result = mended(text, [1, 2])
    assert result.text == text
    assert (result.order, result.moved, result.dropped, result.unquoted) == ((1, 2), 0, 0, 0)
    assert [one.verdict for one in judged(result)] == ["supported", "supported"]


def test_a_wrong_pointer_is_moved_and_says_so_and_the_markers_are_numbered_anew() -> None:
    result = mended("Snow fell in Bergen [1]. It rained in Oslo [1].", [1])
    assert result.text == "Snow fell in Bergen [1]. It rained in Oslo [2]."
    assert (result.order, result.moved) == ((2, 1), 1)
    first, second = judged(result)
    assert (first.markers, first.verdict) == ((1,), "supported")
    assert "pointed to another paragraph" in first.reason
    assert (second.markers, second.reason) == ((2,), "All there.")


def test_a_missing_pointer_is_added_where_a_paragraph_says_it() -> None:
    result = mended("A storm closed schools. Nobody was hurt!", [])
    assert result.text == "A storm closed schools [1]. Nobody was hurt!"
    assert result.order == (3,)
    found, bare = judged(result)
    assert "named no paragraph" in found.reason
    assert (bare.markers, bare.verdict) == ((), "unsupported")


def test_two_paragraphs_that_say_it_only_together_are_both_cited() -> None:
    result = mended("It rained in Oslo and snow fell in Bergen [1].".replace("and ", ""), [1])
    assert result.text == "It rained in Oslo snow fell in Bergen [1][2]."
    assert result.order == (1, 2)
    assert "only together" in judged(result)[0].reason


def test_what_no_paragraph_says_stays_and_is_marked() -> None:
    result = mended("The king abdicated [1]. It rained [1].", [1])
    assert result.text == "The king abdicated [1]. It rained [1]."
    assert [one.verdict for one in judged(result)] == ["unsupported", "supported"]


def test_strictly_it_is_left_out_with_the_marker_that_only_it_had() -> None:
    result = mended("The king abdicated [1]. It rained [2].", [2, 1], strict=True)
    assert (result.text, result.order, result.dropped) == ("It rained [1].", (1,), 1)


def test_strictly_nothing_may_be_left() -> None:
    result = mended("The king abdicated [1].", [1], strict=True)
    assert (result.statements, result.order, result.dropped) == ((), (), 1)


def test_a_partly_backed_sentence_stays_even_strictly() -> None:
    result = mended("It rained heavily in Oslo [1].", [1], strict=True)
    assert result.text == "It rained heavily in Oslo [1]."
    assert judged(result)[0].verdict == "partial"


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"'), ("«", "»")])
def test_words_that_nobody_said_lose_their_quotation_marks(opening: str, closing: str) -> None:
    said = f"Ann Berg said: {opening}Oslo, it rained on Monday{closing} [1]."
    result = mended(said, [1])
    assert result.text == "Ann Berg said: Oslo, it rained on Monday [1]."
    assert result.unquoted == 1
    (statement,) = judged(result)
    assert statement.text == "Ann Berg said: Oslo, it rained on Monday."
    assert statement.verdict is Verdict.PARTIAL
    assert "marks were removed" in statement.reason


def test_a_quotation_that_stands_in_some_paragraph_keeps_its_marks() -> None:
    result = mended("The king said: “Snow fell in Bergen” [1].", [1])
    assert "“Snow fell in Bergen”" in result.text


def test_an_answer_without_hits_is_unsupported_throughout() -> None:
    result = mended("It rained.", [], hits=[])
    assert result.text == "It rained."
    assert [one.verdict for one in judged(result)] == ["unsupported"]


@pytest.mark.parametrize(("before", "moved"), [(19, 1), (20, 0)])
def test_another_paragraph_is_looked_for_twenty_times_in_an_answer(before: int, moved: int) -> None:
    result = mended("The king abdicated [1]. " * before + "Snow fell in Bergen [1].", [1])
    assert result.moved == moved
    last = judged(result)[-1]
    assert last.verdict == ("supported" if moved else "unsupported")
    assert len(result.statements) == before + 1


def test_supported_sentences_do_not_use_up_the_repairs() -> None:
    result = mended("It rained [1]. " * 30 + "Snow fell in Bergen [1].", [1])
    assert result.moved == 1


def test_quotation_marks_are_removed_in_twenty_sentences_at_most() -> None:
    result = mended("Ann Berg said: “Oslo, it rained on Monday” [1]. " * 22, [1])
    assert (result.unquoted, result.text.count("“")) == (20, 2)
    assert [one.verdict for one in judged(result)] == ["partial"] * 20 + ["unsupported"] * 2


FORTY = f"Rain{' rain' * 39}"
DROWNED = make_hit("rain " * 10_000, article="long")
"""With a sentence of 40 words it has 400,000 pairs, of the million that an answer may have."""


def test_a_long_answer_is_checked_to_its_end() -> None:
    hits = [make_hit("rain " * 99, article=name) for name in "ab"]
    result = mended(f"{FORTY} [1][2]. " * 100, [1, 2], hits)
    assert {one.verdict for one in judged(result)} == {"supported"}


def test_what_would_take_too_many_comparisons_is_not_checked_and_says_so() -> None:
    result = mended(f"{FORTY} [1]. " * 4, [1], [DROWNED])
    assert [one.verdict for one in judged(result)] == ["supported"] * 2 + ["unchecked"] * 2
    assert "too long" in judged(result)[-1].reason
    assert result.text == f"{FORTY} [1]. " * 4


def test_strictly_what_is_not_checked_for_its_length_is_left_out() -> None:
    result = mended(f"{FORTY} [1]. " * 4, [1], [DROWNED], strict=True)
    assert (len(result.statements), result.dropped) == (2, 2)
    assert "unchecked" not in {one.verdict for one in judged(result)}


def test_the_search_for_other_paragraphs_compares_two_million_pairs_at_most() -> None:
    hits = [make_hit("Snow fell.", article="short"), make_hit("rain " * 6_000, article="long")]
    result = mended(f"{FORTY} [1]. " * 10, [1], hits)
    assert [one.verdict for one in judged(result)] == ["supported"] * 8 + ["unsupported"] * 2
    assert result.moved == 8


def test_quotation_marks_stay_where_the_words_without_them_cannot_be_checked() -> None:
    said = f"“Oslo {FORTY}” [1]."
    result = mended(f"{FORTY} [1]. {FORTY} [1]. {said}", [1], [DROWNED])
    assert result.unquoted == 0
    assert result.text.endswith(said)


SENTENCES = st.sampled_from(
    ["It rained", "Snow fell", "A storm closed schools", "The king abdicated", "Oslo Bergen Tromsø"]
)


@st.composite
def answers(draw: st.DrawFn) -> tuple[str, list[int]]:
    """An answer whose markers are in reading order without gaps, and what they stand for."""
    order = draw(st.permutations([1, 2, 3]))
    seen, text = 0, ""
    for sentence in draw(st.lists(SENTENCES, min_size=1, max_size=6)):
        markers = ""
        for _ in range(draw(st.integers(0, 2))):
            number = draw(st.integers(1, min(seen + 1, 3)))
            seen = max(seen, number)
            markers += f"[{number}]"
        text += f"{sentence} {markers}".strip() + "." + draw(st.sampled_from([" ", "\n", "\n\n"]))
    return text, list(order[:seen])


@given(answers(), st.booleans())
def test_markers_stay_in_reading_order_and_each_has_its_paragraph(
    answer: tuple[str, list[int]], strict: bool
) -> None:
    text, order = answer
    result = mended(text, order, strict=strict)
    numbers = list(dict.fromkeys(markers_in(result.text)))
    assert numbers == list(range(1, len(result.order) + 1))
    assert set(result.order) <= {1, 2, 3}
    assert len(set(result.order)) == len(result.order)
    for said, found in zip(result.statements, judged(result), strict=True):
        assert said.text == found.text
        assert set(markers_in(said.span.of(result.text))) == set(said.markers)
        if strict:
            assert found.verdict is not Verdict.UNSUPPORTED
        for marker in said.markers:
            assert 1 <= marker <= len(result.order)
        if found.verdict is Verdict.SUPPORTED:
            cited = [HITS[result.order[marker - 1] - 1] for marker in said.markers]
            known = {word for hit in cited for word in words(hit.scored.paragraph.text)}
            assert set(words(said.text)) <= known
