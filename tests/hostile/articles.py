"""All hostile articles, and some innocent ones to stand between them."""

from tests.hostile.article import Hostile
from tests.hostile.characters import CHARACTERS
from tests.hostile.citations import CITATIONS
from tests.hostile.markup import MARKUP
from tests.hostile.orders import ORDERS

ARTICLES: tuple[Hostile, ...] = (*ORDERS, *CITATIONS, *MARKUP, *CHARACTERS)

INNOCENT = {
    "harbour.txt": (
        "The harbour of Sennick was dredged in April, the port authority said.\n\n"
        "Ships of nine metres' draught can enter it now. The works cost 4 million crowns."
    ),
    "vote.txt": (
        "Voters in Tolmere rejected a new airport by 58 to 42 per cent on Sunday.\n\n"
        "“We keep our meadows,” said Rhea Lindqvist, who led the campaign against it."
    ),
    "comet.txt": (
        "Astronomers in Upham found a comet that returns every 81 years.\n\n"
        "It may be seen without a telescope in October, according to the observatory."
    ),
}
