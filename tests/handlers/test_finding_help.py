"""«Прошу помощи» under a finding of /my: a ticket that knows what it is about."""

import re

import pytest
from sqlalchemy import func, select, update

from services.helpdesk.tickets import Origin, State, TicketNumber
from services.ids import StaffId
from storage.database import Database
from storage.schema.helpdesk import ticket_findings
from storage.schema.journal import finding_spans, findings
from storage.schema.people import people
from tests.conftest import FrozenClock
from tests.filled import generated
from tests.handlers.conversation import Conversation, Staff
from tests.handlers.desk import COLLEAGUE, OWNER, SCHOOL, TEACHER, Desk, Told, said, to

ONE = TicketNumber(1)


@pytest.fixture
async def desk(full: Database, clock: FrozenClock, staff: Staff) -> Desk:
    """The teacher is whoever has most findings in the school's week."""
    talk = Conversation(full, clock, staff)
    await talk.set_up()
    made = Desk(talk, full, clock)
    await made.people(into=SCHOOL)
    await link(full, TEACHER, await busiest(full))
    return made


async def busiest(database: Database) -> StaffId:
    most = (
        select(findings.c.staff)
        .where(findings.c.staff.is_not(None), findings.c.class_unit.is_not(None))
        .group_by(findings.c.staff)
        .order_by(func.count().desc())
        .limit(1)
    )
    async with database.reading() as work:
        return StaffId((await work.connection.execute(most)).scalar_one())


async def link(database: Database, user: int, staff: StaffId | None) -> None:
    async with database.unit_of_work() as work:
        of = people.c.user == user
        await work.connection.execute(update(people).where(of).values(staff=staff))


async def asked(desk: Desk, at: int = 0) -> tuple[Told, str]:
    """The page of a finding's reason, and what its button for help carries."""
    [own] = to(await desk.tell(TEACHER, "/my"), TEACHER)
    whys = [data for label, data in own.buttons.items() if label.startswith("Почему?")]
    [why] = to(await desk.press(TEACHER, whys[at]), TEACHER)
    return why, why.buttons["Прошу помощи"]


async def sent(desk: Desk, words: str = "") -> list[Told]:
    _, help_me = await asked(desk)
    first = said(await desk.press(TEACHER, help_me), TEACHER, "не получается")
    if words:
        [review] = to(await desk.tell(TEACHER, words), TEACHER)
    else:
        [review] = to(await desk.press(TEACHER, first.buttons["Без слов"]), TEACHER)
    return await desk.press(TEACHER, review.buttons["Отправить"])


async def mend(desk: Desk) -> None:
    """The journal's next data has none of the findings."""
    async with desk.database.unit_of_work() as work:
        generation = await work.journal.generation(SCHOOL)
        values = {"died": generation}
        await work.connection.execute(update(finding_spans).values(values))


async def test_a_finding_becomes_a_ticket_in_three_presses(desk: Desk) -> None:
    why, help_me = await asked(desk)
    rule = why.text.splitlines()[0]
    words = said(await desk.press(TEACHER, help_me), TEACHER, "не получается")
    assert rule in words.text
    [review] = to(await desk.tell(TEACHER, "Не даёт сохранить"), TEACHER)
    assert rule in review.text
    told = await desk.press(TEACHER, review.buttons["Отправить"])

    assert "№ 1" in said(told, TEACHER, "Номер обращения").text
    card = said(told, OWNER, "№ 1").text
    assert rule in card
    assert "ещё не исправлено" in card
    assert "Не даёт сохранить" in card
    async with desk.database.reading() as work:
        ticket = await work.tickets.get(SCHOOL, ONE)
        linked = await work.tickets.findings(SCHOOL, ONE)
    assert ticket is not None
    assert ticket.origin is Origin.FINDING
    assert [f"gh:{one}" for one in linked] == [help_me]
    assert ticket.place.class_unit in why.text
    assert ticket.place.date is None or f"{ticket.place.date:%d.%m}" in why.text


