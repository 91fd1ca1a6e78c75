"""Spellings that are one tag.

Joined when an article is stored, when it is sought, and when an admin says so.
"""

from __future__ import annotations

import asyncio
import dataclasses
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.rules import RULES
from bot.values.articles import Cursor, Draft, Query, QueryKind, Tag
from bot.values.chats import AuditLine, Mode, Subscription, Target
from bot.values.delivery import EditorChange
from storage.driver import steps
from storage.editing.aliases import Aliases
from tests.storage.invented import NOW, Archive, an_archive, draft, tag

pytestmark = pytest.mark.anyio
LINE = AuditLine(NOW, "console:local", "mergetag", "x")


async def _merge(archive: Archive, name: str, into: str) -> bool:
    kept = await archive.store.tags.named(into)
    assert kept is not None
    return await archive.store.aliases.merge(name, kept, LINE)


async def _rename(archive: Archive, name: str, new: str) -> bool:
    known = await archive.store.tags.named(name)
    assert known is not None
    return await archive.store.aliases.rename(known, new, LINE)


async def _found(archive: Archive, name: str) -> Tag | None:
    return await archive.store.tags.find([name])


async def _listed(archive: Archive, name: str) -> list[str]:
    known = await _found(archive, name)
    if known is None:
        return []
    page = await archive.store.articles.page(Query(QueryKind.TAG, known.key, known.name), 99)
    return [one.headline for one in page]


async def _chosen(archive: Archive) -> list[Subscription]:
    return await archive.store.subscriptions.of_chat(archive.reader.id)


async def _follow(archive: Archive, name: str, **more: object) -> None:
    wanted = dataclasses.replace(Subscription(tag(name)), **more)  # type: ignore[arg-type]
    await archive.store.subscriptions.follow(archive.reader.id, wanted, NOW - timedelta(days=9), None)


async def test_spellings_of_the_gazetteer_are_one_tag(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("এক", "nodi.example/1", tags=("খামেনেই",)))
        await archive.save(draft("দুই", "nodi.example/2", tags=("খামেনি", "BNP")))
        await archive.save(draft("তিন", "nodi.example/3", tags=("bnp", "বিএনপি")))
        for name in ("খামেনেই", "খামেনি", "khamenei"):
            assert await _listed(archive, name) == ["দুই", "এক"]
        both = await _found(archive, "bnp")
        assert both is not None
        assert (both.name, both.articles) == ("বিএনপি", 2)
        saved = await archive.store.articles.page(Query(), 1)
        assert saved[0].tags == ("বিএনপি",)


