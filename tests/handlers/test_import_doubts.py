"""A file of which no format is sure: asked about with buttons, and remembered by its header."""

from collections.abc import Sequence

import pytest

from storage.database import Database
from storage.shelf import DirectoryShelf
from tests.conftest import FrozenClock
from tests.handlers import school_files as files
from tests.handlers.conversation import Said
from tests.handlers.loading import OWNER, Loading
from tests.services.readers.books import workbook

NAME = "5А математика 2026-2027.xlsx"
TITLES = ("Дата", "Тема", "Домашнее задание")


def doubtful(*rows: Sequence[str]) -> bytes:
    return workbook({"Лист1": [TITLES, *rows]})


DRAFT = doubtful(("16.11.2026", "Дроби", "№ 5"))
LATER = doubtful(("23.11.2026", "Доли", "№ 6"), ("30.11.2026", "Степени", "№ 7"))


async def ask(loading: Loading, content: bytes = DRAFT, name: str = NAME) -> Said:
    await loading.load(files.school())
    [card] = await loading.send(content, name)
    return card


async def taught(loading: Loading) -> Said:
    """The card of a file whose format was said."""
    card = await ask(loading)
    _, shown = await loading.add(card.buttons["Список уроков"])
    return shown


async def test_a_doubtful_file_is_asked_about_and_read_as_was_said(loading: Loading) -> None:
    card = await ask(loading)
    assert f"Не уверен, что это: «{NAME}»" in card.text
    assert list(card.buttons) == ["Список уроков", "КТП", "Не журнал", "Отмена"]

    again, shown = await loading.add(card.buttons["Список уроков"])
    assert "ещё раз" in again.text
    assert "Уроки: 1 · новых 1" in shown.text
    assert shown.reply_to is None, "an edit of the same card"
    assert "узнал по прошлому разу" not in shown.text
    *_, done = await loading.talk.press(OWNER, shown.buttons["Применить"])
    assert "применено" in done.text


async def test_the_next_file_with_that_header_is_taken_at_once(loading: Loading) -> None:
    await taught(loading)

    [card] = await loading.send(LATER, NAME)

    assert "Уроки: 2 · новых 2" in card.text
    assert f"«{NAME}»: узнал по прошлому разу." in card.text


async def test_what_a_header_means_can_be_forgotten_and_brought_back(loading: Loading) -> None:
    await taught(loading)
    [card] = await loading.send(LATER, NAME)
    [said] = await loading.talk.press(OWNER, card.buttons["Забыть: 5А математика 2026-2027…"])
    assert "в следующий раз спрошу" in said.text

    [asked] = await loading.send(LATER, NAME)
    assert "Не уверен" in asked.text
    [shown] = await loading.talk.press(OWNER, said.buttons["Вернуть: 5А математика 2026-2027…"])
    assert f"таблица как в «{NAME}» – это список уроков" in shown.text
    [known] = await loading.send(LATER, NAME)
    assert "узнал по прошлому разу" in known.text

    [late] = await loading.talk.press(OWNER, said.buttons["Вернуть: 5А математика 2026-2027…"])
    assert "уже не помню" in late.text


async def test_a_table_that_is_no_journal_is_left_alone_from_then_on(loading: Loading) -> None:
    card = await ask(loading)
    _, refused = await loading.add(card.buttons["Не журнал"])
    assert "Вы сказали, что это не журнал" in refused.text
    assert "Ничего не записано" in refused.text

    [again] = await loading.send(LATER, NAME)
    assert "Вы сказали, что это не журнал" in again.text
    await loading.talk.press(OWNER, again.buttons["Забыть: 5А математика 2026-2027…"])
    [asked] = await loading.send(LATER, NAME)
    assert "Не уверен" in asked.text


async def test_an_answer_that_gives_no_rows_is_not_remembered(loading: Loading) -> None:
    card = await ask(loading, name="файл.xlsx")

    _, refused = await loading.add(card.buttons["Список уроков"])
    assert "не сказано, какой это класс и предмет" in refused.text

    [asked] = await loading.send(DRAFT, "файл.xlsx")
    assert "Не уверен" in asked.text


async def test_a_doubtful_file_can_be_withdrawn(loading: Loading, database: Database) -> None:
    card = await ask(loading)
    [said] = await loading.talk.press(OWNER, card.buttons["Отмена"])
    assert "отменена" in said.text
    assert database.file is not None
    assert not list(database.file.parent.glob("imports/*/*"))

    for button in ("Отмена", "Список уроков"):
        [late] = await loading.talk.press(OWNER, card.buttons[button])
        assert "устарела" in late.text


@pytest.mark.parametrize("number", ["1-0123456789abcdef", "../../etc", "1-0123456789abcdeg"])
async def test_a_made_up_button_settles_nothing(number: str, loading: Loading) -> None:
    await loading.load(files.school())
    for data in (f"wt:{number}:F5", f"wt:{number}:"):
        [said] = await loading.talk.press(OWNER, data)
        assert "устарела" in said.text


async def test_a_format_that_was_not_offered_is_not_taken(loading: Loading) -> None:
    card = await ask(loading)
    data = card.buttons["Список уроков"].removesuffix("F5")

    [said] = await loading.talk.press(OWNER, f"{data}F9")
    assert "устарела" in said.text
    assert not await loading.read()


async def test_a_doubtful_part_of_an_album_is_settled_first(
    loading: Loading, clock: FrozenClock
) -> None:
    await loading.lay(files.school(), "школа.xlsx", media_group_id="7")
    await loading.lay(DRAFT, NAME, media_group_id="7")
    clock.move(seconds=3)
    [card] = await loading.read()
    assert "Вместе с ним ждёт ещё 1 файл" in card.text

    await loading.talk.press(OWNER, card.buttons["Список уроков"])
    clock.move(seconds=3)
    [shown] = await loading.read()
    assert "Сотрудники: 2 · новых 2" in shown.text
    assert "Уроки: 1 · новых 1" in shown.text


async def test_a_late_part_joins_an_album_that_is_asked_about(
    loading: Loading, clock: FrozenClock
) -> None:
    await loading.lay(DRAFT, NAME, media_group_id="7")
    clock.move(seconds=3)
    await loading.read()
    await loading.lay(files.school(), "школа.xlsx", media_group_id="7")
    clock.move(seconds=3)

    [card] = await loading.read()

    assert "Вместе с ним ждёт ещё 1 файл" in card.text
    assert card.reply_to is None, "an edit of the same card"


async def test_a_part_that_comes_while_its_album_is_read_is_waited_for(
    loading: Loading, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def overtaken(_self: DirectoryShelf, *_: object) -> None: ...

    await loading.load(files.school())
    with monkeypatch.context() as patch:
        patch.setattr(DirectoryShelf, "ask", overtaken)
        assert not await loading.send(DRAFT, NAME)
    [card] = await loading.read()
    assert "Не уверен" in card.text