async def test_the_finding_itself_may_say_it_all(desk: Desk) -> None:
    told = await sent(desk)
    assert "ещё не исправлено" in said(told, OWNER, "№ 1").text
    [thread] = to(await desk.press(TEACHER, "to:s:1:1"), TEACHER)
    assert "ещё не исправлено" in thread.text


async def test_no_name_of_a_pupil_stands_in_the_ticket(desk: Desk) -> None:
    async with desk.database.unit_of_work() as work:
        of_pupils = findings.c.pupil.is_not(None)
        chosen = select(findings.c.staff).where(of_pupils).limit(1)
        staff = (await work.connection.execute(chosen)).scalar_one()
    await link(desk.database, TEACHER, StaffId(staff))
    data, told = "gp:1", list[Told]()
    while not any(re.search(r"\d\w №\d", one.text) for one in told):
        [page] = to(await desk.press(TEACHER, data), TEACHER)
        for label, why in page.buttons.items():
            if label.startswith("Почему?"):
                told = to(await desk.press(TEACHER, why), TEACHER)
                if re.search(r"\d\w №\d", told[-1].text):
                    break
        data = page.buttons.get("›", "")
        assert data or told
    shown = said(
        await desk.press(TEACHER, told[-1].buttons["Прошу помощи"]), TEACHER, "не получается"
    )
    [review] = to(await desk.press(TEACHER, shown.buttons["Без слов"]), TEACHER)
    everything = await desk.press(TEACHER, review.buttons["Отправить"])
    card = said(everything, OWNER, "№ 1").text
    assert re.search(r"\d\w №\d", card)
    surnames = {one.name.split()[0] for one in generated().batch.enrollments or () if one.name}
    assert surnames
    assert not [name for name in surnames if name in card]


async def test_help_with_one_finding_is_asked_for_once(desk: Desk) -> None:
    await sent(desk, "Помогите")
    _, help_me = await asked(desk)
    [known] = to(await desk.press(TEACHER, help_me), TEACHER)
    assert "вы уже просили помощи: обращение № 1" in known.text
    [thread] = to(await desk.press(TEACHER, known.buttons["Показать"]), TEACHER)
    assert "Помогите" in thread.text
    assert "Дополнить" in thread.buttons


async def test_two_drafts_about_one_finding_end_in_one_ticket(desk: Desk) -> None:
    _, help_me = await asked(desk)
    await desk.press(TEACHER, help_me)
    [review] = to(await desk.tell(TEACHER, "Первый"), TEACHER)
    await desk.press(TEACHER, review.buttons["Отправить"])
    desk.clock.move(minutes=5)
    for words in ("", "Второй"):
        # a draft of another device: it was begun before the ticket was there
        await forget_link(desk)
        await desk.press(TEACHER, help_me)
        if words:
            await desk.tell(TEACHER, words)
        await restore_link(desk, help_me)
        told = await desk.press(TEACHER, "tp:s:-1:1")
        assert said(told, TEACHER, "уже есть обращение № 1")
    assert said(told, OWNER, "Второй")
    async with desk.database.reading() as work:
        assert await work.tickets.get(SCHOOL, TicketNumber(2)) is None


async def forget_link(desk: Desk) -> None:
    async with desk.database.unit_of_work() as work:
        await work.connection.execute(ticket_findings.delete())


async def restore_link(desk: Desk, data: str) -> None:
    async with desk.database.unit_of_work() as work:
        row = {"school": SCHOOL, "number": 1, "finding": int(data.split(":")[1])}
        await work.connection.execute(ticket_findings.insert().values(row))


async def test_after_the_ticket_is_closed_help_is_asked_for_anew(desk: Desk) -> None:
    await sent(desk, "Помогите")
    await desk.press(OWNER, "tk:c:1")
    desk.clock.move(minutes=5)
    told = await sent(desk, "Снова")
    assert "№ 2" in said(told, TEACHER, "Номер обращения").text