async def test_who_follows_a_tag_hears_of_a_headline_in_another_spelling(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(tag("ইসরায়েল"))
        saved = await archive.save(draft("ইসরাইলের নতুন সরকার", "nodi.example/1"))
        assert await archive.store.subscriptions.volume(tag("ইসরায়েল"), NOW) > 0
        assert await archive.claimed() == [saved.article_id]


async def test_a_latin_word_in_a_headline_is_no_spelling(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(tag("আওয়ামী লীগ"))
        await archive.save(draft("Al Hilal জিতল", "nodi.example/1"))
        assert await archive.store.subscriptions.volume(tag("আওয়ামী লীগ"), NOW) == 0
        assert await archive.claimed() == []


async def test_joins_side_by_side_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("aliases", "joined_terms"):
        monkeypatch.setattr(f"storage.editing.{module}.ROWS", 1)
    monkeypatch.setattr(steps, "_GAP", 0)
    async with an_archive(tmp_path) as archive:
        for number, name in enumerate(("একনাম", "দুইনাম", "তিননাম") * 3):
            await archive.save(draft(f"খ{number}", f"nodi.example/{number}", tags=(name,)))
            chat = await archive.store.chats.ensure(Target("console", str(number)), NOW)
            await archive.store.subscriptions.follow(chat.id, Subscription(tag(name)), NOW, None)
        into = {name: await archive.store.tags.named(name) for name in ("দুইনাম", "তিননাম")}
        # As two processes would: each with a lock of its own.
        here, there = Aliases(archive.store._database, RULES), Aliases(archive.store._database, RULES)
        assert into["দুইনাম"] is not None
        assert into["তিননাম"] is not None
        await asyncio.gather(here.merge("একনাম", into["দুইনাম"], LINE), there.merge("দুইনাম", into["তিননাম"], LINE))
        await here.learn()
        assert len(await _listed(archive, "একনাম")) == 9
        assert await archive.store.tags.followers("তিননাম") == 9


async def test_following_a_spelling_is_following_the_tag(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(tag("ইসরাইল"))
        await archive.follow(tag("ইসরায়েল"))
        assert [one.term for one in await _chosen(archive)] == [tag("ইসরায়েল")]
        assert await archive.store.subscriptions.unfollow(archive.reader.id, tag("israel")) is not None
        assert await _chosen(archive) == []


async def test_joined_tags_are_one_for_articles_cards_and_readers(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("পুরোনো", "nodi.example/1", tags=("ইলিশা", "নদী")))
        await archive.save(draft("দুটোই", "nodi.example/2", tags=("ইলিশা", "ইলিশ")))
        await archive.save(draft("নতুন", "nodi.example/3", tags=("ইলিশ",)))
        await archive.follow(tag("ইলিশা"))
        assert await _merge(archive, "ইলিশা", "ইলিশ")
        assert await _listed(archive, "ইলিশা") == await _listed(archive, "ইলিশ") == ["নতুন", "দুটোই", "পুরোনো"]
        old = (await archive.store.articles.page(Query(), 9))[-1]
        assert old.tags == ("ইলিশ", "নদী")
        assert [one.term for one in await _chosen(archive)] == [tag("ইলিশ")]
        later = await archive.save(draft("আরও পরে", "nodi.example/4", tags=("ইলিশা",)))
        assert later.article_id in await archive.claimed()
        assert [one.what for one in await archive.store.audit.recent(9)] == ["mergetag"]
        assert not await _merge(archive, "ইলিশা", "ইলিশ")
        assert len(await archive.store.audit.recent(9)) == 1


async def test_what_nobody_ever_wrote_can_be_made_a_spelling(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("এক", "nodi.example/1", tags=("নদী",)))
        assert await _merge(archive, "Nodi", "নদী")
        await archive.save(draft("দুই", "nodi.example/2", tags=("nodi",)))
        assert await _listed(archive, "নদী") == ["দুই", "এক"]


async def test_joining_one_into_another_twice_over_leads_to_the_last(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        for name in ("ক", "খ", "গ"):
            await archive.save(draft(name, f"nodi.example/{name}", tags=(f"{name}নাম",)))
        assert await _merge(archive, "কনাম", "খনাম")
        assert await _merge(archive, "খনাম", "গনাম")
        assert not await _merge(archive, "গনাম", "কনাম")
        assert set(await _listed(archive, "কনাম")) == {"ক", "খ", "গ"}


async def test_a_reader_of_both_keeps_what_was_chosen_for_the_one_that_stays(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        for name in ("এক", "দুই"):
            await archive.save(draft(name, f"nodi.example/{name}", tags=(f"{name}নাম",)))
        await _follow(archive, "একনাম", mode=Mode.NOW)
        await _follow(archive, "দুইনাম", mode=Mode.DIGEST)
        await _merge(archive, "একনাম", "দুইনাম")
        assert await _chosen(archive) == [Subscription(tag("দুইনাম"), mode=Mode.DIGEST)]


@pytest.mark.parametrize(
    ("gone_out", "kept_out", "out"), [(True, True, True), (True, False, False), (False, True, False)]
)
async def test_leaving_out_stays_unless_the_other_was_followed(
    tmp_path: Path, gone_out: bool, kept_out: bool, out: bool
) -> None:
    async with an_archive(tmp_path) as archive:
        for name in ("এক", "দুই"):
            await archive.save(draft(name, f"nodi.example/{name}", tags=(f"{name}নাম",)))
        await _follow(archive, "একনাম", exclude=gone_out)
        await _follow(archive, "দুইনাম", exclude=kept_out)
        await _merge(archive, "একনাম", "দুইনাম")
        assert await _chosen(archive) == [Subscription(tag("দুইনাম"), exclude=out)]


async def test_what_was_offered_before_is_still_in_the_next_digest(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(tag("একনাম"))
        other = await archive.store.chats.ensure(Target("console", "অন্য"), NOW)
        await archive.store.subscriptions.follow(other.id, Subscription(tag("দুইনাম")), NOW, None)
        saved = await archive.save(draft("খবর", "nodi.example/1", tags=("একনাম",)))
        await archive.save(draft("অন্য", "nodi.example/2", tags=("দুইনাম",)))
        await _merge(archive, "একনাম", "দুইনাম")
        day = await archive.store.digests.day(archive.reader, 9)
        assert saved.article_id in [one.article.id for one in day]
        assert await archive.store.tags.followers("একনাম") == await archive.store.tags.followers("দুইনাম") == 2


async def test_a_renamed_tag_goes_by_both_names(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("এক", "nodi.example/1", tags=("ইসরায়েল",)))
        await archive.follow(tag("ইসরায়েল"))
        # The house's own spelling against the gazetteer's.
        assert await _rename(archive, "ইসরায়েল", "ইসরাইল")
        await archive.save(draft("দুই", "nodi.example/2", tags=("ইসরায়েল",)))
        for name in ("ইসরায়েল", "ইসরাইল", "ইজরাইল"):
            assert await _listed(archive, name) == ["দুই", "এক"]
        assert [one.tags for one in await archive.store.articles.page(Query(), 9)] == [("ইসরাইল",)] * 2
        assert [one.term for one in await _chosen(archive)] == [tag("ইসরাইল")]
        assert len(await archive.claimed()) == 2
        assert await _rename(archive, "ইসরায়েল", "ইসরায়েল")
        assert [one.term for one in await _chosen(archive)] == [tag("ইসরায়েল")]


async def test_the_house_spelling_outlives_a_new_edition_of_the_gazetteer(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("এক", "nodi.example/1", tags=("ইসরায়েল",)))
        await _rename(archive, "ইসরায়েল", "ইসরাইল")
        database = archive.store._database
        await database.write(lambda db: db.rows("UPDATE counters SET value = 0 WHERE name = 'gazetteer'"))
        await Aliases(database, RULES).learn()
        found = await _found(archive, "israel")
        assert found is not None
        assert found.name == "ইসরাইল"


async def test_a_name_that_another_tag_has_is_refused(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("এক", "nodi.example/1", tags=("নদী", "ইলিশ")))
        assert not await _rename(archive, "নদী", "ইলিশ")
        assert await archive.store.audit.recent(9) == []


async def test_a_new_edition_joins_what_went_by_a_spelling(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        database = archive.store._database
        for sql in ("DELETE FROM tag_aliases", "DELETE FROM counters WHERE name = 'gazetteer'"):
            await database.write(lambda db, sql=sql: db.rows(sql))  # type: ignore[misc]
        await archive.save(draft("এক", "nodi.example/1", tags=("ইসরাইল",)))
        await archive.follow(tag("ইসরাইল"))
        assert await _listed(archive, "ইসরায়েল") == []
    async with an_archive(tmp_path) as archive:
        assert await _listed(archive, "ইসরায়েল") == ["এক"]
        assert [one.term for one in await _chosen(archive)] == [tag("ইসরায়েল")]


async def test_a_join_that_was_cut_off_is_ended_when_storage_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class CutOffError(Exception):
        pass

    async def cut(*_args: object) -> None:
        raise CutOffError

    async with an_archive(tmp_path) as archive:
        for number in range(3):
            await archive.save(draft(f"খ{number}", f"nodi.example/{number}", tags=("একনাম",)))
        await archive.save(draft("অন্য", "nodi.example/9", tags=("দুইনাম",)))
        await archive.follow(tag("একনাম"))
        monkeypatch.setattr("storage.editing.aliases.steps", cut)
        with pytest.raises(CutOffError):
            await _merge(archive, "একনাম", "দুইনাম")
        monkeypatch.undo()
        # The other name answers from the first moment on, and whoever hangs on the old one still hears.
        late = await archive.save(draft("মাঝে", "nodi.example/10", tags=("দুইনাম",)))
        assert late.article_id in await archive.claimed()
    async with an_archive(tmp_path) as archive:
        assert len(await _listed(archive, "একনাম")) == 5
        assert [one.term for one in await _chosen(archive)] == [tag("দুইনাম")]


async def test_many_rows_move_in_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.editing.aliases.ROWS", 2)
    monkeypatch.setattr("storage.editing.joined_terms.ROWS", 2)
    monkeypatch.setattr(steps, "_GAP", 0)
    async with an_archive(tmp_path) as archive:
        for number in range(5):
            await archive.save(draft(f"খ{number}", f"nodi.example/{number}", tags=("একনাম",)))
            chat = await archive.store.chats.ensure(Target("console", str(number)), NOW)
            await archive.store.subscriptions.follow(chat.id, Subscription(tag("একনাম")), NOW, None)
        await archive.store.subscriptions.follow(archive.reader.id, Subscription(tag("দুইনাম")), NOW, None)
        await archive.save(draft("অন্য", "nodi.example/9", tags=("দুইনাম",)))
        await _merge(archive, "একনাম", "দুইনাম")
        assert len(await _listed(archive, "দুইনাম")) == 6
        assert await archive.store.tags.followers("দুইনাম") == 6


async def test_a_hidden_tag_is_on_no_card_and_in_no_list_but_its_readers_get_it(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("এক", "nodi.example/1", tags=("গুজব", "নদী")))
        await archive.follow(tag("গুজব"))
        rumour = await archive.store.tags.named("গুজব")
        assert rumour is not None
        await archive.store.aliases.hide(rumour, LINE, hidden=True)
        assert await _found(archive, "গুজব") is None
        assert [one.name for one in await archive.store.tags.busiest(NOW, 9)] == ["নদী"]
        assert [one.name for one in await archive.store.tags.hidden(9)] == ["গুজব"]
        saved = await archive.save(draft("দুই", "nodi.example/2", tags=("নদী", "গুজব")))
        assert [one.tags for one in await archive.store.articles.page(Query(), 9)] == [("নদী",)] * 2
        assert saved.article_id in await archive.claimed()
        # A later reading of the page, with one tag more, takes nothing away that is only hidden.
        await archive.save(draft("দুই", "nodi.example/2", tags=("চর", "গুজব")))
        await archive.store.aliases.hide(rumour, LINE, hidden=False)
        assert await _listed(archive, "গুজব") == ["দুই", "এক"]
        again = await archive.store.articles.get(saved.article_id)
        assert again is not None
        assert again.tags == ("নদী", "গুজব", "চর")


async def test_what_an_editor_put_there_is_joined_too(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        saved = await archive.save(draft("এক", "nodi.example/1", tags=("ইলিশা",)))
        subject = await archive.store.subjects.of_article(saved.article_id)
        assert subject is not None
        await archive.store.subjects.correct(subject.id, EditorChange("ভুল", tags=("BNP", "নদী")), LINE, NOW)
        shown = await archive.store.articles.get(saved.article_id)
        assert shown is not None
        assert shown.tags == ("বিএনপি", "নদী")


NAMES = ("মেঘ", "বাদল", "ঝড়", "বর্ষা")
JOINS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=6)


@settings(max_examples=25, deadline=None)
@given(
    tagged=st.lists(st.sets(st.sampled_from(NAMES), min_size=1), min_size=1, max_size=6),
    followed=st.lists(st.sets(st.sampled_from(NAMES)), min_size=1, max_size=4),
    joins=JOINS,
    before=st.integers(0, 6),
)
def test_joined_in_any_order_no_article_and_no_follower_is_lost(
    tagged: list[set[str]], followed: list[set[str]], joins: list[tuple[str, str]], before: int
) -> None:
    async def check(folder: Path) -> None:
        async with an_archive(folder) as archive:
            for number, names in enumerate(tagged[:before]):
                await archive.save(_numbered(number, names))
            chats = [await _reader(archive, number, names) for number, names in enumerate(followed)]
            one = {name: name for name in NAMES}
            for gone, kept in joins:
                into = await archive.store.tags.named(kept)
                joined = into is not None and await archive.store.aliases.merge(gone, into, LINE)
                assert joined == (into is not None and one[gone] != one[kept])
                one = {name: one[kept] if joined and by == one[gone] else by for name, by in one.items()}
            for number, names in list(enumerate(tagged))[before:]:
                await archive.save(_numbered(number, names))
            for name in NAMES:
                carrying = {f"খবর {n}" for n, names in enumerate(tagged) if one[name] in {one[x] for x in names}}
                assert set(await _listed(archive, name)) == carrying
            for chat, names in zip(chats, followed, strict=True):
                chosen = await archive.store.subscriptions.of_chat(chat)
                assert sorted(one.term.value for one in chosen) == sorted({one[name] for name in names})

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(check(Path(folder)))


def _numbered(number: int, names: set[str]) -> Draft:
    return draft(f"খবর {number}", f"nodi.example/{number}", tags=tuple(sorted(names)))


async def _reader(archive: Archive, number: int, names: set[str]) -> int:
    chat = await archive.store.chats.ensure(Target("console", f"পাঠক {number}"), NOW)
    for name in sorted(names):
        await archive.store.subscriptions.follow(chat.id, Subscription(tag(name)), NOW, None)
    return chat.id


async def test_a_list_that_was_begun_goes_on(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        for number in range(4):
            await archive.save(draft(f"খ{number}", f"nodi.example/{number}", tags=("একনাম",), age=number))
        await archive.save(draft("অন্য", "nodi.example/9", tags=("দুইনাম",), age=9))
        first = await archive.store.articles.page(Query(QueryKind.TAG, "একনাম", "একনাম"), 2)
        await _merge(archive, "একনাম", "দুইনাম")
        rest = await archive.store.articles.page(
            Query(QueryKind.TAG, "দুইনাম", "দুইনাম"), 9, Cursor(first[-1].at, first[-1].id)
        )
        assert [one.headline for one in rest] == ["খ2", "খ3", "অন্য"]
