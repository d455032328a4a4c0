"""/silence by buttons and words; when a person is reminded, and how a school is."""

import pytest

from services.access import Role
from services.ids import SchoolId, StaffId
from services.people import Newcomer, UserId
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation, Said, Staff
from tests.handlers.loading import OWNER
from tests.handlers.test_gaps import BUSIEST

TEACHER = 3


@pytest.fixture
async def school(full: Database, clock: FrozenClock, staff: Staff) -> Conversation:
    """16:00 on Friday the 20th, in Moscow."""
    talk = Conversation(full, clock, staff)
    await talk.set_up()
    await talk.press(OWNER, "cn")
    async with full.unit_of_work() as work:
        names = (await work.journal.dictionary(SchoolId(1))).staff.values()
        known = next(one.id for one in names if one.name == BUSIEST)
        newcomer = Newcomer(user=UserId(TEACHER), name="Учитель")
        person = await work.people.admit(
            newcomer, school=SchoolId(1), staff=StaffId(known), at=clock.now()
        )
        await work.people.give(person, Role.TEACHER, given_by=None, at=clock.now())
    return talk


async def asked_till_when(talk: Conversation) -> Said:
    """«P1», one class; the day is asked for."""
    [root] = await talk.tell(OWNER, "/silence")
    [rules] = await talk.press(OWNER, root.buttons["Не напоминать о чём-то"])
    [kinds] = await talk.press(OWNER, rules.buttons["P1"])
    [classes] = await talk.press(OWNER, kinds.buttons["Один класс"])
    [days] = await talk.press(OWNER, next(iter(classes.buttons.values())))
    return days


async def test_a_silence_is_made_by_buttons_and_one_reason(school: Conversation) -> None:
    [root] = await school.tell(OWNER, "/silence")
    assert "Сейчас напоминаю обо всём." in root.text
    days = await asked_till_when(school)
    [why] = await school.press(OWNER, days.buttons["Неделя"])
    assert "До 26.11 включительно" in why.text
    assert "P1 Урок не заполнен" in why.text
    [card] = await school.tell(OWNER, "Ждём выгрузку")
    assert "Тишина до 26.11 включительно" in card.text
    assert "Причина: Ждём выгрузку" in card.text
    assert "20.11 16:00" in card.text
    [listed] = await school.tell(OWNER, "/silence")
    assert "Действует 1 тишина" in listed.text
    [button] = [one for one in listed.buttons if one.startswith("P1 · ")]
    assert button.endswith("до 26.11")

    [shown] = await school.press(OWNER, listed.buttons[button])
    [over] = await school.press(OWNER, shown.buttons["Закончить сейчас"])
    assert "Тишина закончилась" in over.text
    assert "Закончить сейчас" not in over.buttons
    [back] = await school.press(OWNER, over.buttons["К списку"])
    assert any(one.endswith("закончилась") for one in back.buttons)


async def test_the_day_may_be_written(school: Conversation) -> None:
    await asked_till_when(school)
    [refused] = await school.tell(OWNER, "послезавтра")
    assert "Не понимаю день" in refused.text
    [why] = await school.tell(OWNER, "30.11")
    assert "До 30.11 включительно" in why.text
    [short] = await school.tell(OWNER, "да")
    assert "от 3 до 300 знаков" in short.text
    [card] = await school.tell(OWNER, "Карантин")
    assert "Тишина до 30.11" in card.text


async def test_the_whole_school_and_all_rules(school: Conversation) -> None:
    [root] = await school.tell(OWNER, "/silence")
    [rules] = await school.press(OWNER, root.buttons["Не напоминать о чём-то"])
    [kinds] = await school.press(OWNER, rules.buttons["Все правила"])
    [days] = await school.press(OWNER, kinds.buttons["Вся школа"])
    [why] = await school.press(OWNER, days.buttons["Только сегодня"])
    assert "Все правила, вся школа" in why.text
    assert "До 20.11 включительно" in why.text


