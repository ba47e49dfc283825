"""From where the page may be reached, and by whom."""

from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.web.server.access.keys import line_for
from rag.web.server.exposure import ExposureError, exposure
from tests.support.archives import sealed_settings


def test_this_machine_alone_needs_no_log_in() -> None:
    reached = exposure(sealed_settings(host="127.0.0.1"))
    assert reached.keys is None
    assert not reached.token


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "byline.example", ""])
def test_others_are_not_let_in_by_accident(host: str) -> None:
    with pytest.raises(ExposureError) as caught:
        exposure(sealed_settings(host=host, hosts="byline.example"))
    assert "there is no log-in" in caught.value.message
    assert "--open or RAG_OPEN=1" in caught.value.hint


@pytest.mark.parametrize("who", [{"auth": "token"}, {"open": True}])
def test_every_address_needs_names_that_are_asked_for(who: dict[str, object]) -> None:
    with pytest.raises(ExposureError, match="names that it doesn't know"):
        exposure(sealed_settings(host="0.0.0.0", **who))
    named = exposure(sealed_settings(host="0.0.0.0", hosts="a.example, 192.0.2.7 [::5]", **who))
    assert named.policy.hosts == ("a.example", "192.0.2.7", "[::5]")


@pytest.mark.parametrize(
    ("host", "name"), [("192.0.2.1", "192.0.2.1"), ("2001:db8::1", "[2001:db8::1]")]
)
def test_an_address_is_its_own_name(host: str, name: str) -> None:
    assert exposure(sealed_settings(host=host, open=True)).policy.hosts == (name,)


def test_a_token_is_new_at_each_start() -> None:
    settings = sealed_settings(auth="token")
    first, second = exposure(settings), exposure(settings)
    assert len(first.token) == 43
    assert first.token != second.token
    assert first.keys is not None
    assert first.keys.is_token(first.token)


def test_an_auth_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "auth").write_text(line_for("ann", "correct horse"), "utf-8")
    reached = exposure(sealed_settings(auth=str(tmp_path / "auth")))
    assert reached.keys is not None
    assert reached.keys.fit("ann", "correct horse")
    with pytest.raises(SettingsError):
        exposure(sealed_settings(auth=str(tmp_path / "none")))


@pytest.mark.parametrize("name", ["http://a.example", "a.example:80", "*", "a@b", "a/b", "*.b"])
def test_a_name_is_a_plain_one(name: str) -> None:
    with pytest.raises(SettingsError, match="RAG_HOSTS"):
        exposure(sealed_settings(hosts=name))


@pytest.mark.parametrize("site", ["a.example", "http://a.example", "https://a/b", "https://a;x"])
def test_a_frame_is_one_site(site: str) -> None:
    with pytest.raises(SettingsError, match="RAG_FRAMED_BY"):
        exposure(sealed_settings(framed_by=site))
