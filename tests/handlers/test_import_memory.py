"""Names explained once and for all: listed, forgotten, brought back; subjects among them."""

from services.ids import SchoolId
from services.journal.memory import Kept
from storage.database import Database
from tests.handlers import school_files as files
from tests.handlers.conversation import Said
from tests.handlers.loading import OWNER, Loading

MISSPELT = "Ивонова Мария Петровна"


async def memory(loading: Loading) -> Said:
    [said] = await loading.talk.tell(OWNER, "/import")
    [shown] = await loading.talk.press(OWNER, said.buttons["Запомненные имена"])
    return shown


async def explain(loading: Loading, content: bytes, meant: str) -> Said:
    """The preview after the first name that is not known was said to be ``meant``."""
    [card] = await loading.send(content)
    button = next(name for name in card.buttons if name.startswith("Это …") or "это…" in name)
    [choice] = await loading.talk.press(OWNER, card.buttons[button])
    _, again = await loading.add(choice.buttons[meant])
    return again


def maths(subject: str, topic: str = "Дроби") -> bytes:
    line = list(files.lesson(topic))
    line[3] = subject
    return files.lessons(line)


async def test_nothing_is_remembered_at_first(loading: Loading) -> None:
    shown = await memory(loading)
    assert "Пока ничего" in shown.text
    assert not shown.buttons


async def test_an_explained_name_is_listed_forgotten_and_brought_back(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    misspelt = files.lessons(files.lesson("Доли", teacher=MISSPELT))
    await explain(loading, misspelt, files.IVANOVA)

    shown = await memory(loading)
    assert f"«{MISSPELT}» – {files.IVANOVA}" in shown.text
    [gone] = await loading.talk.press(OWNER, shown.buttons["✕ Ивонова Мария Петровна"])
    assert "Пока ничего" in gone.text
    assert f"Забыл: «{MISSPELT}»" in gone.text
    [card] = await loading.send(misspelt)
    assert f"учитель «{MISSPELT}»: 1 строка" in card.text

    [back] = await loading.talk.press(OWNER, gone.buttons["Вернуть: Ивонова Мария Петровна"])
    assert f"«{MISSPELT}» – {files.IVANOVA}" in back.text
    [card] = await loading.send(files.lessons(files.lesson("Степени", teacher=MISSPELT)))
    assert "Нет в списках" not in card.text


async def test_what_was_said_anew_is_not_overwritten_by_an_old_undo(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    misspelt = files.lessons(files.lesson("Доли", teacher=MISSPELT))
    await explain(loading, misspelt, files.IVANOVA)
    shown = await memory(loading)
    [gone] = await loading.talk.press(OWNER, shown.buttons["✕ Ивонова Мария Петровна"])
    await explain(loading, misspelt, files.KIM)

    [late] = await loading.talk.press(OWNER, gone.buttons["Вернуть: Ивонова Мария Петровна"])

    assert "сказали иначе" in late.text
    assert files.KIM in (await memory(loading)).text


async def test_a_made_up_line_is_not_forgotten(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    for data in ("wn:f:n:99:0", "wn:r:h:99:0", "wf:0123456789abcdef"):
        [said] = await loading.talk.press(OWNER, data)
        assert "уже не помню" in said.text


async def test_many_names_are_paged(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    for number in range(9):
        line = files.lessons(files.lesson(teacher=f"Чужой{number} Пётр Ильич"))
        await explain(loading, line, files.KIM)

    first = await memory(loading)
    assert len(first.buttons) == 9
    [second] = await loading.talk.press(OWNER, first.buttons["›"])
    assert list(second.buttons) == ["✕ Чужой8 Пётр Ильич", "‹"]
    [gone] = await loading.talk.press(OWNER, second.buttons["✕ Чужой8 Пётр Ильич"])
    assert next(iter(gone.buttons)) == "✕ Чужой0 Пётр Ильич", "the page before it"


async def test_a_new_subject_can_be_another_name_of_a_known_one(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))

    [card] = await loading.send(maths("Матем."))
    assert "Новые предметы: Матем." in card.text
    [choice] = await loading.talk.press(OWNER, card.buttons["Матем. – это…"])
    assert "Какой предмет школы называется в файле «Матем.»" in choice.text
    assert list(choice.buttons) == ["Математика", "Назад"]
    _, again = await loading.add(choice.buttons["Математика"])
    assert "Новые предметы" not in again.text
    await loading.talk.press(OWNER, again.buttons["Применить"])

    [later] = await loading.send(maths("Матем.", "Доли"))
    assert "Новые предметы" not in later.text
    assert "Уроки: 1 · изменено 1" in later.text
    assert "«Матем.» – Математика" in (await memory(loading)).text


async def test_a_subject_of_a_file_that_was_not_applied_is_asked_about_again(
    loading: Loading,
) -> None:
    await loading.load(files.school(files.lesson()))
    [card] = await loading.send(maths("Матем."))
    await loading.talk.press(OWNER, card.buttons["Отмена"])

    [again] = await loading.send(maths("Матем.", "Доли"))
    assert "Матем. – это…" in again.buttons
    *_, done = await loading.talk.press(OWNER, again.buttons["Применить"])
    assert "применено" in done.text
    [known] = await loading.send(maths("Матем.", "Степени"))
    assert "Новые предметы" not in known.text, "applied, it is the school's own"


async def test_adding_all_names_leaves_new_subjects_as_they_are(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    lines = [list(files.lesson(unit=unit)) for unit in ("7Я", "7Ю")]
    lines[0][3] = "Матем."

    [card] = await loading.send(files.lessons(*lines))
    _, again = await loading.add(card.buttons["Добавить все: 2"])

    assert "Нет в списках" not in again.text
    assert "Новые предметы: Матем." in again.text


async def test_another_school_remembers_its_own(loading: Loading, database: Database) -> None:
    await loading.load(files.school(files.lesson()))
    await explain(loading, files.lessons(files.lesson("Доли", teacher=MISSPELT)), files.IVANOVA)
    async with database.reading() as work:
        assert await work.memory.names(SchoolId(2)) == []
        [name] = await work.memory.names(SchoolId(1))
    async with database.unit_of_work() as work:
        now = database.clock.now()
        assert not await work.memory.forget(SchoolId(2), Kept.NAME, name.id, now)
