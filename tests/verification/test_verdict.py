"""Verdicts: what is supported at once, what is refuted, and what the reader is told."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.citations.build import CitedStatement, cite
from rag.schema import Statement, Verdict
from rag.text.sentences import split_sentences
from rag.verification import Source, check, verify
from tests.support.archives import make_hit

SPENT = (
    "Musk’s committee spent more than $118 million on the 2024 campaign. "
    "“We won’t stop – ever,” he told Axios."
)
PORT = (
    "Judge Ada Brandt ordered the port of Arden on Friday to stop dredging until 4 May. "
    "The authority, which employs 320 people, said that it may appeal. "
    "Fishermen accused the port of hiding a survey; its director, Paul Rask, denied that."
)


def verdict(text: str, *paragraphs: str) -> Statement:
    """Return the verdict on a statement that cites these paragraphs."""
    hits = [make_hit(paragraph) for paragraph in paragraphs]
    statement = CitedStatement(text, tuple(range(1, len(hits) + 1)))
    citations = cite(range(1, len(hits) + 1), hits, [statement])
    (verified,) = verify([statement], citations)
    assert (verified.text, verified.markers) == (text, statement.markers)
    return verified


@pytest.mark.parametrize(
    "text",
    [
        "Musk’s committee spent more than $118 million on the 2024 campaign.",
        "“We won’t stop – ever,” he told Axios.",
        SPENT,
    ],
)
def test_word_for_word_is_supported(text: str) -> None:
    found = verdict(text, SPENT)
    assert (found.verdict, found.reason) == (
        "supported",
        "It stands in the paragraph word for word.",
    )


def test_word_for_word_may_stand_in_any_cited_paragraph() -> None:
    assert verdict("It rained.", SPENT, "It snowed. It rained.").verdict == "supported"


def test_a_sentence_is_found_behind_one_that_ends_with_the_same_words() -> None:
    assert verdict("Musk.", "It was Elon Musk. Musk.").verdict == "supported"


def test_an_articles_own_number_in_brackets_is_compared_as_it_is_shown() -> None:
    assert verdict("It rained (3).", "It rained [3]. Snow fell.").verdict == "supported"


def test_without_a_paragraph_nothing_is_supported() -> None:
    found = verdict("It rained.")
    assert (found.verdict, found.reason) == ("unsupported", "It cites no paragraph.")


@pytest.mark.parametrize(
    ("text", "final"),
    [
        ("“We won’t stop – ever,” he told Axios.", True),
        ("He told Axios “we will stop”.", True),
        ("The committee spent $120 million.", True),
        ("Musk's committee paid over $118m for the 2024 campaign.", False),
        ("The committee of Musk saved more than $118 million.", False),
    ],
)
def test_what_was_decided_letter_by_letter_is_final(text: str, *, final: bool) -> None:
    assert check(text, [Source(SPENT)]).final is final


def test_a_marker_without_citation_is_none() -> None:
    (found,) = verify([CitedStatement("It rained.", (7,))], [])
    assert (found.verdict, found.markers) == ("unsupported", (7,))


def test_each_statement_is_judged_by_its_own_citations() -> None:
    hits = [make_hit("It rained."), make_hit("It snowed.")]
    said = [CitedStatement("It rained.", (1,)), CitedStatement("It rained in 2013.", (2,))]
    verdicts = [one.verdict for one in verify(said, cite((1, 2), hits, said))]
    assert verdicts == ["supported", "unsupported"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The committee spent $120 million.", "not $120 million"),
        ("In 2020 the committee spent $118 million.", "not 2020"),
        ("It spent $118.5 million.", "not $118.5 million"),
        ("It spent $18 million.", "not $18 million"),
        ("It spent $11 million.", "not $11 million"),
        ("The committee of Putin spent $118 million.", "“Putin”"),
        ("Musk spent it in Ohio.", "“Ohio”"),
        ("He told Axios “we will stop”.", "“we will stop”"),
        ('He told Axios "we will stop".', "“we will stop”"),
        ("He told Axios «we will stop».", "“we will stop”"),
    ],
)
def test_what_the_paragraph_does_not_hold_is_unsupported(text: str, part: str) -> None:
    found = verdict(text, SPENT)
    assert found.verdict == "unsupported"
    assert part in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "Musk's committee paid over $118m for the 2024 campaign.",
        "The committee of Musk spent more than 118 million dollars on the campaign of 2024.",
        'He told Axios: "We won\'t stop - ever."',
        "He told Axios: “we won’t  stop — ever”.",
    ],
)
def test_other_words_for_the_same_are_supported(text: str) -> None:
    found = verdict(text, SPENT)
    assert found.verdict == "supported", found.reason


@pytest.mark.parametrize(
    "text",
    [
        "On Friday the port of Arden was ordered by Judge Ada Brandt to halt dredging until May 4.",
        "The authority, an employer of 320 people, said it might appeal.",
        "The port was accused by fishermen of concealing a survey.",
        "Director Paul Rask rejected the accusation that the port had hidden a survey.",
    ],
)
def test_a_paraphrase_is_supported(text: str) -> None:
    found = check(text, [Source(PORT)])
    assert found.verdict == "supported", found.reason


@pytest.mark.parametrize(
    "text",
    [
        "Judge Ada Brandt ordered the port of Arden on Monday to stop dredging until 4 May.",
        "Judge Ada Brandt ordered the port of Arden on Friday to resume dredging until 4 May.",
        "Judge Ada Brandt ordered the port of Arden on Friday to stop dredging until 4 June.",
        "Judge Paul Rask ordered the port of Arden on Friday to stop dredging until 4 May.",
        "Judge Ada Brandt ordered the port on Friday to stop dredging because of noise complaints.",
        "The authority, which employs 420 people, said that it may appeal.",
        "The authority will appeal.",
        "The port hid a survey.",
        "The port accused fishermen of hiding a survey.",
        "Director Paul Rask confirmed that the port had hidden a survey.",
        "Fishermen said that the authority may appeal.",
    ],
)
def test_an_altered_claim_is_not_supported(text: str) -> None:
    found = check(text, [Source(PORT)])
    assert found.verdict != "supported"
    assert found.reason.endswith(".")


def test_names_may_stand_in_the_title_and_numbers_in_another_cited_paragraph() -> None:
    sources = [
        Source("The deal cost $118 million.", title="Acme buys Bolt"),
        Source("It was 5 May."),
    ]
    assert check("The Acme deal of 5 May cost $118 million.", sources).verdict == "supported"


def test_a_sentence_cut_short_of_its_denial_is_not_supported() -> None:
    text = "Peskov denied that Putin and Musk had talked."
    assert verdict("Putin and Musk had talked.", text).verdict != "supported"


@given(st.text(max_size=200), st.text(max_size=300))
def test_any_text_gets_a_verdict_and_always_the_same(claim: str, paragraph: str) -> None:
    first = check(claim, [Source(paragraph)])
    assert first.verdict in set(Verdict)
    assert check(claim, [Source(paragraph)]) == first


@given(st.sampled_from([SPENT, PORT]), st.integers(0, 5))
def test_every_sentence_supports_itself(paragraph: str, number: int) -> None:
    spans = split_sentences(paragraph)
    span = spans[number % len(spans)]
    assert check(span.of(paragraph), [Source(paragraph)]).verdict == "supported"


def test_a_statement_takes_a_few_milliseconds() -> None:
    claims = [f"Judge Ada Brandt told the port of Arden to stop in {year}." for year in range(100)]
    check(claims[0], [Source(PORT)])
    begun = time.process_time()
    for claim in claims:
        check(claim, [Source(PORT)])
    # Measured: 1 ms; the contract is 5 ms, and this machine is shared.
    assert (time.process_time() - begun) / len(claims) < 0.02


@pytest.mark.parametrize(
    "text", ["He did n't win.", "n't", "one in ²", "by", "to “", "’s", "No", "Whose?", "It was by"]
)
def test_any_words_get_a_verdict(text: str) -> None:
    paragraph = "Whose it was is not known. One in ² did n't pay. Ann Lee was paid by Bo Tan"
    for claim, source in ((text, paragraph), (paragraph, text)):
        assert check(claim, [Source(source), Source(paragraph)]).reason