@pytest.mark.parametrize(("kind", "button"), [("t", "Один учитель"), ("u", "Один предмет")])
async def test_teachers_and_subjects_are_lists_too(
    school: Conversation, kind: str, button: str
) -> None:
    await school.tell(OWNER, "/silence")
    [kinds] = await school.press(OWNER, "sr:")
    [listed] = await school.press(OWNER, kinds.buttons[button])
    name, data = next(iter(listed.buttons.items()))
    assert data.startswith(f"sp:{kind}:")
    [days] = await school.press(OWNER, data)
    [why] = await school.press(OWNER, days.buttons["3 дня"])
    assert name[:20] in why.text


async def test_a_press_out_of_turn_is_answered(school: Conversation) -> None:
    for data in ("sp:s:0", "su:739940"):
        [said] = await school.press(OWNER, data)
        assert said.text
    [gone] = await school.press(OWNER, "sq:s:9")
    assert "Такой тишины уже нет" in gone.text
    [unknown] = await school.press(OWNER, "sr:X9")
    assert "заново" in unknown.text


async def test_a_teacher_chooses_the_hour_under_the_list(school: Conversation) -> None:
    [mine] = await school.tell(TEACHER, "/my")
    [hours] = await school.press(TEACHER, mine.buttons["Когда напоминать"])
    assert "16:30" in hours.text
    assert "8:00" in hours.buttons
    assert "20:00" in hours.buttons
    [chosen] = await school.press(TEACHER, hours.buttons["9:00"])
    assert "✓ 9:00" in chosen.buttons
    [never] = await school.press(TEACHER, chosen.buttons["Никогда"])
    assert "Я вам не напоминаю" in never.text
    assert "✓ Никогда" in never.buttons
    [refused] = await school.press(TEACHER, "rh:100")
    assert refused.text


async def test_the_school_s_way_of_reminding_is_set(school: Conversation) -> None:
    [root] = await school.tell(OWNER, "/silence")
    [settings] = await school.press(OWNER, root.buttons["Как напоминать в школе"])
    assert "Тихие часы: 20:00–7:00" in settings.buttons
    [quiet] = await school.press(OWNER, settings.buttons["Тихие часы: 20:00–7:00"])
    [settings] = await school.press(OWNER, quiet.buttons["19:00–8:00"])
    [lessons] = await school.press(OWNER, settings.buttons["Уроки этого дня: 15:00"])
    [settings] = await school.press(OWNER, lessons.buttons["Никогда"])
    assert "Тихие часы: 19:00–8:00" in settings.buttons
    assert "Уроки этого дня: Никогда" in settings.buttons
    [ladder] = await school.press(OWNER, settings.buttons["Кому сообщать дальше и когда"])
    step = "Серьёзные, заместитель директора: 3 дн."
    [days] = await school.press(OWNER, ladder.buttons[step])
    [ladder] = await school.press(OWNER, days.buttons["5 дн."])
    assert "Серьёзные, заместитель директора: 5 дн." in ladder.buttons
    [hours] = await school.press(TEACHER, "rw")
    assert "20:00" not in hours.buttons
    for made_up in ("rq:0:0", "rj:1", "ra:major:1:99", "ra:advice:1:1", "ra:major:0:1"):
        [refused] = await school.press(OWNER, made_up)
        assert refused.text


async def test_a_silence_s_reason_is_the_person_s_own(school: Conversation) -> None:
    days = await asked_till_when(school)
    await school.press(OWNER, days.buttons["Неделя"])
    await school.tell(OWNER, "Ждём выгрузку")
    async with school.database.unit_of_work() as work:
        person = await work.people.of_user(UserId(OWNER), school.database.clock.now())
        assert person is not None
        kept = await work.personal.kept(SchoolId(1), person.id)
        assert kept.silences == ["Ждём выгрузку"]
        await work.reminding.choose(person.id, 480)
        await work.personal.erase(person.id)
        assert (await work.personal.kept(SchoolId(1), person.id)).silences == []
        assert await work.reminding.hours(SchoolId(1)) == {}
