"""Languages as far as they are certain: a name makes no question foreign."""

import pytest

from rag.text import language
from rag.text.language import language_of

FOREIGN = {
    "Was sagte der Minister über die neue Brücke?": "de",
    "Wie viel Geld gab das Komitee im Wahlkampf aus?": "de",
    "Combien d'argent a été dépensé par le comité ?": "fr",
    "Qui est le président de la commission ?": "fr",
    "¿Cuánto dinero gastó el comité?": "es",
    "¿Quién ganó las elecciones?": "es",
    "Hvor mange penge brugte partiet på kampagnen?": "da",
    "Hvem er formand for partiet nu?": "da",
    "Ile pieniędzy wydał komitet?": "pl",
    "Kto jest prezydentem kraju?": "pl",
    "Кто выиграл выборы?": "ru",
    "Сколько денег потратил комитет?": "ru",
    "谁赢得了选举?": "zh",
    "市议会花了多少钱？": "zh",
}
ENGLISH = """
Who is Bradley Bowman?
What did Angela Merkel say about Deutsche Bank?
Who won the Bundesliga?
Where is Guangzhou?
What is the Assemblée nationale?
Did Volodymyr Zelenskyy meet Recep Tayyip Erdoğan?
How old is José Mourinho?
Who wrote La vita è bella?
When did the Dąbrowski inquiry end?
Who scored for Real Madrid?
Why did Société Générale lose money?
What happened in København?
Who is Xi Jinping (习近平)?
Tell me about Владимир Путин
How did Bayern München beat Paris Saint-Germain?
What does Der Spiegel report?
Who directed Das Leben der Anderen?
Which party does Marine Le Pen lead?
How many people live in São Paulo?
What is Médecins Sans Frontières?
Who founded Al Jazeera?
Does Łódź have an airport?
When was El País founded?
What is the Bundesverfassungsgericht?
Where does Željko Obradović work?
Who owns Corriere della Sera?
What caused the Nord Stream leak?
Why was Le Monde sued?
How much did Société du Grand Paris spend?
Who leads Die Linke and Bündnis 90/Die Grünen?
""".strip().splitlines()
UNCERTAIN = """
Bowman?
1945?
Musk PAC spending total
Champs-Élysées attack
Is Schröder chancellor?
Deutsche Bank Commerzbank Bundesbank Sparkasse
São Paulo floods
Volodymyr Zelenskyy (Володимир Зеленський)
""".strip().splitlines()


@pytest.mark.parametrize("text", FOREIGN)
def test_a_foreign_question_is_told(text: str) -> None:
    assert language_of(text) == FOREIGN[text]


def test_english_is_told_by_its_words_and_the_identifier_is_not_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(language, "_identifier", lambda: pytest.fail("it was loaded"))
    assert len(ENGLISH) == 30
    assert [text for text in ENGLISH if language_of(text) not in {"en", None}] == []
    assert sum(language_of(text) == "en" for text in ENGLISH) >= 28


@pytest.mark.parametrize("text", UNCERTAIN)
def test_names_and_a_few_words_prove_nothing(text: str) -> None:
    assert language_of(text) is None
