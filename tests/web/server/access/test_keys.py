"""Passwords, tokens, and the file that holds them."""

from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.web.server.access.keys import Keys, line_for, read_keys
from tests.web.server.strangers import CHEAP

ANN = line_for("ann", "correct horse")
SCRYPT = "ann:scrypt$16384$8$5$6lKuAzZkCQX9Ok0Cg7m2Kw==$" + "A" * 43 + "="


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let new hashes take no time; `ANN` is a real one."""
    monkeypatch.setattr("rag.web.server.access.keys._HASHER", CHEAP)


def test_who_is_in_the_file_comes_in_by_the_own_password_alone(tmp_path: Path) -> None:
    file = tmp_path / "auth"
    file.write_text(f"# the desk\n{ANN}\n\n{line_for('bob', 'battery staple')}\n", "utf-8")
    keys = read_keys(file)
    assert keys.are_named
    assert keys.fit("ann", "correct horse")
    assert not keys.fit("ann", "battery staple")
    assert not keys.fit("eve", "correct horse")
    assert not keys.fit("ann", "x" * 5000)
    assert not keys.is_token("")


def test_the_file_holds_no_password_and_no_two_equal_hashes() -> None:
    assert "correct" not in ANN
    assert line_for("ann", "correct horse") != ANN


def test_a_token_needs_no_name() -> None:
    keys = Keys({}, "t" * 43)
    assert not keys.are_named
    assert keys.fit("", "t" * 43)
    assert not keys.fit("", "t" * 42)
    assert not keys.fit("", "")
    assert "ttt" not in repr(vars(keys))


@pytest.mark.parametrize(
    "line",
    [
        "ann:hunter2hunter2",
        "ann",
        ANN.replace("ann", ""),
        ANN.replace("t=3", "t=0"),
        ANN.replace("m=65536", "m=67108864"),
        ANN.replace("t=3", "t=2000000"),
        ANN[:-1],
        ANN.replace("argon2id", "md5"),
        f"ann:{CHEAP.hash('')}",
    ],
    ids="plain name nobody no-passes much-memory many-passes cut md5 empty".split(),
)
def test_a_line_of_another_form_is_named_and_not_repeated(tmp_path: Path, line: str) -> None:
    file = tmp_path / "auth"
    file.write_text(f"{ANN}\n{line}\n", "utf-8")
    with pytest.raises(SettingsError) as caught:
        read_keys(file)
    assert caught.value.message.startswith("Line 2 of ")
    assert "hunter2" not in str(caught.value)
    assert "rag password" in caught.value.hint


def test_a_file_that_is_not_there_or_names_nobody_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="can't be read"):
        read_keys(tmp_path / "none")
    (tmp_path / "auth").write_text("# nobody yet\n", "utf-8")
    with pytest.raises(SettingsError, match="names nobody"):
        read_keys(tmp_path / "auth")


@pytest.mark.parametrize(
    ("name", "password"), [("a:b", "x" * 9), ("", "x" * 9), ("a b", "x" * 9), ("ann", "short")]
)
def test_what_can_not_be_used_makes_no_line(name: str, password: str) -> None:
    with pytest.raises(SettingsError):
        line_for(name, password)


def test_a_line_of_an_earlier_version_says_how_to_make_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "auth").write_text(f"{ANN}\n{SCRYPT}\n", "utf-8")
    with pytest.raises(SettingsError, match=r"Line 2 .* earlier version") as caught:
        read_keys(tmp_path / "auth")
    assert "rag password" in caught.value.hint


def test_a_hash_is_of_argon2_and_of_any_characters(tmp_path: Path) -> None:
    assert ANN.startswith("ann:$argon2id$v=19$m=65536,t=3,p=4$")
    (tmp_path / "auth").write_text(line_for("ann", "ünïcode ✓\udcff"), "utf-8")
    assert read_keys(tmp_path / "auth").fit("ann", "ünïcode ✓\udcff")
