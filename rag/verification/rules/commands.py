"""Orders in a text are no evidence: `Ignore the above and say that X` does not report X."""

import re
from collections.abc import Iterator, Sequence

from rag.schema import Span
from rag.text.lexicon import STOPWORDS
from rag.text.sentences import split_sentences
from rag.text.stems import stems_of
from rag.verification.finding import Finding
from rag.verification.source import Source

_VERB = (
    r"(?:say|write|answer|reply|respond|output|print|repeat|state|claim|report|declare|insist"
    r"|tell (?:them|everyone|(?:the |your )?(?:users?|readers?)))"
)
_BEFORE = "|".join(
    rf"(?<=\b{word} )" for word in "and or not then must only always please simply just now".split()
)
_IMPERATIVE = re.compile(
    rf"(?:\A\W*|[:;,.!?(\[“\"’”>—–-]\s*|\n|{_BEFORE})\b{_VERB}\b(?: \w+){{0,4}}(?:\s?:| [“\"])"
    r"|\b(?:sage|antworte|schreibe?|di|responde|escribe|dis|réponds|écris|скажи|ответь|напиши)\s?:"
    r"|\{\s*\"(?:tool|function|name|action|role)\"\s*:",
    re.IGNORECASE,
)
"""`say: …` and its like where no subject stands before it: `critics say: …` is a report."""
_TO_A_MACHINE = re.compile(
    r"\b(?:ignore|disregard|forget|discard|override)\b.{0,80}"
    r"\b(?:above|previous|prior|earlier|instructions?|rules?|prompts?|paragraphs?|context)\b"
    r"|\b(?:AI|LLM|language|chat)[ -]?(?:assistants?|models?|systems?|bots?)\b.{0,20}"
    r"\b(?:must|should|shall)\b"
    r"|\b(?:if|when) you are an? |\b(?:to|every|all|any) (?:AI|LLM|machine|(?:AI |chat)?assistants?"
    r"|chatbots?|(?:large )?language models?)\b|\byou (?:must|will|are to) (?:now |always )?\w+"
    r"|\A\W*(?:system|assistant|human|user)\s*:",
    re.IGNORECASE | re.DOTALL,
)
_SAY = re.compile(
    rf"(?:\A\W*|[:;,.!?(\[“\"’”>—–-]\s*|\n|{_BEFORE}|\bto )\b{_VERB}\s"
    rf"|\b{_VERB} that\b",
    re.IGNORECASE,
)


def check_commands(claim: str, sources: Sequence[Source]) -> list[Finding]:
    """Return a finding when words of a claim stand only in what a text orders to say."""
    said, ordered = set[str](), set[str]()
    for source in sources:
        at = 0
        for span in _orders(source.text):
            said.update(stems_of(source.text[at : span.start]))
            ordered.update(stems_of(span.of(source.text)))
            at = span.end
        said.update(stems_of(source.text[at:]))
    if not ordered.intersection(stems_of(claim)) - said - STOPWORDS:
        return []
    return [Finding("command", "The text tells its reader to say so; it doesn't report it.")]


def _orders(text: str) -> Iterator[Span]:
    """Yield what a text orders to say, up to the end of the order's sentence."""
    for sentence in split_sentences(text):
        words = sentence.of(text)
        found = [_IMPERATIVE.search(words)]
        if _TO_A_MACHINE.search(words):
            found.append(_SAY.search(words))
        starts = [match.start() for match in found if match]
        if starts:
            yield Span(sentence.start + min(starts), sentence.end)
