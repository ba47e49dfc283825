import pytest

from rag.verification.conflicts.reading import name_key, reading_of


@pytest.mark.parametrize("spellings", ["britain british london", "russia russians kremlin"])
def test_a_country_its_people_and_its_capital_are_one_name(spellings: str) -> None:
    assert len({name_key(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize("names", ["scottish welsh irish", "romanian bulgarian", "dutch belgian"])
def test_names_that_stand_on_one_line_of_the_list_are_not_one(names: str) -> None:
    assert len({name_key(word) for word in names.split()}) == len(names.split())


def test_the_last_name_of_a_group_is_known() -> None:
    assert reading_of("Talks in Washington failed.").names == {name_key("american")}
