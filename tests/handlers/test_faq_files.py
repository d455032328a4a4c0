"""/faq: the base of answers into a workbook and back, and the figures."""

from io import BytesIO

import pytest
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile, Document
from openpyxl import Workbook, load_workbook
from teremok import MockMessageDocument, MockUser

from services.consultation.table import LIMIT
from storage.database import Database
from tests.handlers.conversation import Conversation, Said
from tests.handlers.faq_steps import ANSWER, KEY, OWNER, TEACHER, Base, base_of

HEAD = ["Код", "Раздел", "Кому", "Вопрос", "Ответ", "Синонимы", "Правила", "Показывать"]
PAST = "Как поставить отметку за прошедшую дату?"
GONE = "Этот файл уже применён или отменён."
Rows = list[list[object]]


@pytest.fixture
async def base(talk: Conversation, database: Database) -> Base:
    return await base_of(talk, database)


def workbook(rows: Rows, head: list[str] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD if head is None else head)
    for row in rows:
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


async def exported(base: Base) -> Rows:
    """Every row that the administrator gets."""
    await base.type("/faq")
    await base.pressed("В таблицу")
    [*_, call] = [one for one in base.talk.bot.requests.all if isinstance(one, SendDocument)]
    assert isinstance(call.document, BufferedInputFile)
    sheet = load_workbook(BytesIO(call.document.data)).active
    assert sheet is not None
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


async def send(base: Base, content: bytes, name: str = "ответы.xlsx") -> Said:
    identity = f"answers{len(base.talk.bot.mock_session.files)}"
    base.talk.bot.add_file(identity, content)
    document = Document(
        file_id=identity, file_unique_id=identity, file_name=name, file_size=len(content)
    )
    message = MockMessageDocument(identity, name, user=MockUser(OWNER))
    said = await base.talk.send(message.model_copy(update={"document": document}))
    base.at = said[-1]
    return base.at


async def load(base: Base, rows: Rows) -> Said:
    await base.type("/faq")
    await base.press("Из файла")
    return await send(base, workbook(rows))


async def test_what_goes_out_comes_back_without_a_change(base: Base) -> None:
    head, *rows = await exported(base)
    assert head == HEAD
    assert len(rows) > 200
    said = await load(base, rows)
    assert said.text.endswith("Менять нечего.")
    assert "Строк не принято" not in said.text
    assert f"Без изменений: {len(rows)}" in said.text
    assert list(said.buttons) == ["Отмена"]
    assert "ничего не изменилось" in (await base.press("Отмена")).text


async def test_a_file_is_shown_then_applied_then_undone(base: Base) -> None:
    _, *rows = await exported(base)
    [past] = [row for row in rows if row[3] == PAST]
    [hidden] = [row for row in rows if row[3] == "Как удалить отметку?"]
    changed = [*past[:4], "Через завуча.", *past[5:]]
    new: list[object] = ["", "Отметки", "всем", KEY, ANSWER, "где ключи; ключ где", "", ""]
    said = await load(base, [changed, [*hidden[:7], "нет"], new, rows[0]])

    for line in ("Новых статей: 1", "Изменённых статей: 1", "Снятых статей: 1", KEY,
                 "Без изменений: 1"):  # fmt: skip
        assert line in said.text
    assert ANSWER not in (await base.ask(KEY)).text

    done = await base.press("Применить")
    assert "Применено" in done.text
    assert ANSWER in (await base.ask("где ключи", user=9)).text
    assert "Через завуча" in (await base.ask(PAST)).text
    [again] = await base.talk.press(OWNER, said.buttons["Применить"])
    assert again.text == GONE

    undone = await base.press("Отменить этот файл")
    assert "3 статьи стали прежними" in undone.text
    assert "Через завуча" not in (await base.ask(PAST)).text
    assert ANSWER not in (await base.ask("где ключи")).text
    [again] = await base.talk.press(OWNER, done.buttons["Отменить этот файл"])
    assert again.text == GONE


async def test_what_was_changed_after_the_file_is_left_when_it_is_undone(base: Base) -> None:
    await load(base, [["", "", "", KEY, ANSWER, "", "", ""], ["", "", "", PAST, "Нет", "", "", ""]])
    done = await base.press("Применить")
    await base.open(PAST)
    await base.press("Ответ")
    await base.type("Да")
    base.at = done
    undone = await base.press("Отменить этот файл")
    assert "1 статья стала прежней" in undone.text
    assert "1 статью после файла правили" in undone.text
    assert "\n\nДа" in (await base.ask(PAST)).text


