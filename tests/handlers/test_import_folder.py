"""Files dropped into the folder: shown to the administrators as if they were sent."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.inbox_folder import InboxFolder
from services.access import Role
from services.ids import SchoolId
from services.people import Newcomer, UserId
from storage.database import Database
from storage.new_files import DirectoryOfNewFiles
from tests.conftest import FrozenClock
from tests.handlers import school_files as files
from tests.handlers.conversation import Conversation, Said
from tests.handlers.loading import OWNER, Loading
from tests.services.readers.books import packed, workbook

SECOND = 77


@dataclass
class Folder:
    loading: Loading
    watch: InboxFolder
    root: Path
    clock: FrozenClock

    def drop(self, name: str, content: bytes) -> Path:
        self.root.mkdir(exist_ok=True)
        place = self.root / name
        place.write_bytes(content)
        return place

    async def settle(self) -> list[Said]:
        """Long enough for what lies there to rest, and for the desk to read it."""
        for _ in range(2):
            await self.watch.look()
            self.clock.move(seconds=6)
        await self.watch.look()
        self.clock.move(seconds=3)
        return await self.loading.read()

    def names(self, folder: str = "") -> list[str]:
        """Without the moment before them."""
        place = self.root / folder
        kept = sorted(each.name for each in place.glob("*") if each.is_file())
        return [name.partition(" ")[2] if folder else name for name in kept]


@pytest.fixture
def folder(loading: Loading, database: Database, clock: FrozenClock) -> Folder:
    assert database.file is not None
    root = database.file.parent / "inbox"
    return Folder(loading, watch_of(loading.talk, database, root), root, clock)


def watch_of(talk: Conversation, database: Database, root: Path) -> InboxFolder:
    return InboxFolder(
        folder=DirectoryOfNewFiles(root, database.clock),
        receiving=talk.provided["receiving"],
        database=database,
        stop=asyncio.Event(),
    )


async def test_a_file_at_rest_is_shown_applied_and_put_aside(folder: Folder) -> None:
    folder.drop("журнал.xlsx", files.school(files.lesson()))

    [card] = await folder.settle()

    assert (card.chat, card.reply_to) == (OWNER, None)
    assert "журнал.xlsx" in card.text
    assert folder.names() == []
    assert folder.names("taken") == ["журнал.xlsx"]
    *_, done = await folder.loading.talk.press(OWNER, card.buttons["Применить"])
    assert "применено" in done.text
    assert await folder.settle() == []


async def test_files_that_rest_together_are_one_import(folder: Folder) -> None:
    folder.drop("а.xlsx", files.school())
    folder.drop("б.zip", packed({"Уроки.xlsx": files.lessons(files.lesson())}))

    [card] = await folder.settle()

    assert "Сотрудники: 2 · новых 2" in card.text
    assert "Уроки: 1 · новых 1" in card.text
    assert folder.names("taken") == ["а.xlsx", "б.zip"]


async def test_every_administrator_sees_it_and_any_may_decide(
    folder: Folder, database: Database
) -> None:
    async with database.unit_of_work() as work:
        newcomer = Newcomer(user=UserId(SECOND), name="Второй")
        now = database.clock.now()
        person = await work.people.admit(newcomer, school=SchoolId(1), staff=None, at=now)
        await work.people.give(person, Role.ADMINISTRATOR, given_by=None, at=now)
    folder.drop("журнал.xlsx", files.school(files.lesson()))

    cards = await folder.settle()

    assert sorted(card.chat or 0 for card in cards) == [OWNER, SECOND]
    *_, done = await folder.loading.talk.press(SECOND, cards[0].buttons["Применить"])
    assert "применено" in done.text
    [_, late] = await folder.loading.talk.press(OWNER, cards[0].buttons["Применить"])
    assert "Не применено" in late.text


async def test_a_refused_file_lies_aside_with_its_reason(folder: Folder) -> None:
    folder.drop("фото.xlsx", files.PICTURE)

    [said] = await folder.settle()

    assert "фото.xlsx: Это картинка" in said.text
    assert folder.names() == []
    assert folder.names("refused") == ["фото.xlsx", "фото.xlsx.reason.txt"]
    [reason] = (folder.root / "refused").glob("*.reason.txt")
    assert "Это картинка" in reason.read_text(encoding="utf-8")


async def test_of_two_files_the_good_one_is_taken(folder: Folder) -> None:
    folder.drop("журнал.xlsx", files.school(files.lesson()))
    folder.drop("фото.png", files.PICTURE)

    [card] = await folder.settle()

    assert "Не прочитан 1 файл" in card.text
    assert folder.names("taken") == ["журнал.xlsx"]
    assert folder.names("refused") == ["фото.png", "фото.png.reason.txt"]


async def test_a_file_that_grows_is_not_read(folder: Folder) -> None:
    whole = files.school(files.lesson())
    for end in range(1000, len(whole), 1000):
        folder.drop("журнал.xlsx", whole[:end])
        await folder.watch.look()
        folder.clock.move(seconds=4)
    assert not await folder.loading.read()
    folder.drop("журнал.xlsx", whole)

    [card] = await folder.settle()
    assert "Применить" in card.buttons


async def test_a_file_that_changes_while_it_is_read_is_left_for_later(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder.drop("журнал.xlsx", files.school(files.lesson()))
    real = os.fdopen

    def meddled(descriptor: int, mode: str) -> object:
        os.utime(place, ns=(1, 1))
        return real(descriptor, mode)

    with monkeypatch.context() as patch:
        patch.setattr("storage.new_files.os.fdopen", meddled)
        assert await folder.settle() == []
    assert folder.names() == ["журнал.xlsx"]
    [card] = await folder.settle()
    assert "Применить" in card.buttons


async def test_a_file_replaced_meanwhile_is_a_new_one(folder: Folder) -> None:
    folder.drop("журнал.xlsx", files.school(files.lesson()))
    for _ in range(2):
        await folder.watch.look()
        folder.clock.move(seconds=6)
    await folder.watch.look()
    folder.clock.move(seconds=3)
    folder.drop("журнал.xlsx", files.school(files.lesson("Доли")))
    await folder.loading.read()
    assert folder.names() == ["журнал.xlsx"]

    [card] = await folder.settle()
    assert "Применить" in card.buttons
    assert folder.names() == []


async def test_a_restart_before_the_file_is_read_loses_and_doubles_nothing(
    folder: Folder, database: Database
) -> None:
    folder.drop("журнал.xlsx", files.school(files.lesson()))
    for _ in range(2):
        await folder.watch.look()
        folder.clock.move(seconds=6)
    await folder.watch.look()
    folder.watch = watch_of(folder.loading.talk, database, folder.root)

    [card] = await folder.settle()

    assert "Применить" in card.buttons
    assert folder.names("taken") == ["журнал.xlsx"]


@pytest.mark.parametrize(
    "name", [".скрытый.xlsx", "~$журнал.xlsx", "журнал.xlsx.part", "журнал.tmp", "журнал.xlsx~"]
)
async def test_what_is_being_written_under_another_name_is_left(name: str, folder: Folder) -> None:
    folder.drop(name, files.school(files.lesson()))
    assert await folder.settle() == []
    assert folder.names() == [name]


async def test_links_and_folders_are_not_followed(folder: Folder, tmp_path: Path) -> None:
    secret = tmp_path / "secret.xlsx"
    secret.write_bytes(files.school(files.lesson()))
    folder.root.mkdir(exist_ok=True)
    (folder.root / "ссылка.xlsx").symlink_to(secret)
    (folder.root / "папка").mkdir()
    (folder.root / "папка" / "журнал.xlsx").write_bytes(secret.read_bytes())
    os.mkfifo(folder.root / "труба.xlsx")
    assert await folder.settle() == []
    assert secret.exists()


async def test_a_file_too_large_is_refused_unread(folder: Folder) -> None:
    place = folder.drop("журнал.xlsx", b"")
    os.truncate(place, 20 * 1024 * 1024 + 1)

    [said] = await folder.settle()

    assert "больше 20 МБ" in said.text
    assert folder.names("refused") == ["журнал.xlsx", "журнал.xlsx.reason.txt"]


async def test_a_name_of_no_encoding_and_any_length_is_taken(folder: Folder) -> None:
    folder.root.mkdir(exist_ok=True)
    for name in (b"\xff\xfe\n.xlsx", "ы".encode() * 124 + b".xlsx"):
        place = os.path.join(os.fsencode(folder.root), name)  # noqa: PTH118  # bytes
        Path(os.fsdecode(place)).write_bytes(files.school(files.lesson()))

    [card] = await folder.settle()

    assert "Применить" in card.buttons
    assert folder.names() == []


async def test_a_doubtful_file_is_asked_about_and_refused_where_it_gives_nothing(
    folder: Folder,
) -> None:
    doubtful = [("Дата", "Тема"), ("16.11.2026", "Дроби")]
    folder.drop("темы.xlsx", workbook({"Лист1": doubtful}))
    [card] = await folder.settle()
    assert "Не уверен, что это: «темы.xlsx»" in card.text
    assert folder.names("taken") == ["темы.xlsx"]

    _, refused = await folder.loading.add(card.buttons["Список уроков"])
    assert "не сказано" in refused.text
    assert folder.names("taken") == []
    assert folder.names("refused") == ["темы.xlsx", "темы.xlsx.reason.txt"]


async def test_without_an_administrator_files_wait(folder: Folder, database: Database) -> None:
    folder.drop("журнал.xlsx", files.school(files.lesson()))
    async with database.unit_of_work() as work:
        [owner] = await work.people.list(SchoolId(1), database.clock.now())
        await work.people.revoke(SchoolId(1), owner.id, database.clock.now())

    assert await folder.settle() == []
    assert folder.names() == ["журнал.xlsx"]


async def test_a_folder_that_cannot_be_changed_keeps_the_file_and_the_card_comes(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.drop("журнал.xlsx", files.school(files.lesson()))
    real = Path.rename

    def denied(place: Path, target: Path) -> Path:
        if place.parent == folder.root:
            raise PermissionError
        return real(place, target)

    monkeypatch.setattr("storage.new_files.Path.rename", denied)
    [card] = await folder.settle()

    assert "Применить" in card.buttons
    assert folder.names() == ["журнал.xlsx"]
    assert await folder.settle() == [], "it is in hand"


async def test_a_file_that_may_not_be_read_is_refused(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(_place: Path, _flags: int) -> int:
        raise PermissionError

    folder.drop("журнал.xlsx", b"1")
    monkeypatch.setattr("storage.new_files.os.open", denied)
    for _ in range(3):
        await folder.watch.look()
        folder.clock.move(seconds=6)
    [said] = await folder.loading.talk.deliver()
    assert "нет прав" in said.text
    monkeypatch.undo()
    assert folder.names("refused") == ["журнал.xlsx", "журнал.xlsx.reason.txt"]


async def test_what_prevents_a_look_is_logged_once_and_looked_for_again(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks: list[int] = []

    async def look(_self: InboxFolder) -> None:
        looks.append(1)
        if len(looks) == 4:
            folder.watch.stop.set()
        if len(looks) != 3:
            raise OSError

    monkeypatch.setattr("bot.inbox_folder.LOOK", 0)
    monkeypatch.setattr(InboxFolder, "look", look)
    await folder.watch.run()

    assert len(looks) == 4
    assert [each.message for each in caplog.records].count("new files wait") == 2
