"""A file of another system, and what its sender writes beside it."""

from tests.handlers import school_files as files
from tests.handlers.loading import Loading
from tests.services.readers.books import workbook

PLAN = workbook({"Лист1": [("№", "Тема", "Часы"), (1, "Дроби", 1), (2, "Степени", 2)]})


async def test_a_plan_of_nobody_knows_what_is_asked_about_and_taken_with_a_caption(
    loading: Loading,
) -> None:
    await loading.load(files.school(files.lesson()))
    [refused] = await loading.send(PLAN, "план.xlsx")
    assert "не сказано, какой это класс и предмет" in refused.text
    [card] = await loading.send(PLAN, "план.xlsx", caption="5А математика")
    assert "КТП: 2" in card.text
    assert "· КТП" in card.text
    *_, done = await loading.talk.press(1, card.buttons["Применить"])
    assert "применено" in done.text


async def test_an_unknown_class_of_another_systems_file_is_asked_about(loading: Loading) -> None:
    await loading.load(files.school(files.lesson()))
    [card] = await loading.send(PLAN, "КТП математика 7А.xlsx")
    assert "неизвестный класс «7А»" in card.text
    *_, card = await loading.add(card.buttons["Добавить: 7А"])
    assert "КТП: 2" in card.text