async def test_a_row_that_is_not_taken_is_named_with_its_reason(base: Base) -> None:
    good: list[object] = ["", "", "", "как открыть окно", "Ручкой.", "", "", ""]
    wrong: list[tuple[list[object], str]] = [
        (["", "", "", "ок", "Ответ", "", "", ""], "нет вопроса словами"),
        (["", "", "", "вопрос " * 40, "Ответ", "", "", ""], "вопрос слишком длинный"),
        (["", "", "", KEY, "", "", "", ""], "нет ответа"),
        (["", "", "", KEY, "а" * 2001, "", "", ""], "ответ слишком длинный"),
        (["", "Спорт", "", KEY, "Ответ", "", "", ""], "такого раздела нет"),
        (["", "", "детям", KEY, "Ответ", "", "", ""], "всем, сотрудникам, администрации"),
        (["", "", "", KEY, "Ответ", "🙂", "", ""], "синоним слишком длинный или без слов"),
        (["", "", "", KEY, "Ответ", "", "Z9", ""], "такого правила нет"),
        (["", "", "", KEY, "Ответ", "", "", "может"], "да или нет"),
        (good, "уже была"),
    ]
    for row, reason in wrong:
        said = await load(base, [good, row])
        assert "Новых статей: 1" in said.text
        assert "строка 3: " in said.text
        assert reason in said.text


async def test_many_rows_are_counted_and_the_first_named(base: Base) -> None:
    rows: Rows = [["", "", "", f"вопрос номер {one}", "Ответ", "", "", ""] for one in range(7)]
    bad: Rows = [["", "", "", "ок", "Ответ", "", "", ""] for _ in range(9)]
    said = await load(base, [*rows, *bad])
    assert "Новых статей: 7" in said.text
    assert "вопрос номер 4" in said.text
    assert "вопрос номер 5" not in said.text
    assert "Строк не принято: 9" in said.text
    assert "строка 17" not in said.text


async def test_two_columns_are_enough_and_the_rest_stays_as_it_is(base: Base) -> None:
    await base.type("/faq")
    await base.press("Из файла")
    said = await send(base, workbook([[PAST, "Иначе."]], ["вопрос", " ОТВЕТ "]))
    assert "Изменённых статей: 1" in said.text
    await base.press("Применить")
    card = await base.open(PAST)
    assert "Отметки · для сотрудников" in card.text
    assert "Правила: " in card.text
    assert "Синонимы: 0" not in card.buttons


async def test_another_school_s_own_entry_of_the_same_number_is_a_new_one(base: Base) -> None:
    await load(base, [["", "", "", KEY, ANSWER, "", "", ""]])
    await base.press("Применить")
    _, *rows = await exported(base)
    [mine] = [row for row in rows if row[3] == KEY]
    foreign = [*mine[:3], "почём нынче слоны", "Дорого.", "", "", ""]
    renamed = [*mine[:3], f"{KEY} в третьем корпусе", *mine[4:]]
    assert "Новых статей: 1" in (await load(base, [foreign])).text
    assert "Изменённых статей: 1" in (await load(base, [renamed])).text


async def test_a_file_of_answers_is_known_without_being_announced(base: Base) -> None:
    await base.type("/faq")
    assert "Новых статей: 1" in (await send(base, workbook([["", "", "", KEY, ANSWER]]))).text


async def test_the_journal_s_export_goes_its_own_way_from_faq(base: Base) -> None:
    await base.type("/faq")
    before = len(await waiting(base))
    book = workbook([["5А", "Ким"]], ["Класс", "Учитель"])
    base.talk.bot.add_file("journal", book)
    document = Document(file_id="journal", file_unique_id="j", file_name="ж.xlsx", file_size=9)
    message = MockMessageDocument("journal", "ж.xlsx", user=MockUser(OWNER))
    await base.talk.send(message.model_copy(update={"document": document}))
    assert len(await waiting(base)) == before + 1


async def waiting(base: Base) -> list[object]:
    return list(await base.talk.provided["receiving"].shelf.waiting())


@pytest.mark.parametrize(
    "content",
    [b"", b"not a workbook", b"PK\x03\x04 torn", workbook([["5А"]], ["Класс"])],
    ids=["empty", "text", "torn", "other columns"],
)
async def test_what_is_no_table_of_answers_is_refused_when_one_was_asked_for(
    base: Base, content: bytes
) -> None:
    await base.type("/faq")
    await base.press("Из файла")
    assert "Это не таблица ответов" in (await send(base, content)).text


async def test_what_is_too_large_for_answers_is_not_even_fetched(base: Base) -> None:
    await base.type("/faq")
    await base.press("Из файла")
    document = Document(
        file_id="nowhere", file_unique_id="n", file_name="о.xlsx", file_size=LIMIT + 1
    )
    message = MockMessageDocument("nowhere", "о.xlsx", user=MockUser(OWNER))
    [said] = await base.talk.send(message.model_copy(update={"document": document}))
    assert "Это не таблица ответов" in said.text


async def test_a_teacher_gets_no_file_of_the_base(base: Base) -> None:
    [said] = await base.talk.press(TEACHER, "fq:x:1")
    assert "недоступно" in said.text
