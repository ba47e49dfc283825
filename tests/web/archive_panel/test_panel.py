"""The archive's articles: found, added as copies of our own, removed with them."""

import json
import stat
from pathlib import Path

import pytest

from rag.answering.request import Request
from rag.errors import ArticleError
from rag.factory import Byline
from rag.web.archive_panel import panel
from rag.web.archive_panel.changes import MOST_FILES, add, remove
from rag.web.archive_panel.panel import add_files, confirm_removal, listing, remove_article
from rag.web.archive_panel.view import (
    Page,
    added_html,
    confirmation_html,
    page_html,
    progress_html,
)
from rag.web.links import article_anchor
from tests.support.archives import AP, CNN, copy_home, sealed_settings
from tests.support.pages import HOSTILE, Tags

TEXT = "The Vellum bridge in Quorndale was opened by Ada Fennimore on Tuesday.\n"


@pytest.fixture
def own(seeds: Byline, tmp_path: Path) -> Byline:
    home = copy_home(seeds, tmp_path / "home")
    settings = sealed_settings(home=home, max_upload_mb=0.001)
    return Byline(settings, shared_embedder=seeds.embedder)


def quiet(stage: str, done: int, total: int) -> None: ...


def seeds_id(byline: Byline, file: str) -> str:
    found = (one.header for one in byline.archive.catalogue.articles() if one.header.file == file)
    return next(found).article_id


def write(folder: Path, name: str, text: str = TEXT) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def listed(byline: Byline, *given: str) -> tuple[str, list[str]]:
    """Return the list's text and the links of its articles and pages."""
    tags = Tags(listing(lambda: byline, *given).html)
    links = [str(link) for link in tags.links() if not str(link).startswith("#remove-")]
    return tags.text, links


def test_articles_are_found_by_words_publisher_and_date(seeds: Byline) -> None:
    cnn, ap = (f"#{article_anchor(seeds_id(seeds, name))}" for name in (CNN, AP))
    text, links = listed(seeds, "", "", "", "")
    assert "2 of 2 articles" in text
    assert set(links) == {cnn, ap}
    for given in (("", "", "", "MUSK call"), ("cnn", "", "", ""), ("", "", "", CNN[:8])):
        text, links = listed(seeds, *given)
        assert links == [cnn]
        assert "1 of 2 articles" in text
    for given in (("", "", "", "nowhere"), ("", "2030-01-01", "", ""), ("Nobody", "", "", "")):
        assert "No article passes" in listed(seeds, *given)[0]


def test_the_list_is_turned_page_by_page(seeds: Byline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel, "_PAGE_SIZE", 1)
    _, (newest, older) = listed(seeds, "", "", "", "")
    text, (oldest, first) = listed(seeds, "", "", "", "", older.removeprefix("#"))
    assert "2 of 2 articles" in text
    assert oldest != newest
    assert first == "#older-0"
    assert listed(seeds, "", "", "", "", "older-0")[1] == [newest, older]
    for made_up in ("older-", "older--1", "older-9x", "older-" + "9" * 40, "older-1;DROP"):
        assert listed(seeds, "", "", "", "", made_up)[1] == [newest, older]


def test_what_is_added_is_a_copy_of_our_own_and_answers(own: Byline, tmp_path: Path) -> None:
    file = write(tmp_path, "../Brücke <img>.txt".replace("../", ""))
    added = add(own, [file], quiet)
    file.unlink()
    (copy,) = (own.settings.home / "added").iterdir()
    assert copy.name.startswith("brucke-img-")
    assert copy.read_text("utf-8") == TEXT
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert added.report is not None
    assert added.report.added == 1
    assert (
        "Ada Fennimore"
        in own.engine.search(Request("Who opened the Vellum bridge?"))[0].paragraph.text
    )
    again = add(own, [write(tmp_path, "other.txt")], quiet)
    assert [reason for _, reason in again.problems()] == [
        "it has the same text as " + copy.name
    ] or again.report is not None


