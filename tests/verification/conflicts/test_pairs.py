"""Pairs of articles, invented for the purpose: half of them only look as if they disagreed."""

import json
from typing import Any

import pytest

from rag.factory import Byline
from tests.support.archives import sealed_settings
from tests.verification.conflicts.disputes import disputed, pairs

PAIRS = pairs()
AGREE = [pair for pair in PAIRS if pair["kind"] == "none"]


@pytest.fixture(scope="module")
def byline(tmp_path_factory: pytest.TempPathFactory, seeds: Byline) -> Byline:
    """Return one archive of all pairs, so that each has the others for strangers."""
    folder = tmp_path_factory.mktemp("pairs")
    lines = [
        json.dumps({"id": f"{pair['id']}-{number}", **article})
        for pair in PAIRS
        for number, article in enumerate(pair["articles"])
    ]
    (folder / "articles.jsonl").write_text("\n".join(lines), "utf-8")
    made = Byline(
        sealed_settings(home=folder / "home", corpus=folder), shared_embedder=seeds.embedder
    )
    made.ingest([folder / "articles.jsonl"])
    return made


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["id"] for pair in PAIRS])
def test_a_conflict_is_shown_where_there_is_one_and_only_there(
    byline: Byline, pair: dict[str, Any]
) -> None:
    answer = disputed(byline, pair["question"])
    assert {one.kind for one in answer.conflicts} == {pair["kind"]} - {"none"}
    for conflict in answer.conflicts:
        assert {side.publisher for side in conflict.sides} == {
            article["source"] for article in pair["articles"]
        }
        assert {side.published_at for side in conflict.sides} == {
            article["published_at"] for article in pair["articles"]
        }
        for side in conflict.sides:
            assert f"[{side.marker}]" in answer.text
            assert any(side.quote in article["text"] for article in pair["articles"])


def test_half_of_the_pairs_agree() -> None:
    assert len(AGREE) >= len(PAIRS) / 2
