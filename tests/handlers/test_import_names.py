"""Names that the school's lists do not have: added, or said to be somebody."""

from services.ids import SchoolId
from storage.database import Database
from tests.handlers import school_files as files
from tests.handlers.loading import OWNER, Loading


async def test_an_unknown_teacher_is_added(loading: Loading, database: Database) -> None:
    await loading.load(files.school(files.lesson()))

    [card] = await loading.send(files.lessons(files.lesson(teacher="Новая Нина Ильинична")))
    assert "учитель «Новая Нина Ильинична»: 1 строка" in card.text
    assert "Отказано: 1 строка" in card.text
    reading, again = await loading.add(card.buttons["Добавить: Новая Нина Ильинична"])
    assert "ещё раз" in reading.text
    assert "Отказано" not in again.text
    assert "Сотрудники: 0 · новых 1" in again.text
    await loading.talk.press(OWNER, again.buttons["Применить"])

    async with database.reading() as work:
        names = (await work.journal.dictionary(SchoolId(1))).staff.values()
    assert "Новая Нина Ильинична" in {each.name for each in names}


async def test_an_unknown_name_is_said_to_be_somebody_for_good(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    misspelt = files.lesson("Проценты", teacher="Ивонова Мария Петровна")

    [card] = await loading.send(files.lessons(misspelt))
    [choice] = await loading.talk.press(OWNER, card.buttons["Это …"])
    names = list(choice.buttons)
    assert names == [files.IVANOVA, files.KIM, "Назад"], "the likest first"
    _, again = await loading.add(choice.buttons[files.IVANOVA])
    assert "Отказано" not in again.text
    assert "Уроки: 1 · изменено 1" in again.text
    await loading.talk.press(OWNER, again.buttons["Применить"])

    [later] = await loading.send(files.lessons(files.lesson("Доли", teacher=str(misspelt[4]))))
    assert "Нет в списках" not in later.text
    assert "Уроки: 1 · изменено 1" in later.text


async def test_many_unknown_names_are_paged_and_added_at_once(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    strangers = [
        files.lesson(teacher=f"Чужой{number} Пётр Ильич", number=number) for number in range(1, 8)
    ]

    [card] = await loading.send(files.lessons(*strangers))
    assert "Похоже на файл другой школы" in card.text
    [second] = await loading.talk.press(OWNER, card.buttons["›"])
    assert "Добавить: Чужой5 Пётр Ильич" in second.buttons
    [back] = await loading.talk.press(OWNER, second.buttons["‹"])
    assert back.buttons == card.buttons
    _, again = await loading.add(card.buttons["Добавить все: 7"])

    assert "Сотрудники: 0 · новых 7" in again.text
    assert "Нет в списках" not in again.text


async def test_an_unknown_class_can_be_one_of_the_school_s(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))

    [card] = await loading.send(files.lessons(files.lesson("Доли", unit="5Я")))
    assert "класс «5Я»: 1 строка" in card.text
    [choice] = await loading.talk.press(OWNER, card.buttons["Это …"])
    _, again = await loading.add(choice.buttons["5А"])

    assert "Уроки: 1 · изменено 1" in again.text


async def test_a_class_once_added_is_not_asked_about_again(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))

    [card] = await loading.send(files.lessons(files.lesson(unit="5Я")))
    _, again = await loading.add(card.buttons["Добавить: 5Я"])
    *_, done = await loading.talk.press(OWNER, again.buttons["Применить"])
    assert "применено" in done.text
    [later] = await loading.send(files.lessons(files.lesson("Доли", unit="5Я")))
    assert "Нет в списках" not in later.text
    assert "Уроки: 1 · изменено 1" in later.text

    [asked] = await loading.talk.press(OWNER, done.buttons["Отменить загрузку"])
    await loading.talk.press(OWNER, asked.buttons["Да, отменить загрузку"])
    [after] = await loading.send(files.lessons(files.lesson("Доли", unit="5Я")))
    assert "класс «5Я»: 1 строка" in after.text, "undone, it is unknown again"


async def test_a_class_once_added_can_be_meant_by_another_name(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    [card] = await loading.send(files.lessons(files.lesson(unit="5Я")))
    _, again = await loading.add(card.buttons["Добавить: 5Я"])
    await loading.talk.press(OWNER, again.buttons["Применить"])

    [other] = await loading.send(files.lessons(files.lesson("Доли", unit="5Ю")))
    [choice] = await loading.talk.press(OWNER, other.buttons["Это …"])

    assert set(choice.buttons) == {"5А", "5Я", "Назад"}


async def test_a_made_up_button_means_nobody(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    [card] = await loading.send(files.lessons(files.lesson(unit="5Я")))
    number = card.buttons["Добавить: 5Я"].split(":")[1]

    for data in (f"na:{number}:7", f"np:{number}:0:999999"):
        [said] = await loading.talk.press(OWNER, data)
        assert "устарела" in said.text
    assert not await loading.read()
