"""/decisions: set, accepted, done, put off, reminded of, closed, taken back."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.decisions_job import DecisionDays
from services.access import Role
from services.binding import BoundChat
from services.decisions.decision import State
from services.ids import ChatId, PersonId
from services.people import UserId
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation, Staff, group
from tests.handlers.desk import (
    COLLEAGUE,
    DEPUTY,
    NAMES,
    OWNER,
    SCHOOL,
    TEACHER,
    Desk,
    Told,
    said,
    to,
)

DIRECTOR = 8
PEOPLE = {**NAMES, DIRECTOR: ("Главная Ольга", Role.DIRECTOR)}


@pytest.fixture
async def desk(talk: Conversation, database: Database, clock: FrozenClock) -> Desk:
    """16:00 on Friday the 20th, in Moscow."""
    made = Desk(talk, database, clock)
    await made.people(names=PEOPLE)
    return made


async def number_of(desk: Desk, user: int) -> PersonId:
    async with desk.database.reading() as work:
        person = await work.people.of_user(UserId(user), desk.clock.now())
    assert person is not None
    return person.id


async def assigned(
    desk: Desk, *owners: int, by: int = DEPUTY, due: str = "27.11", text: str = "Внести КТП в 7А"
) -> list[Told]:
    """By the deputy to ``owners``; what came of the last press."""
    await desk.tell(by, "/decisions")
    await desk.press(by, "dn:t:1")
    await desk.tell(by, text)
    for user in owners:
        await desk.press(by, f"do:{await number_of(desk, user)}:1")
    await desk.press(by, "dn:r:1")
    await desk.tell(by, due)
    await desk.press(by, "dc:own")
    return await desk.press(by, "dn:y:1")


async def tick(desk: Desk) -> list[Told]:
    """The job of the clock, as the schedule runs it."""
    start = len(desk.told)
    job = DecisionDays(desk.database, desk.talk.provided["digests"])
    for due in await job.due(desk.clock.now()):
        async with desk.database.reading() as work:
            if await work.job_runs.done(job.name, due.school, due.period):
                continue
        await job.run(due)
    await desk.deliver()
    return desk.told[start:]


async def dismiss(desk: Desk, user: int) -> None:
    async with desk.database.unit_of_work() as work:
        await work.people.revoke(SCHOOL, await number_of(desk, user), desk.clock.now())


async def test_a_decision_is_set_step_by_step_and_its_owner_hears_of_it(desk: Desk) -> None:
    [root] = to(await desk.tell(DEPUTY, "/decisions"), DEPUTY)
    assert "Решений пока нет" in root.text
    [asked] = to(await desk.press(DEPUTY, root.buttons["Новое решение"]), DEPUTY)
    assert "Что решили?" in asked.text
    [people] = to(await desk.tell(DEPUTY, "Внести КТП в 7А"), DEPUTY)
    assert "Ким Олег" in people.buttons
    [chosen] = to(await desk.press(DEPUTY, people.buttons["Ким Олег"]), DEPUTY)
    assert "✓ Ким Олег" in chosen.buttons
    [day] = to(await desk.press(DEPUTY, chosen.buttons["Дальше, выбрано: 1"]), DEPUTY)
    assert list(day.buttons)[:3] == ["21.11", "23.11", "27.11"]
    [kind] = to(await desk.press(DEPUTY, day.buttons["27.11"]), DEPUTY)
    [named] = to(await desk.press(DEPUTY, kind.buttons["Протокол совета"]), DEPUTY)
    assert "Номер и дата протокола" in named.text
    [review] = to(await desk.tell(DEPUTY, "№ 5 от 12.11"), DEPUTY)
    assert "Кто: Ким Олег" in review.text
    assert "Основание: Протокол совета: № 5 от 12.11" in review.text

    told = await desk.press(DEPUTY, review.buttons["Поручить это"])

    [card] = to(told, DEPUTY)
    assert "Решение № 1" in card.text
    assert "осталось 7 дней" in card.text
    assert "Ким Олег: пока без ответа" in card.text
    [own] = to(told, TEACHER)
    assert "Вам поручено:" in own.text
    assert "поручает Завучева Вера" in own.text
    assert list(own.buttons)[:3] == ["Принято к исполнению", "Сделано", "Не успеваю"]


async def test_the_owner_accepts_and_does_it_with_a_photo(desk: Desk) -> None:
    [own] = to(await assigned(desk, TEACHER), TEACHER)

    told = await desk.press(TEACHER, own.buttons["Принято к исполнению"])
    assert "Ким Олег: принято к исполнению" in said(told, DEPUTY, "принято").text
    [asked] = to(await desk.press(TEACHER, "dd:d:1:1"), TEACHER)
    assert "чем подтвердить" in asked.text
    told = await desk.photo(TEACHER, "proof", caption="Журнал заполнен")

    news = said(told, DEPUTY, "Решение № 1")
    assert "сделано – Журнал заполнен (1 файл)" in news.text
    assert any(one.file == "proof" for one in to(told, DEPUTY))
    [card] = to(await desk.press(DEPUTY, news.buttons["К решению"]), DEPUTY)
    assert "исполнено, ждёт закрытия" in card.text
    shown = await desk.press(DEPUTY, card.buttons["Показать подтверждения"])
    assert [one.file for one in to(shown, DEPUTY)] == ["proof"]

    told = await desk.press(DEPUTY, card.buttons["Закрыть"])
    assert "закрыто" in said(told, TEACHER, "Завучева Вера").text
    [root] = to(await desk.tell(DEPUTY, "/decisions"), DEPUTY)
    assert "Закрытые: 1" in root.buttons
    told = await desk.press(DEPUTY, "dd:o:1:1")
    assert "принято к исполнению" in said(told, DEPUTY, "Решение № 1").text


async def test_who_cannot_make_it_asks_for_another_day(desk: Desk) -> None:
    [own] = to(await assigned(desk, TEACHER), TEACHER)
    [why] = to(await desk.press(TEACHER, own.buttons["Не успеваю"]), TEACHER)
    assert "что мешает?" in why.text
    [day] = to(await desk.tell(TEACHER, "Болею до среды"), TEACHER)
    assert "К какому дню успеете?" in day.text
    assert "Не понимаю день" in to(await desk.tell(TEACHER, "когда-нибудь"), TEACHER)[0].text
    told = await desk.tell(TEACHER, "02.12")

    news = said(told, DEPUTY, "просит срок 02.12")
    assert "Болею до среды" in news.text
    [card] = to(await desk.press(DEPUTY, news.buttons["К решению"]), DEPUTY)
    told = await desk.press(DEPUTY, card.buttons["Согласиться на 02.12"])
    assert "новый срок 02.12" in said(told, TEACHER, "Завучева").text
    assert "срок 02.12" in said(told, DEPUTY, "Решение № 1").text

    await desk.press(TEACHER, "dd:l:1:1")
    await desk.tell(TEACHER, "Опять болею")
    told = await desk.press(TEACHER, "dm:1:0")
    assert "не успевает – Опять болею" in said(told, DEPUTY, "Решение № 1").text
    told = await desk.press(DEPUTY, "dd:k:1:1")
    assert "срок остаётся прежним" in said(told, TEACHER, "Завучева").text
    [card] = to(await desk.press(DEPUTY, "dd:s:1:1"), DEPUTY)
    assert "Оставить срок" not in card.buttons


async def test_every_owner_has_a_state_of_their_own(desk: Desk) -> None:
    await assigned(desk, TEACHER, COLLEAGUE)
    await desk.press(TEACHER, "dd:b:1:1")
    [card] = to(await desk.press(DEPUTY, "dd:s:1:1"), DEPUTY)
    assert "Ким Олег: сделано" in card.text
    assert "Иванова Мария: пока без ответа" in card.text
    assert "осталось 7 дней" in card.text

    await desk.press(COLLEAGUE, "dd:b:1:1")
    [card] = to(await desk.press(DEPUTY, "dd:s:1:1"), DEPUTY)
    assert "исполнено, ждёт закрытия" in card.text


async def test_only_who_set_it_and_the_director_close(desk: Desk) -> None:
    await assigned(desk, TEACHER)
    assert "Закрыть" not in to(await desk.press(OWNER, "dd:s:1:1"), OWNER)[0].buttons
    [refused] = to(await desk.press(OWNER, "dd:c:1:1"), None)
    assert "недоступно" in refused.text
    [card] = to(await desk.press(DIRECTOR, "dd:c:1:1"), DIRECTOR)
    assert "закрыто" in card.text
    [refused] = to(await desk.press(DIRECTOR, "dd:c:1:1"), None)
    assert "изменилось" in refused.text


async def test_a_decision_of_others_is_not_there_for_a_teacher(desk: Desk) -> None:
    await assigned(desk, TEACHER)
    [refused] = to(await desk.press(COLLEAGUE, "dd:s:1:1"), None)
    assert "не за вами" in refused.text
    [mine] = to(await desk.tell(TEACHER, "/decisions"), TEACHER)
    assert "За вами 1 решение." in mine.text
    assert "№ 1 · 27.11 · Внести КТП в 7А" in mine.buttons
    [none] = to(await desk.tell(COLLEAGUE, "/decisions"), COLLEAGUE)
    assert none.text == "За вами решений нет."


async def test_reminders_come_three_days_and_one_before_on_the_day_and_after(desk: Desk) -> None:
    await assigned(desk, TEACHER, due="30.11")
    heard: dict[str, list[str]] = {}
    for _ in range(16):
        desk.clock.move(days=1)
        day = f"{desk.clock.now():%d.%m}"
        told = [*await tick(desk), *await tick(desk)]
        heard[day] = [one.text.split("\n")[0] for one in to(told, TEACHER)]
        if to(told, DEPUTY):
            heard[f"{day} deputy"] = [one.text.split("\n")[0] for one in to(told, DEPUTY)]
    assert {day: lines for day, lines in heard.items() if lines} == {
        "27.11": ["До срока решения осталось 3 дня."],
        "29.11": ["До срока решения остался 1 день."],
        "30.11": ["Сегодня срок решения."],
        "01.12": ["Срок решения прошёл 1 день назад. Если что-то мешает, скажите, я передам."],
        "03.12": ["Срок решения прошёл 3 дня назад. Если что-то мешает, скажите, я передам."],
        "03.12 deputy": ["Решение просрочено на 3 дня, исполнителям я напоминал."],
    }


async def test_nobody_is_reminded_at_night_or_of_what_is_done(desk: Desk) -> None:
    await assigned(desk, TEACHER, COLLEAGUE, due="23.11")
    await desk.press(COLLEAGUE, "dd:b:1:1")
    desk.clock.move(days=2, hours=8)
    assert await tick(desk) == []
    desk.clock.move(hours=8)
    told = await tick(desk)
    assert "Сегодня срок решения." in said(told, TEACHER, "Сегодня").text
    assert to(told, COLLEAGUE) == []


async def test_a_look_slept_through_tells_the_latest_only(desk: Desk) -> None:
    await assigned(desk, TEACHER, due="30.11")
    desk.clock.move(days=11)
    [late] = to(await tick(desk), TEACHER)
    assert "Срок решения прошёл 1 день назад." in late.text


async def test_an_owner_who_left_gives_the_decision_back(desk: Desk) -> None:
    await assigned(desk, TEACHER)
    await dismiss(desk, TEACHER)
    [news] = to(await tick(desk), DEPUTY)
    assert "решение вернулось к вам" in news.text
    assert await tick(desk) == []
    [card] = to(await desk.press(DEPUTY, news.buttons["К решению"]), DEPUTY)
    assert "коллега, который уволился: больше не работает в школе" in card.text
    [people] = to(await desk.press(DEPUTY, card.buttons["Добавить исполнителя"]), DEPUTY)
    assert "Ким Олег" not in people.buttons
    [found] = to(await desk.tell(DEPUTY, "иванова"), DEPUTY)
    told = await desk.press(DEPUTY, found.buttons["Иванова Мария"])
    assert "Вам поручено:" in said(told, COLLEAGUE, "Внести КТП").text
    assert len(to(told, COLLEAGUE)) == 1
    await desk.press(DEPUTY, "dd:p:1:1")
    [none] = to(await desk.tell(DEPUTY, "Сидоров"), DEPUTY)
    assert "Коллеги с такой фамилией в боте нет." in none.text


async def test_news_of_a_setter_who_left_go_to_the_director(desk: Desk) -> None:
    await assigned(desk, TEACHER)
    await dismiss(desk, DEPUTY)
    told = await desk.press(TEACHER, "dd:a:1:1")
    assert "принято к исполнению" in said(told, DIRECTOR, "Решение № 1").text
    await dismiss(desk, DIRECTOR)
    told = await desk.press(TEACHER, "dd:b:1:1")
    assert "сделано" in said(told, OWNER, "Решение № 1").text


async def test_the_last_step_is_taken_back_by_who_took_it(desk: Desk) -> None:
    await assigned(desk, TEACHER)
    await desk.press(TEACHER, "dd:a:1:1")
    await desk.press(TEACHER, "dd:b:1:1")
    assert (
        "Отменить можно только свой шаг" in to(await desk.press(DEPUTY, "dd:y:1:1"), None)[0].text
    )
    [card] = to(await desk.press(TEACHER, "dd:s:1:1"), TEACHER)
    [sure] = to(await desk.press(TEACHER, card.buttons["Отменить последний шаг"]), TEACHER)
    assert "Всё станет как до него." in sure.text
    told = await desk.press(TEACHER, sure.buttons["Да, отменить"])
    assert "Ким Олег отменяет последний шаг." in said(told, DEPUTY, "Решение № 1").text
    [card] = to(await desk.press(DEPUTY, "dd:s:1:1"), DEPUTY)
    assert "Ким Олег: принято к исполнению" in card.text

    await desk.press(TEACHER, "dd:y:1:1")
    told = await desk.press(DEPUTY, "dd:y:1:1")
    assert "Решение № 1 отменено." in said(told, DEPUTY, "отменено").text
    assert "Решение отменено, делать ничего не нужно." in said(told, TEACHER, "делать").text
    [none] = to(await desk.tell(TEACHER, "/decisions"), TEACHER)
    assert none.text == "За вами решений нет."


async def test_a_note_tells_those_who_follow_and_the_other_owners(desk: Desk) -> None:
    await assigned(desk, TEACHER, COLLEAGUE)
    await desk.press(TEACHER, "dd:n:1:1")
    told = await desk.tell(TEACHER, "Половина готова")
    for user in (DEPUTY, COLLEAGUE):
        assert "Половина готова" in said(told, user, "Решение № 1").text


async def test_another_day_is_typed_and_checked(desk: Desk) -> None:
    await assigned(desk, TEACHER)
    await desk.press(DEPUTY, "dd:m:1:1")
    assert "уже прошёл" in to(await desk.tell(DEPUTY, "19.11.2026"), DEPUTY)[0].text
    assert "больше чем через год" in to(await desk.tell(DEPUTY, "19.11.2028"), DEPUTY)[0].text
    told = await desk.tell(DEPUTY, "19.11")
    assert "новый срок 19.11" in said(told, TEACHER, "Завучева").text


async def test_the_files_hold_the_register_and_the_draft_of_an_order(desk: Desk) -> None:
    await assigned(desk, TEACHER, COLLEAGUE)
    await assigned(desk, OWNER, due="01.12", text="Проверить замены")
    await desk.press(DEPUTY, "dd:c:2:1")
    [told] = to(await desk.press(DEPUTY, "df:r"), DEPUTY)
    sheet = load_workbook(BytesIO(told.method.document.data))["Решения"]  # type: ignore[attr-defined]
    rows = list(sheet.iter_rows(values_only=True))[1:]
    assert [(row[0], row[1], row[4]) for row in rows] == [
        (1, "Внести КТП в 7А", "в работе"),
        (2, "Проверить замены", "закрыто"),
    ]
    assert rows[0][2] == "Ким Олег – не ответил(а)\nИванова Мария – не ответил(а)"

    [told] = to(await desk.press(DEPUTY, "df:o"), DEPUTY)
    document = Document(BytesIO(told.method.document.data))  # type: ignore[attr-defined]
    text = "\n".join(one.text for one in document.paragraphs)
    assert "Школа № 12" in text
    assert (
        "1. Внести КТП в 7А. Ответственные: Ким Олег, Иванова Мария. Срок: до 27.11.2026." in text
    )
    assert "Проверить замены" not in text
    signed = [row.cells[0].text for row in document.tables[0].rows]
    assert signed[1:3] == ["Ким Олег", "Иванова Мария"]


async def test_a_bound_group_gets_numbers_only(desk: Desk) -> None:
    await assigned(desk, TEACHER)
    await bind(desk)
    told = await desk.tell(DEPUTY, "/decisions", chat=group())
    [counts] = to(told, group().id)
    assert counts.text.endswith("Открыто: 1, из них просрочено: 0. Исполнено и ждёт закрытия: 0.")
    assert not counts.buttons


async def test_what_was_typed_is_checked(desk: Desk) -> None:
    await desk.press(DEPUTY, "dn:t:1")
    [long] = to(await desk.tell(DEPUTY, "а" * 1001), DEPUTY)
    assert "не больше 1000 знаков" in long.text
    [people] = to(await desk.tell(DEPUTY, "Сделать"), DEPUTY)
    [none] = to(await desk.tell(DEPUTY, "Сидоров"), DEPUTY)
    assert "Коллеги с такой фамилией" in none.text
    [found] = to(await desk.tell(DEPUTY, "ким о"), DEPUTY)
    assert list(found.buttons) == ["Ким Олег", "Отмена"]
    await desk.press(DEPUTY, people.buttons["Ким Олег"])
    [again] = to(await desk.press(DEPUTY, people.buttons["Ким Олег"]), DEPUTY)
    assert "Ким Олег" in again.buttons
    [left] = to(await desk.press(DEPUTY, again.buttons["Отмена"]), DEPUTY)
    assert left.text == "Ничего не поручено."


async def test_a_draft_can_be_mended_before_it_is_set(desk: Desk) -> None:
    await desk.press(DEPUTY, "dn:t:1")
    await desk.tell(DEPUTY, "Сделать")
    await desk.press(DEPUTY, f"do:{await number_of(desk, TEACHER)}:1")
    await desk.press(DEPUTY, "dn:r:1")
    day = date(2026, 11, 27).toordinal()
    [kind] = to(await desk.press(DEPUTY, f"dt:{day}"), DEPUTY)
    [review] = to(await desk.press(DEPUTY, kind.buttons["Своё решение"]), DEPUTY)
    [people] = to(await desk.press(DEPUTY, review.buttons["Изменить исполнителей"]), DEPUTY)
    [people] = to(await desk.press(DEPUTY, people.buttons["Иванова Мария"]), DEPUTY)
    [review] = to(await desk.press(DEPUTY, people.buttons["Дальше, выбрано: 2"]), DEPUTY)
    assert "Кто: Ким Олег, Иванова Мария" in review.text
    [days] = to(await desk.press(DEPUTY, review.buttons["Изменить срок"]), DEPUTY)
    [review] = to(await desk.press(DEPUTY, days.buttons["04.12"]), DEPUTY)
    assert "срок 04.12" in review.text
    told = await desk.press(DEPUTY, review.buttons["Поручить это"])
    assert to(told, COLLEAGUE)


async def bind(desk: Desk) -> None:
    bound = BoundChat(
        school=SCHOOL,
        chat=ChatId(group().id),
        title="",
        topic=None,
        bound_by=None,
        bound_at=desk.clock.now(),
    )
    async with desk.database.unit_of_work() as work:
        await work.bound_chats.put(bound)


async def test_a_button_under_a_list_of_the_digest_names_the_source(
    full: Database, clock: FrozenClock, staff: Staff
) -> None:
    desk = Desk(Conversation(full, clock, staff), full, clock)
    await desk.people(names=PEOPLE, into=SCHOOL)
    await desk.tell(DEPUTY, "/week")
    [rules] = to(await desk.press(DEPUTY, "dg:1:r:0:1"), DEPUTY)
    title, press = next(one for one in rules.buttons.items() if one[0].startswith("P"))
    [lines] = to(await desk.press(DEPUTY, press), DEPUTY)
    [asked] = to(await desk.press(DEPUTY, lines.buttons["Поручить"]), DEPUTY)
    code = title.split(" ", maxsplit=1)[0]
    assert f"Основание: Сводка за неделю: 16.11–22.11, {code}" in asked.text
    await desk.tell(DEPUTY, "Заполнить")
    await desk.press(DEPUTY, f"do:{await number_of(desk, TEACHER)}:1")
    await desk.press(DEPUTY, "dn:r:1")
    [review] = to(await desk.tell(DEPUTY, "27.11"), DEPUTY)
    assert "Сводка за неделю: 16.11–22.11" in review.text
    [own] = to(await desk.press(DEPUTY, review.buttons["Поручить это"]), TEACHER)
    assert "Сводка за неделю: 16.11–22.11" in own.text


async def test_the_digest_counts_decisions(
    full: Database, clock: FrozenClock, staff: Staff
) -> None:
    desk = Desk(Conversation(full, clock, staff), full, clock)
    await desk.people(names=PEOPLE, into=SCHOOL)
    await assigned(desk, TEACHER)
    await assigned(desk, TEACHER)
    async with full.unit_of_work() as work:
        [first, second] = await work.decisions.list(SCHOOL, {State.OPEN})
        before = clock.now() - timedelta(hours=2)
        await work.decisions.save(replace(first, due=first.due - 14))
        await work.decisions.save(replace(second, state=State.CLOSED, closed_at=before))
    told = await desk.tell(DEPUTY, "/week")
    week = said(told, DEPUTY, "Решения:").text
    assert "Решения: открыто 1, просрочено 1, закрыто 1" in week
    assert len(week.splitlines()) <= 25


async def test_a_finding_and_an_analysis_are_sources_too(
    full: Database, clock: FrozenClock, staff: Staff
) -> None:
    desk = Desk(Conversation(full, clock, staff), full, clock)
    await desk.people(names=PEOPLE, into=SCHOOL)
    [asked] = to(await desk.press(DEPUTY, "da:finding:1:-1"), DEPUTY)
    assert "Основание: Замечание: " in asked.text
    await desk.tell(DEPUTY, "/month")
    [asked] = to(await desk.press(DEPUTY, "da:analysis:1:-1"), DEPUTY)
    assert "Основание: Справка: № 1, ноябрь 2026 г." in asked.text
    [gone] = to(await desk.press(DEPUTY, "da:analysis:3:-1"), None)
    assert "/month или /term" in gone.text
    [gone] = to(await desk.press(DEPUTY, "da:finding:999999:-1"), None)
    assert "Этого уже нет" in gone.text
    [gone] = to(await desk.press(DEPUTY, "da:digest:999:0"), None)
    assert gone.text
    await desk.tell(DEPUTY, "/week")
    [asked] = to(await desk.press(DEPUTY, "da:digest:1:-1"), DEPUTY)
    assert "Основание: Сводка за неделю: 16.11–22.11" in asked.text


async def test_a_digest_counts_what_was_decided_after_the_data_came(
    full: Database, clock: FrozenClock, staff: Staff
) -> None:
    desk = Desk(Conversation(full, clock, staff), full, clock)
    await desk.people(names=PEOPLE, into=SCHOOL)
    assert "Решения:" not in said(await desk.tell(DEPUTY, "/week"), DEPUTY, "неделя").text
    await assigned(desk, TEACHER)
    opened = said(await desk.tell(DEPUTY, "/week"), DEPUTY, "неделя")
    assert "Решения: открыто 1, просрочено 0, закрыто 0" in opened.text
    await desk.press(DEPUTY, "dd:c:1:1")
    closed = said(await desk.tell(DEPUTY, "/week"), DEPUTY, "неделя")
    assert "Решения: открыто 0, просрочено 0, закрыто 1" in closed.text


async def test_a_scenario_is_kept_and_set_beside_the_facts(
    full: Database, clock: FrozenClock, staff: Staff
) -> None:
    desk = Desk(Conversation(full, clock, staff), full, clock)
    await desk.people(names=PEOPLE, into=SCHOOL)
    [root] = to(await desk.tell(DEPUTY, "/decisions"), DEPUTY)
    await desk.press(DEPUTY, root.buttons["Сценарий изменения"])
    for words in ("Домашние задания до 16:00", "Учителя 5–9 классов", "2 часа", "Не все успеют"):
        [asked] = to(await desk.tell(DEPUTY, words), DEPUTY)
    assert "По какому показателю" in asked.text
    await desk.press(DEPUTY, asked.buttons["Своевременность"])
    [card] = to(await desk.tell(DEPUTY, "27.11"), DEPUTY)
    assert "Сценарий № 1" in card.text
    assert "Кого касается: Учителя 5–9 классов" in card.text
    assert "Наблюдаем: Своевременность: " in card.text
    assert "→" not in card.text
    assert await tick(desk) == []

    clock.move(days=7)
    told = await tick(desk)
    news = said(told, DEPUTY, "Срок сценария наступил")
    assert " → <b>" in news.text
    assert "Срок сценария" not in "".join(one.text for one in await tick(desk))


async def test_a_rule_is_watched_by_its_count_and_a_day_by_a_button(
    full: Database, clock: FrozenClock, staff: Staff
) -> None:
    desk = Desk(Conversation(full, clock, staff), full, clock)
    await desk.people(names=PEOPLE, into=SCHOOL)
    await desk.press(DEPUTY, "dq")
    for words in ("Изменение", "Все", "1 час", "Никаких"):
        [asked] = to(await desk.tell(DEPUTY, words), DEPUTY)
    title, press = next(one for one in asked.buttons.items() if one[0].startswith("P"))
    [day] = to(await desk.press(DEPUTY, press), DEPUTY)
    [card] = to(await desk.press(DEPUTY, day.buttons["27.11"]), DEPUTY)
    assert f"замечания {title[:2]}: {title.rpartition(': ')[2]}" in card.text


async def test_a_scenario_without_data_says_so(desk: Desk) -> None:
    await desk.press(DEPUTY, "dq")
    for words in ("Изменение", "Все", "1 час", "Никаких"):
        [asked] = to(await desk.tell(DEPUTY, words), DEPUTY)
    await desk.press(DEPUTY, asked.buttons["Полнота"])
    [card] = to(await desk.tell(DEPUTY, "21.11"), DEPUTY)
    assert "Полнота: нет данных" in card.text
    desk.clock.move(days=1)
    assert "Полнота: нет данных" in said(await tick(desk), DEPUTY, "Срок сценария").text
