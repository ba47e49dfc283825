"""Markers: nothing that the model invents, and nothing that an article holds, can cite."""

import pytest

from rag.citations.markers import MarkerStream, cites, split_markers, without_markers


def run(text: str, allowed: int = 4) -> tuple[str, MarkerStream]:
    stream = MarkerStream(allowed)
    return stream.feed(text) + stream.finish(), stream


def shown(text: str) -> str:
    return run(text)[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("It rained [3].", "It rained [1]."),
        ("A [3] b [1] c [3].", "A [1] b [2] c [1]."),
        ("A [1, 3] b [3,1].", "A [1][2] b [2][1]."),
        ("A [1-3].", "A [1][2][3]."),
        ("A [2–3] b [1—2].", "A [1][2] b [3][1]."),
        ("A [1; 2] b [ 3 ].", "A [1][2] b [3]."),
        ("A [1 and 2], [2 & 3].", "A [1][2], [2][3]."),
        ("A ［１］ b 【２】 c [٣].", "A [1] b [2] c [3]."),
        ("A [Source 2] b [source: 1].", "A [1] b [2]."),
        ("A [^2] b [paragraph 3] c [#1].", "A [1] b [2] c [3]."),
        ("A [Sources 1, 2] b [Source 1, Source 3].", "A [1][2] b [1][3]."),
        ("A 【2†source】.", "A [1]."),
        ("A [2][2] b [1, 1].", "A [1] b [2]."),
        ("A [1] [2] [1].", "A [1][2]."),
        ("A [[2]] b.", "A [1] b."),
        ("A [01].", "A [1]."),
        ("[1] first", "[1] first"),
        ("[sic] [see below] [1a]", "[sic] [see below] [1a]"),
        ("a [ b", "a [ b"),
        ("a [1", "a [1"),
    ],
)
def test_every_form_of_marker_becomes_a_reading_order_number(written: str, expected: str) -> None:
    assert shown(written) == expected


@pytest.mark.parametrize(
    ("written", "expected", "invented"),
    [
        ("It rained [9].", "It rained.", ("9",)),
        ("It rained [9] today.", "It rained today.", ("9",)),
        ("It rained  [9]  today.", "It rained today.", ("9",)),
        ("[9] It rained.", "It rained.", ("9",)),
        ("Rain\n[9] Snow", "Rain\nSnow", ("9",)),
        ("It rained [0] [2].", "It rained [1].", ("0",)),
        ("It rained [2, 9].", "It rained [1].", ("9",)),
        ("It rained [1-1000000].", "It rained.", ("1-1000000",)),
        ("It rained [3-1].", "It rained.", ("3-1",)),
        ("It rained [99999999999999999999].", "It rained.", ("99999999999999999999",)),
        ("It rained [9]", "It rained", ("9",)),
        ("(it rained [9])", "(it rained)", ("9",)),
    ],
)
def test_invented_numbers_go_with_their_blank(
    written: str, expected: str, invented: tuple[str, ...]
) -> None:
    text, stream = run(written)
    assert (text, stream.invented) == (expected, invented)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("`a[1]` b [2]", "`a(1)` b [1]"),
        ("``a ` [1]`` [2]", "``a ` (1)`` [1]"),
        ("```\nx[1]\n[2] ``` [3]\n```\n[4]", "```\nx(1)\n(2) ``` (3)\n```\n[1]"),
        ("`open [1]\nnext [2]", "`open (1)\nnext [1]"),
        ("`[Source 1, 2]`", "`(Source 1, 2)`"),
        ("he said “see [2] there” [1]", "he said “see (2) there” [1]"),
        ('he said "see [2] there" [1]', 'he said "see (2) there" [1]'),
        ("il dit « voir [2] là » [1]", "il dit « voir (2) là » [1]"),
        ("er sagte „siehe [2] da“ [1]", "er sagte „siehe (2) da“ [1]"),
        ("he said “never again [2].”", "he said “never again.” [1]"),
        ("he said “never[2]!”", "he said “never!”[1]"),
        ('he said "never [2][3]."', 'he said "never." [1][2]'),
        ("il dit « jamais [2] »", "il dit « jamais » [1]"),
        ("“never [2]” [2].", "“never” [1]."),
        ("“never [9].”", "“never (9).”"),
        ("“open [2]\nnext [3]", "“open (2)\nnext [1]"),
        ("“a “b” c [2] d” [1]", "“a “b” c (2) d” [1]"),
        ("“a “b [2]””", "“a “b”” [1]"),
        ("“a ［2］ b”", "“a (2) b”"),
    ],
)
def test_numbers_in_code_and_quotes_belong_to_somebody_else(written: str, expected: str) -> None:
    assert shown(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("A [2](http://evil.example/x) b.", "A [1] b."),
        ("A [2](http://x.example/a_(b)) b.", "A [1] b."),
        ('A [2](http://x.example "title") b.', "A [1] b."),
        ("A [[2]](http://x.example) b.", "A [1] b."),
        ("A [2] (see there).", "A [1] (see there)."),
        ("A [2](see there).", "A [1](see there)."),
        ("A [2](", "A [1]("),
    ],
)
def test_a_link_around_a_marker_is_dropped(written: str, expected: str) -> None:
    assert shown(written) == expected


