"""The archive's articles: found, added as copies of our own, removed with them."""

import json
import stat
from pathlib import Path

import pytest

from rag.errors import ArticleError
from rag.factory import Byline
from rag.retrieval.filters import ArticleFilter, article_filter
from rag.web.archive_panel.panel import ask_removal, listing, take_away, take_in
from rag.web.archive_panel.shelf import MOST_FILES, add, browse, explained, publishers, remove
from rag.web.archive_panel.view import added_html, asked_html, progress_html, shelf_html
from rag.web.links import article_anchor, parse_article
from tests.support.archives import CNN, copy_home, sealed_settings
from tests.web.test_presentation import HOSTILE, Tags

TEXT = "The Vellum bridge in Quorndale was opened by Ada Fennimore on Tuesday.\n"


@pytest.fixture
def own(seeds: Byline, tmp_path: Path) -> Byline:
    home = copy_home(seeds, tmp_path / "home")
    settings = sealed_settings(home=home, max_upload_mb=0.001)
    return Byline(settings, shared_embedder=seeds.embedder)


def quiet(stage: str, done: int, total: int) -> None: ...


def write(folder: Path, name: str, text: str = TEXT) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_articles_are_found_by_words_publisher_and_date(seeds: Byline) -> None:
    catalogue = seeds.archive.catalogue
    everything = browse(catalogue, ArticleFilter())
    assert (len(everything.shown), everything.passing, everything.total) == (2, 2, 2)
    assert [one.header.file for one in browse(catalogue, ArticleFilter(), "MUSK call").shown] == [
        CNN
    ]
    assert browse(catalogue, ArticleFilter(), "nowhere").shown == ()
    assert publishers(catalogue) == ["AP", "CNN"]
    (cnn,) = browse(catalogue, article_filter("cnn", None, None)).shown
    assert cnn.header.file == CNN
    assert browse(catalogue, article_filter(None, "2030-01-01", None)).passing == 0


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
    assert "Ada Fennimore" in own.engine.search("Who opened the Vellum bridge?")[0].paragraph.text
    again = add(own, [write(tmp_path, "other.txt")], quiet)
    assert [reason for _, reason in explained(again)] == [
        "it has the same text as " + copy.name
    ] or again.report is not None


def test_what_is_not_taken_is_told_by_the_users_own_name(own: Byline, tmp_path: Path) -> None:
    files = [
        write(tmp_path, "photo.png"),
        write(tmp_path, "long.txt", "x " * 1000),
        write(tmp_path, "empty.txt", ""),
        write(tmp_path, "broken.json", "{"),
        write(tmp_path, "good.txt"),
    ]
    added = add(own, files, quiet)
    told = dict(explained(added))
    assert set(told) >= {"photo.png", "long.txt", "empty.txt", "broken.json"}
    assert "larger than 0.001 MB" in told["long.txt"]
    assert "1 added" in Tags(added_html(added)).text


def test_only_so_many_files_are_taken_at_once(own: Byline, tmp_path: Path) -> None:
    files = [write(tmp_path, f"{n}.txt", f"Bridge {n} opened.\n") for n in range(MOST_FILES + 1)]
    added = add(own, files, quiet)
    assert [name for name, _ in added.refused] == [f"{MOST_FILES}.txt"]


def test_removing_an_added_article_deletes_its_copy_and_no_other_file(
    own: Byline, tmp_path: Path
) -> None:
    add(own, [write(tmp_path, "bridge.txt")], quiet)
    newest = browse(own.archive.catalogue, ArticleFilter()).shown[0]
    remove(own, newest.header.article_id)
    assert list((own.settings.home / "added").iterdir()) == []
    assert own.archive.catalogue.counts()[0] == 2
    assert "Ada" not in own.engine.search("Who opened the Vellum bridge?")[0].paragraph.text
    with pytest.raises(ArticleError, match="no longer"):
        remove(own, newest.header.article_id)
    cnn = next(one for one in own.archive.catalogue.articles() if one.header.file == CNN)
    remove(own, cnn.header.article_id)
    assert Path(cnn.path).exists()


def test_the_panel_asks_before_it_removes_and_believes_no_browser(own: Byline) -> None:
    cnn = next(one for one in own.archive.catalogue.articles() if one.header.file == CNN)
    html, article_id = ask_removal(lambda: own, f"remove-{cnn.header.article_id}")
    assert "Its file stays where it is" in Tags(html).text
    assert article_id == cnn.header.article_id
    for made_up in ("", "remove-", "remove-../x", f"remove-{'a' * 16}", "remove-' OR 1=1"):
        assert ask_removal(lambda: own, made_up) == ("", "")
    assert "Removed" in take_away(lambda: own, article_id)
    assert "no longer" in take_away(lambda: own, article_id)
    assert own.archive.catalogue.counts()[0] == 1


def test_adding_tells_how_far_it_is_and_deletes_the_uploads(own: Byline, tmp_path: Path) -> None:
    upload = write(tmp_path, "bridge.txt")
    states = list(take_in(lambda: own, [upload]))
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
    shelf = browse(own.archive.catalogue, ArticleFilter())
    for markup in (
        shelf_html(shelf),
        asked_html(shelf.shown[0], ours=False),
        added_html(added),
        progress_html("embed", 3, 7),
    ):
        tags = Tags(markup)
        ours = {"div", "p", "a", "span", "ul", "li", "strong", "progress"}
        assert {tag for tag, _ in tags.seen} <= ours
        assert all(str(link).startswith(("#article-", "#remove-")) for link in tags.links())


def test_an_article_has_an_anchor_of_its_own() -> None:
    assert parse_article(article_anchor("0970775af9cdeb3d")) == "0970775af9cdeb3d"
    assert parse_article("article-../x") is None
