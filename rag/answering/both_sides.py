"""What was found → the same, with the paragraphs that contradict the best of it taken in."""

from dataclasses import replace

from rag.answering.extractive import select
from rag.answering.gate import decide
from rag.retrieval.hybrid import Retrieval
from rag.verification.conflicts import Place, opposed


def both_sides(retrieval: Retrieval) -> Retrieval:
    """Return what was found with the paragraphs that contradict the best of it taken in.

    They take the places of the last ones that nothing is quoted from.
    """
    question, hits = retrieval.question.text, retrieval.hits
    said = _likely_said(retrieval)
    wide = (*hits, *retrieval.further())
    found = opposed(wide, said, question, retrieval.article_stems)
    shown = dict.fromkeys(side.hit for each in found for side in (each.one, each.other))
    added = [hit for hit in shown if hit >= len(hits)]
    if not added:
        return retrieval
    needed = {hit for hit, _ in said}.union(shown)
    spare = [index for index in reversed(range(len(hits))) if index not in needed]
    dropped = set(spare[: len(added)])
    kept = [hit for index, hit in enumerate(hits) if index not in dropped]
    kept += [wide[index] for index in added[: len(dropped)]]
    ranked = tuple(
        replace(hit, scored=replace(hit.scored, rank=rank))
        for rank, hit in enumerate(kept, start=1)
    )
    return replace(retrieval, hits=ranked)


def _likely_said(retrieval: Retrieval) -> list[Place]:
    places = {hit.place: index for index, hit in enumerate(retrieval.hits)}
    chosen: list[Place] = []
    for part in retrieval.parts or (retrieval,):
        if retrieval.parts and not decide(part).answerable:
            continue
        selected = select(part.hits, part.question.figures)
        chosen += [(places[part.hits[one.hit].place], one.sentence) for one in selected]
    return list(dict.fromkeys(chosen))
