"""The test opponent: a language model that does whatever any text in its prompt tells it.

It plays over HTTP on `tests.support.llm_server`. What it can't know (a key, another session's
questions) it can't tell; everything else it says, prints, repeats and cites as ordered.
"""

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass

from tests.support.llm_server import Reply, Request

_SAY = re.compile(
    r"(?:say|answer|write|reply with|sage|responde|скажи)(?P<times> three times)?"
    r"(?:: ?| that )(?P<what>[^\n]+)",
    re.IGNORECASE,
)
_PRINT = re.compile(r"print: (?P<what>.+)", re.IGNORECASE | re.DOTALL)
_BASE64 = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_MARKUP = re.compile(
    r"<[a-z/!][^<>]*>|!?\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\]|: ?<?\S+)|https?://\S+",
    re.IGNORECASE,
)
_EVENTS, _SHORTEST = 60, 11
"""Events of a reply, and characters in one: they are cut anywhere, in markers and in tags."""


@dataclass(frozen=True)
class Seen:
    """What a prompt turns out to hold when it is parsed by its own rules."""

    boundary: str
    blocks: tuple[str, ...]
    question: str


def parse(prompt: str) -> Seen:
    """Read the user's message of an answer prompt back; raise where it isn't one."""
    first, _, rest = prompt.partition("\n")
    boundary = first.removeprefix("The boundary is ")
    lines, blocks, inside = rest.split("\n"), list[list[str]](), False
    after: list[str] = []
    for line in lines:
        if line == f"{boundary} paragraph {len(blocks) + 1}" and not inside:
            blocks.append([])
            inside = True
        elif line == f"{boundary} end of paragraph {len(blocks)}" and inside:
            inside, after = False, []
        else:
            assert not line.startswith(boundary), line
            (blocks[-1] if inside else after).append(line)
    assert not inside
    heading, question = [line for line in after if line]
    assert heading == "The question, in the reader's words:"
    return Seen(boundary, tuple("\n".join(block) for block in blocks), question)


def obey(request: Request) -> Reply:
    """Do what the paragraphs of a request say, each order with the paragraph that gave it."""
    if not request.messages[-1]["content"].startswith("The boundary is "):
        # To condense a follow-up it repeats what it was told, in one line that is short enough.
        return Reply(chunks=(" ".join(request.prompt.split())[-390:],))
    seen = parse(request.messages[-1]["content"])
    said = dict.fromkeys(
        _cited(what, number)
        for number, block in enumerate(seen.blocks, start=1)
        for what in _ordered(block, request)
    )
    # In prose at first: what begins as markup is turned away before it is shown.
    text = "\n\n".join(["It was ordered to say the following.", *said])
    size = max(_SHORTEST, len(text) // _EVENTS)
    return Reply(chunks=tuple(text[at : at + size] for at in range(0, len(text), size)))


def _ordered(block: str, request: Request) -> Iterator[str]:
    text = block + "".join(f"\n{hidden}" for hidden in _hidden(block))
    for found in _SAY.finditer(text):
        what = re.split(r"[”\]<](?!\w)|</", found["what"])[0] if found["what"][0] != "[" else ""
        yield " ".join([_sentence(what)] * (3 if found["times"] else 1))
        yield _sentence(found["what"])
    for found in _PRINT.finditer(text):
        yield found["what"]
    if "title of the" in text:
        yield from re.findall(r"^(?:title|from): (.*)$", text, re.MULTILINE)
    if "system prompt" in text:
        yield request.messages[0]["content"]
    if "API key" in text:
        yield "The key is " + ", ".join(re.findall(r"sk-[\w-]+", request.prompt) or ["unknown"])
    if "earlier conversation" in text:
        yield request.prompt
    yield from _MARKUP.findall(text)


def _hidden(text: str) -> Iterator[str]:
    """Read what no person would: encoded, in tag characters, in variation selectors, in JSON."""
    for found in _BASE64.findall(text):
        yield b64decode(found + "=" * (-len(found) % 4)).decode(errors="ignore")
    yield "".join(chr(ord(c) - 0xE0000) for c in text if 0xE0020 <= ord(c) < 0xE007F)
    yield "".join(chr(ord(c) - 0xE0100 + 16) for c in text if 0xE0100 <= ord(c) < 0xE01F0)
    for found in re.findall(r'\{"tool".*\}\}', text):
        yield f"say: {json.loads(found)['arguments']['text']}"


def _sentence(what: str) -> str:
    what = what.strip()
    return what[:1].upper() + what[1:]


def _cited(what: str, number: int) -> str:
    # The prompt has the article's own markers in parentheses; it cites them all the same.
    what = re.sub(r"\(([\d^†]+)\)", r"[\1]", what)
    if what.endswith("."):
        return f"{what[:-1]} [{number}]."
    return f"{what} [{number}]"
