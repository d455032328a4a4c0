"""K2 on journals of a few lines; the definition is RULES.md's."""

from typing import Any

import pytest

from services.completeness.rules.k2_topic_not_in_plan import likeness
from storage.database import Database
from tests.services.completeness.book import Book, at

DAYS = ("07.09", "08.09", "09.09", "10.09", "11.09", "14.09", "15.09", "16.09", "17.09", "18.09")
TOPICS = (
    "Натуральные числа", "Сложение и вычитание", "Умножение", "Площадь прямоугольника",
    "Обыкновенные дроби", "Проценты", "Масштаб", "Диаграммы", "Уравнения", "Симметрия фигур",
)  # fmt: skip


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


def planned(book: Book, **said: Any) -> None:
    for on, topic in zip(DAYS, TOPICS, strict=True):
        book.plan(on, topic=topic, **said)


def taught(book: Book, *topics: str, **said: Any) -> None:
    for on, topic in zip(DAYS, topics, strict=False):
        book.lesson(on, topic=topic, **said)


async def test_a_topic_unlike_the_items_near_it_is_k2(book: Book) -> None:
    planned(book)
    taught(book, TOPICS[0], "Просмотр кинофильма", "умножение.", "Площади прямоугольников")
    await book.load()
    assert await book.says("K2", at("18.09")) == [("08.09", 1)]
    [hit] = await book.look("K2", at("18.09"))
    assert hit.facts == {"topic": "Просмотр кинофильма", "planned": "Сложение и вычитание"}


@pytest.mark.parametrize(("item", "found"), [(3, []), (4, [("07.09", 1)])])
async def test_an_item_within_three_is_near(
    book: Book, item: int, found: list[tuple[str, int]]
) -> None:
    planned(book)
    taught(book, TOPICS[item])
    await book.load()
    assert await book.says("K2", at("18.09")) == found


async def test_a_class_that_lags_teaches_what_its_hour_is(book: Book) -> None:
    planned(book)
    for on, topic in zip(DAYS[6:], TOPICS[:2], strict=False):
        book.lesson(on, topic=topic)
    await book.load()
    assert await book.says("K2", at("18.09")) == []


async def test_a_class_that_lost_lessons_may_keep_to_the_days_of_the_plan(book: Book) -> None:
    planned(book)
    taught(book, TOPICS[0])
    for on, topic in zip(DAYS[8:], TOPICS[8:], strict=True):
        book.lesson(on, topic=topic)
    await book.load()
    assert await book.says("K2", at("18.09")) == []


async def test_hours_of_an_item_are_lessons_of_it(book: Book) -> None:
    book.plan(DAYS[0], 600, topic=TOPICS[0])
    for topic in TOPICS[1:]:
        book.plan("30.12", topic=topic)
    taught(book, *[TOPICS[0]] * 6, TOPICS[5], TOPICS[5])
    await book.load()
    assert await book.says("K2", at("18.09")) == [("15.09", 1)]


async def test_without_a_plan_no_topic_is_outside_it(book: Book) -> None:
    taught(book, "Просмотр кинофильма")
    await book.load()
    assert await book.says("K2", at("18.09")) == []


@pytest.mark.parametrize(
    "topic", ["", "Урок", "да", "...", "Вводный Инструктаж", "Правила охраны труда"]
)
async def test_no_topic_and_a_briefing_are_other_rules_business(book: Book, topic: str) -> None:
    planned(book)
    taught(book, topic)
    await book.load()
    assert await book.says("K2", at("18.09")) == []


async def test_a_group_is_held_to_its_own_plan(book: Book) -> None:
    book.groups(**{"1": [1, 2], "2": [3, 4]})
    planned(book)
    book.plan("07.09", topic="Геометрия вокруг нас", study_group="1")
    book.lesson("07.09", topic="Геометрия вокруг нас", study_group="1")
    book.lesson("08.09", topic=TOPICS[1], study_group="1")
    book.lesson("08.09", 2, topic=TOPICS[1], study_group="2")
    await book.load()
    assert [hit.number for hit in await book.look("K2", at("18.09"))] == []
    book.lesson("09.09", topic=TOPICS[7], study_group="1")
    await book.load(name="b")
    assert [hit.number for hit in await book.look("K2", at("18.09"))] == [1]


def test_likeness_forgives_case_punctuation_and_the_order_of_words() -> None:
    assert likeness("ПЛОЩАДЬ  треугольника!", "Площадь треугольника") == 100
    assert likeness("Дроби. Решение задач", "Решение задач: дроби") == 100
    assert likeness("Контр. работа № 1", "Контрольная работа №1") > 60
    assert likeness("Просмотр кинофильма", "Обыкновенные дроби") < 60
