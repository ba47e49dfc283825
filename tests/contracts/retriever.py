"""What LlamaIndex may expect of a retriever; `tests/interfaces/test_retriever_contract.py` runs it.

A subclass gives `retriever`, which finds something for `question`, and `make`, which makes one
that returns at most so many nodes.
"""

import asyncio
import json
import math
from collections.abc import Callable
from typing import Any

import pytest

Make = Callable[[int], Any]


def ids(nodes: list[Any]) -> list[str]:
    return [node.node_id for node in nodes]


class RetrieverContract:
    """Subclasses give the fixtures `make` and `question`."""

    def test_it_finds_nodes_with_an_id_and_words(self, make: Make, question: str) -> None:
        nodes = make(5).retrieve(question)
        assert nodes
        for found in nodes:
            assert found.node_id
            assert found.text.strip()

    def test_no_node_comes_twice(self, make: Make, question: str) -> None:
        found = ids(make(10).retrieve(question))
        assert len(found) == len(set(found))

    def test_scores_are_finite_and_fall(self, make: Make, question: str) -> None:
        scores = [node.score for node in make(10).retrieve(question)]
        assert all(math.isfinite(score) for score in scores)
        assert scores == sorted(scores, reverse=True)

    @pytest.mark.parametrize("limit", [1, 2, 7])
    def test_the_limit_is_kept_and_a_smaller_one_gives_the_first(
        self, make: Make, question: str, limit: int
    ) -> None:
        few, many = ids(make(limit).retrieve(question)), ids(make(10).retrieve(question))
        assert len(few) <= limit
        assert few[:1] == many[:1]

    def test_the_same_question_finds_the_same(self, make: Make, question: str) -> None:
        retriever = make(5)
        assert ids(retriever.retrieve(question)) == ids(retriever.retrieve(question))

    def test_a_text_and_a_bundle_are_the_same_question(self, make: Make, question: str) -> None:
        from llama_index.core.schema import QueryBundle

        retriever = make(5)
        assert ids(retriever.retrieve(QueryBundle(question))) == ids(retriever.retrieve(question))

    def test_several_may_be_awaited_at_once(self, make: Make, question: str) -> None:
        retriever = make(3)

        async def ask() -> list[list[Any]]:
            return list(await asyncio.gather(*(retriever.aretrieve(question) for _ in range(4))))

        assert [ids(nodes) for nodes in asyncio.run(ask())] == [
            ids(retriever.retrieve(question))
        ] * 4

    def test_a_node_survives_json(self, make: Make, question: str) -> None:
        from llama_index.core.schema import TextNode

        for found in make(3).retrieve(question):
            again = TextNode.from_json(found.node.to_json())
            assert (again.node_id, again.text) == (found.node_id, found.text)
            assert again.metadata == found.node.metadata
            assert json.loads(json.dumps(found.node.metadata)) == found.node.metadata

    def test_a_changed_node_changes_no_later_answer(self, make: Make, question: str) -> None:
        retriever = make(1)
        (first,) = retriever.retrieve(question)
        kept, text = dict(first.node.metadata), first.text
        first.node.metadata.clear()
        first.node.set_content("something else")
        (again,) = retriever.retrieve(question)
        assert (again.node.metadata, again.text) == (kept, text)
