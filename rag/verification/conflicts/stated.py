"""Oppositions → the conflicts of an answer, in words for its reader."""

from collections.abc import Mapping, Sequence

from rag.retrieval.rerank import Hit
from rag.schema import Citation, Conflict, ConflictSide, Span
from rag.text.dates import day_of, readable_date
from rag.verification.conflicts.reading import is_name
from rag.verification.conflicts.remark import Remark
from rag.verification.conflicts.search import Opposition, Place


def conflicts(
    oppositions: Sequence[Opposition], markers: Mapping[int, int]
) -> tuple[Conflict, ...]:
    """Return the conflicts whose both sides an answer cites.

    Args:
        oppositions: What was found to disagree.
        markers: The marker of each cited hit, by the hit's index.
    """
    stated: list[Conflict] = []
    for each in oppositions:
        if each.one.hit not in markers or each.other.hit not in markers:
            continue
        sides = tuple(_side(one, markers[one.hit]) for one in (each.one, each.other))
        index = _akin(stated, each.clash.kind, sides)
        if index is None:
            stated.append(_joined(Conflict(about(each), (), each.clash.kind), sides))
        else:
            stated[index] = _joined(stated[index], sides)
    return tuple(stated)


def _akin(stated: Sequence[Conflict], kind: str, sides: Sequence[ConflictSide]) -> int | None:
    """Return the conflict of the same kind in which one of the sides takes part already."""
    numbers = {side.marker for side in sides}
    alike = (i for i, one in enumerate(stated) if one.kind == kind and numbers & set(one.markers))
    return next(alike, None)


def missing_sides(
    oppositions: Sequence[Opposition], markers: Mapping[int, int]
) -> tuple[Opposition, ...]:
    """Return the oppositions whose other side an answer does not cite."""
    return tuple(
        each for each in oppositions if each.one.hit in markers and each.other.hit not in markers
    )


def places_cited(citations: Sequence[Citation], hits: Sequence[Hit]) -> tuple[Place, ...]:
    """Return the sentences that the quotes of some citations cover, by hit and sentence."""
    indices = {hit.place: index for index, hit in enumerate(hits)}
    return tuple(
        (index, number)
        for citation in citations
        if (index := indices.get((citation.article_id, citation.paragraph_id))) is not None
        for number, span in enumerate(hits[index].scored.paragraph.sentences)
        if citation.quote_start <= citation.start + span.start
        and citation.start + span.end <= citation.quote_end
    )


def about(each: Opposition) -> str:
    """Return what a disagreement is about, as a short phrase with both sources."""
    clash, one, other = each.clash, *_sources(each)
    if clash.kind == "denial":
        denied = f"denied ({other})" if clash.other else f"denied ({one})"
        reported = f"reported ({one})" if clash.other else f"reported ({other})"
        return f"“{clash.topic}”: {reported}, {denied}"
    if clash.kind in {"frequency", "outcome"}:
        return f"“{clash.one}” ({one}) against “{clash.other}” ({other})"
    what = {"date": f"“{clash.topic}”", "first": f"who was {clash.topic}"}
    topic = what.get(clash.kind, clash.topic)
    return f"{topic}: {clash.one} ({one}) against {clash.other} ({other})"


def _joined(known: Conflict, sides: Sequence[ConflictSide]) -> Conflict:
    every = tuple(dict.fromkeys((*known.sides, *sides)))
    numbers = tuple(sorted({side.marker for side in every}))
    return Conflict(known.about, numbers, known.kind, every)


def _side(one: Remark, marker: int) -> ConflictSide:
    return ConflictSide(
        marker=marker,
        publisher=one.article.outlet,
        published_at=one.article.published_at,
        file=one.article.file,
        quote=one.text,
    )


def _sources(each: Opposition) -> tuple[str, str]:
    one, other = each.one, each.other
    days = day_of(one.article.published_at), day_of(other.article.published_at)
    with_year = None in days or days[0] is None or days[1] is None or days[0].year != days[1].year
    same = one.article.article_id == other.article.article_id
    return (
        _source(one, with_year=with_year, with_speaker=same),
        _source(other, with_year=with_year, with_speaker=same),
    )


def _source(one: Remark, *, with_year: bool, with_speaker: bool) -> str:
    dated = readable_date(one.article.published_at, with_year=with_year)
    speaker = _speaker(one) if with_speaker else ""
    name = one.article.outlet or one.article.title or one.article.file
    return ", ".join(part for part in (speaker, name, dated) if part)


def _speaker(one: Remark) -> str:
    spoken = sorted(one.reading.spoken)
    if not spoken:
        return ""
    first = spoken[0]
    tokens = one.reading.tokens
    last = first
    while last + 1 in spoken and (is_name(tokens[last + 1]) or tokens[last + 1].is_content):
        last += 1
    return Span(tokens[first].start, tokens[last].end).of(one.text)