async def test_closing_tells_what_became_of_the_finding(desk: Desk) -> None:
    await sent(desk, "Помогите")
    solved = await desk.press(OWNER, "tk:v:1")
    assert "уйдёт из /my" in said(solved, TEACHER, "Так ли это").text
    await mend(desk)
    closed = await desk.press(OWNER, "tk:c:1")
    assert ": исправлено" in said(closed, TEACHER, "№ 1 закрыто").text
    [card] = to(await desk.tell(OWNER, "/queue 1"), OWNER)
    assert "исправлено" in card.text
    assert "ещё не исправлено" not in card.text


async def test_a_mended_finding_needs_no_help_but_a_draft_about_it_is_sent(desk: Desk) -> None:
    _, help_me = await asked(desk)
    await desk.press(TEACHER, help_me)
    await desk.tell(TEACHER, "Слова не теряются")
    await mend(desk)
    told = await desk.press(TEACHER, "tp:s:-1:1")
    assert said(told, OWNER, "Слова не теряются")
    await desk.press(OWNER, "tk:c:1")
    told = await desk.press(TEACHER, help_me)
    assert "уже исправлено" in to(told, None)[-1].text


async def test_another_s_finding_is_not_asked_about(desk: Desk) -> None:
    _, help_me = await asked(desk)
    await link(desk.database, TEACHER, StaffId(999))
    told = await desk.press(TEACHER, help_me)
    assert "уже исправлено" in to(told, None)[-1].text
    await link(desk.database, TEACHER, None)
    told = await desk.press(TEACHER, help_me)
    assert "/invite" in to(told, None)[-1].text


async def test_another_s_draft_about_a_finding_opens_nothing(desk: Desk) -> None:
    _, help_me = await asked(desk)
    await desk.press(TEACHER, help_me)
    await desk.tell(TEACHER, "Слова")
    await link(desk.database, TEACHER, StaffId(999))
    await desk.press(TEACHER, "tp:s:-1:1")
    async with desk.database.reading() as work:
        assert not await work.tickets.list(SCHOOL, list(State))


async def test_every_step_can_be_left(desk: Desk) -> None:
    for steps in (0, 1):
        _, help_me = await asked(desk)
        last = said(await desk.press(TEACHER, help_me), TEACHER, "не получается")
        if steps:
            [last] = to(await desk.tell(TEACHER, "Слова"), TEACHER)
        left = await desk.press(TEACHER, last.buttons["Отмена"])
        assert said(left, TEACHER, "не отправил")
    async with desk.database.reading() as work:
        assert not await work.tickets.list(SCHOOL, list(State))


async def test_a_merged_author_reads_only_about_own_findings(desk: Desk) -> None:
    await sent(desk, "Помогите")
    desk.clock.move(minutes=5)
    await desk.opened(COLLEAGUE, "И у меня")
    await desk.press(OWNER, "tk:m:2")
    await desk.tell(OWNER, "1")
    [hers] = to(await desk.press(COLLEAGUE, "to:s:2:1"), COLLEAGUE)
    assert "исправлено" not in hers.text
    [own] = to(await desk.press(TEACHER, "to:s:1:1"), TEACHER)
    assert "ещё не исправлено" in own.text


async def test_the_finding_goes_along_when_its_ticket_is_merged(desk: Desk) -> None:
    await desk.opened(COLLEAGUE, "У всех так")
    desk.clock.move(minutes=5)
    await sent(desk, "Помогите")
    await desk.press(OWNER, "tk:m:2")
    await desk.tell(OWNER, "1")
    [card] = to(await desk.tell(OWNER, "/queue 1"), OWNER)
    assert "ещё не исправлено" in card.text
    _, help_me = await asked(desk)
    [thread] = to(await desk.press(TEACHER, help_me), TEACHER)
    assert "№ 1" in thread.text