def test_what_is_not_taken_is_told_by_the_users_own_name(own: Byline, tmp_path: Path) -> None:
    files = [
        write(tmp_path, "photo.png"),
        write(tmp_path, "long.txt", "x " * 1000),
        write(tmp_path, "empty.txt", ""),
        write(tmp_path, "broken.json", "{"),
        write(tmp_path, "good.txt"),
        write(tmp_path, "good.markdown", "The Vellum ferry sails again.\n"),
    ]
    added = add(own, files, quiet)
    told = dict(added.problems())
    assert set(told) >= {"photo.png", "long.txt", "empty.txt", "broken.json"}
    assert "larger than 0.001 MB" in told["long.txt"]
    assert "2 added" in Tags(added_html(added)).text


def test_only_so_many_files_are_taken_at_once(own: Byline, tmp_path: Path) -> None:
    files = [write(tmp_path, f"{n}.txt", f"Bridge {n} opened.\n") for n in range(MOST_FILES + 1)]
    added = add(own, files, quiet)
    assert [name for name, _ in added.refused] == [f"{MOST_FILES}.txt"]


def test_removing_an_added_article_deletes_its_copy_and_no_other_file(
    own: Byline, tmp_path: Path
) -> None:
    add(own, [write(tmp_path, "bridge.txt")], quiet)
    (newest,) = own.archive.catalogue.page(limit=1)
    remove(own, newest.header.article_id)
    assert list((own.settings.home / "added").iterdir()) == []
    assert own.archive.catalogue.counts()[0] == 2
    assert (
        "Ada" not in own.engine.search(Request("Who opened the Vellum bridge?"))[0].paragraph.text
    )
    with pytest.raises(ArticleError, match="no longer"):
        remove(own, newest.header.article_id)
    cnn = next(one for one in own.archive.catalogue.articles() if one.header.file == CNN)
    remove(own, cnn.header.article_id)
    assert Path(cnn.path).exists()


def test_the_panel_asks_before_it_removes_and_believes_no_browser(own: Byline) -> None:
    cnn = next(one for one in own.archive.catalogue.articles() if one.header.file == CNN)
    html, article_id = confirm_removal(lambda: own, f"remove-{cnn.header.article_id}")
    assert "Its file stays where it is" in Tags(html).text
    assert article_id == cnn.header.article_id
    for made_up in ("", "remove-", "remove-../x", f"remove-{'a' * 16}", "remove-' OR 1=1"):
        assert confirm_removal(lambda: own, made_up) == ("", "")
    assert "Removed" in remove_article(lambda: own, article_id)
    assert "no longer" in remove_article(lambda: own, article_id)
    assert own.archive.catalogue.counts()[0] == 1


def test_adding_tells_how_far_it_is_and_deletes_the_uploads(own: Byline, tmp_path: Path) -> None:
    upload = write(tmp_path, "bridge.txt")
    states = list(add_files(lambda: own, [upload]))
    assert [state.running for state in states] == [True] * (len(states) - 1) + [False]
    assert "1 added" in Tags(states[-1].html).text
    assert not upload.exists()


def test_the_list_says_what_is_wrong_with_a_filter(own: Byline) -> None:
    shown = listing(lambda: own, "", "nonsense", "", "")
    assert "is not a date" in Tags(shown.html).text
    assert listing(lambda: own, "", "", "", "").publishers == ("AP", "CNN")


def test_hostile_names_are_text_in_the_panel(own: Byline, tmp_path: Path) -> None:
    record = {"title": HOSTILE, "author": HOSTILE, "source": HOSTILE, "text": TEXT}
    added = add(own, [write(tmp_path, f"{HOSTILE[:9]}.json", "{")], quiet)
    path = write(tmp_path, "b.json", json.dumps({**record, "text": "It rained."}))
    own.ingest([path])
    articles = own.archive.catalogue.page(limit=3)
    for markup in (
        page_html(Page(articles, 3, 3, is_first=False, has_more=True)),
        confirmation_html(articles[0], is_copy=False),
        added_html(added),
        progress_html("embed", 3, 7),
    ):
        tags = Tags(markup)
        ours = {"div", "p", "a", "span", "ul", "li", "strong", "progress"}
        assert {tag for tag, _ in tags.seen} <= ours
        assert all(
            str(link).startswith(("#article-", "#remove-", "#older-")) for link in tags.links()
        )