@pytest.mark.parametrize(
    "block",
    [
        "\n\nSources:\n[1] The Times\n[2] Reuters",
        "\n\n**References:**\n- [1] The Times\n- [3] Reuters\n",
        "\n\n## Sources\n\n1. The Times\n2. Reuters",
        "\n\nSources: [1], [2]",
        "\n[1]: http://x.example\n[2]: https://y.example",
        "\n[^1]: The Times, page 3",
        "\nSources:\n",
    ],
)
def test_a_block_of_sources_at_the_end_is_dropped(block: str) -> None:
    text, stream = run("It rained [2]." + block)
    assert (text, stream.order) == ("It rained [1].", (2,))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("A [2].\nSources:\n[1] x\nBut no [3].", "A [1].\nSources:\n[2] x\nBut no [3]."),
        ("A [2].\nSources say it snowed [1].", "A [1].\nSources say it snowed [2]."),
        ("A [2].\n\n- b [1]\n", "A [1].\n\n- b [2]\n"),
    ],
)
def test_what_only_looks_like_a_block_of_sources_stays(written: str, expected: str) -> None:
    assert shown(written) == expected


def test_text_is_shown_as_soon_as_it_is_certain() -> None:
    stream = MarkerStream(3)
    assert stream.feed("It rained ") == "It rained"
    assert stream.feed("[") == ""
    assert stream.feed("2") == ""
    assert stream.feed("]") == ""
    assert stream.feed(". It") == " [1]. It"


def test_order_tells_what_each_marker_stands_for() -> None:
    assert run("A [3], b [1], c [3, 2].")[1].order == (3, 1, 2)


def test_split_markers_takes_the_blank_along() -> None:
    assert split_markers("It rained [2], then snowed [1][2].") == (
        "It rained, then snowed.",
        (2, 1),
    )
    assert split_markers("[1] It rained.") == ("It rained.", (1,))
    assert split_markers("No marker.") == ("No marker.", ())


def test_a_text_goes_on_without_its_markers() -> None:
    assert without_markers("There was one [1][2]. Two [3]\n[4]") == "There was one. Two\n"


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("It rained [1].", True),
        ("It rained 【２】", True),
        ("It rained [^1", True),
        ("[ 7", True),
        ("It rained.", False),
        ("[sic]", False),
        ("It rained [", False),
        ("(1)", False),
    ],
)
def test_a_marker_is_told_as_soon_as_it_begins(text: str, cited: bool) -> None:
    assert cites(text) is cited
