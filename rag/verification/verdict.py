"""Statement × cited paragraphs → verdict and reason: deterministic, without a language model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.citations.build import CitedStatement
from rag.citations.markers import neutralise
from rag.schema import Citation, Statement, Verdict
from rag.text.sentences import LONGEST_SENTENCE, split_sentences
from rag.verification.figures.figures import check_figures
from rag.verification.finding import Finding
from rag.verification.names import check_names
from rag.verification.quotations import check_quotations
from rag.verification.rules.alignment import align
from rag.verification.rules.amounts import check_amounts
from rag.verification.rules.attribution import check_attribution
from rag.verification.rules.certainty import check_certainty, cut_out
from rag.verification.rules.commands import check_commands
from rag.verification.rules.converses import check_converses
from rag.verification.rules.coverage import Coverage, Level, coverage_of, missing_reason
from rag.verification.rules.directions import check_directions
from rag.verification.rules.edits import edits_of
from rag.verification.rules.features import Features, features_of
from rag.verification.rules.polarity import check_polarity
from rag.verification.rules.subjects import check_subjects
from rag.verification.rules.substitutions import check_substitutions
from rag.verification.rules.weights import PARTIAL_FROM, UNSUPPORTED_FROM, doubt_of
from rag.verification.source import Source, passage_of
from rag.verification.text import tokens_of

WORD_FOR_WORD = "It stands in the paragraph word for word."
IN_OTHER_WORDS = "The paragraph says so in other words."
MOST_TOKENS = 200
"""Of a statement: each is compared with each of its paragraphs', so this bounds the time; a long
sentence of a newspaper has 80."""
_REFUTING = frozenset({"quotation", "number", "name", "negation", "role", "command"})
"""Checks whose heaviest findings refute a claim by themselves, whatever else speaks for it."""
_BY_LETTER = frozenset({"quotation", "number", "name"})
"""Those that compare letter by letter."""


@dataclass(frozen=True, slots=True)
class Check:
    """A verdict, and the reason for it in a sentence or two."""

    verdict: Verdict
    reason: str
    final: bool = False
    """Decided letter by letter: no opinion overrules it."""
    complete: bool = False
    """Supported, and each telling word has its counterpart."""


def verify(
    statements: Sequence[CitedStatement], citations: Sequence[Citation]
) -> tuple[Statement, ...]:
    """Return each statement with its verdict.

    Args:
        statements: What the answer says.
        citations: What it cites.
    """
    by_marker = {citation.marker: citation for citation in citations}
    return tuple(_verified(statement, by_marker) for statement in statements)


def _verified(statement: CitedStatement, citations: Mapping[int, Citation]) -> Statement:
    cited = [
        Source(one.text, one.title, one.publisher, one.published_at)
        for one in (citations[marker] for marker in statement.markers if marker in citations)
    ]
    found = check(statement.text, cited)
    return Statement(statement.text, statement.markers, found.verdict, found.reason)


def check(claim: str, sources: Sequence[Source]) -> Check:
    """Check a claim against the paragraphs that it cites."""
    if not sources:
        return Check(Verdict.UNSUPPORTED, "It cites no paragraph.", final=True)
    if is_word_for_word(claim, sources):
        return Check(Verdict.SUPPORTED, WORD_FOR_WORD, final=True, complete=True)
    if len(claim) > LONGEST_SENTENCE or len(tokens_of(claim)) > MOST_TOKENS:
        return Check(Verdict.UNCHECKED, "It is too long to be checked.")
    examined = examine(claim, sources)
    if not examined.has_content:
        return Check(Verdict.UNCHECKED, "It states nothing that could be checked.")
    grave = {one.kind for one in examined.findings if one.weight >= 1}
    doubt = 1.0 if grave & _REFUTING else doubt_of(examined.features)
    if examined.coverage.is_strange:
        doubt = max(doubt, UNSUPPORTED_FROM)
    if doubt < PARTIAL_FROM:
        nowhere = examined.coverage.count(Level.NOWHERE)
        return Check(Verdict.SUPPORTED, IN_OTHER_WORDS, complete=not nowhere)
    verdict = Verdict.UNSUPPORTED if doubt >= UNSUPPORTED_FROM else Verdict.PARTIAL
    return Check(verdict, examined.reason, final=bool(grave & _BY_LETTER))


@dataclass(frozen=True, slots=True)
class Examined:
    """All that the checks have to say of a claim."""

    findings: tuple[Finding, ...]
    """The heaviest first."""
    features: Features
    coverage: Coverage
    reason: str
    """Why it would not be supported."""
    has_content: bool
    """Whether there is a telling word, a name, a figure or a quotation in it."""


def examine(claim: str, sources: Sequence[Source]) -> Examined:
    """Lay a claim beside its paragraphs and run every check."""
    alignment = align(claim, passage_of(tuple(sources)))
    edits = edits_of(alignment)
    coverage = coverage_of(alignment, frozenset(index for index, _ in edits.kept))
    found = check_quotations(claim, [neutralise(source.text) for source in sources])
    found += check_commands(claim, sources)
    for run in _CHECKS:
        found += run(alignment)
    found += check_substitutions(alignment, edits)
    found += cut_out(alignment, edits)
    found.sort(key=lambda one: -one.weight)
    features = features_of(alignment, edits, coverage, found)
    return Examined(
        tuple(found),
        features,
        coverage,
        _reason(found, missing_reason(coverage, alignment.claim)),
        bool(found or coverage.levels or alignment.claimed)
        or any(token.is_name for token in alignment.claim),
    )


_CHECKS = (
    check_figures,
    check_names,
    check_polarity,
    check_subjects,
    check_converses,
    check_directions,
    check_attribution,
    check_certainty,
    check_amounts,
)


def _reason(findings: Sequence[Finding], missing: str | None) -> str:
    grave = [one.reason for one in findings if one.weight >= _GRAVE]
    told = grave or [one for one in (missing, *(one.reason for one in findings)) if one]
    return " ".join(list(dict.fromkeys(told))[:_MOST_REASONS]) or _UNLIKE


_GRAVE = 0.5
_MOST_REASONS = 2
_UNLIKE = "The paragraph has much of this, but not as the statement puts it."


def is_word_for_word(claim: str, sources: Sequence[Source]) -> bool:
    """Tell whether a claim is one or more whole sentences of a paragraph.

    Half a sentence can say the opposite: what somebody denied stands word for word in the denial.
    """
    return any(_stands_whole_in(claim, source.text) for source in sources)


def _stands_whole_in(text: str, paragraph: str) -> bool:
    shown, spans = neutralise(paragraph), split_sentences(paragraph)
    ends = {span.end for span in spans}
    return any(
        shown.startswith(text, span.start) and span.start + len(text) in ends for span in spans
    )
