"""Words carried over: repeats, albums, edits, who may read what."""

from dataclasses import replace

import pytest

from services.access import NotAllowedError, Role
from services.helpdesk.errors import TicketEmptyError
from services.helpdesk.tickets import Draft, FileKind, Said, Side, Source, TicketMessageId
from services.ids import ChatId
from storage.database import Database
from tests.conftest import FrozenClock
from tests.services.helpdesk.setting import ONE, Setting, actor_of, file, said, set_up


@pytest.fixture
async def setting(database: Database, clock: FrozenClock) -> Setting:
    made = await set_up(database, clock)
    await made.open()
    return made


async def test_a_message_that_comes_twice_is_carried_once(setting: Setting) -> None:
    relay = setting.desk["relay"]
    for _ in range(2):
        await relay.answer(setting.actors["owner"], ONE, said("Готово", 7, chat=1))
        await relay.add(setting.actors["teacher"], ONE, said("Спасибо", 8))
    assert [one.text for one in await setting.messages()] == ["Беда", "Готово", "Спасибо"]


async def test_an_administrator_s_own_ticket_is_answered_as_an_author(setting: Setting) -> None:
    number = await setting.open("owner")
    await setting.desk["relay"].say(setting.actors["owner"], number, Said(text="Ещё"))
    *_, last = await setting.messages(number)
    assert last.side is Side.AUTHOR


async def test_nothing_is_not_carried(setting: Setting) -> None:
    relay = setting.desk["relay"]
    with pytest.raises(TicketEmptyError):
        await relay.answer(setting.actors["owner"], ONE, Said(text=" "))
    with pytest.raises(TicketEmptyError):
        await relay.note(setting.actors["owner"], ONE, "")


async def test_a_late_part_of_an_answer_s_album_goes_to_the_author(setting: Setting) -> None:
    relay, owner = setting.desk["relay"], setting.actors["owner"]
    first = Said(files=(file("a", album="9"),), source=Source(ChatId(1), 7))
    await relay.answer(owner, ONE, first)
    late = Said(text="Вот как", files=(file("b", album="9"),), source=Source(ChatId(1), 8))
    assert await relay.join(owner, late) == ONE
    assert await relay.join(owner, late) == ONE
    *_, message = await setting.messages()
    assert (message.text, [one.file_id for one in message.files]) == ("Вот как", ["a", "b"])
    async with setting.database.reading() as work:
        copies = await work.ticket_messages.copies(message.id)
    assert [(one.part, one.chat) for one in copies] == [(1, 5), (2, 5)]


async def test_another_s_album_is_not_joined(setting: Setting) -> None:
    relay = setting.desk["relay"]
    await relay.add(setting.actors["teacher"], ONE, Said(files=(file("a", album="9"),)))
    late = Said(files=(file("b", album="9"),))
    assert await relay.join(setting.actors["colleague"], late) is None
    assert await relay.join(replace(setting.actors["teacher"], person=None), late) is None


async def test_only_whoever_said_it_mends_it(setting: Setting) -> None:
    relay = setting.desk["relay"]
    await relay.add(setting.actors["teacher"], ONE, said("Спасбо", 8))
    source = Source(ChatId(5), 8)
    assert await relay.edit(setting.actors["colleague"], source, "Нет") is None
    assert await relay.edit(replace(setting.actors["teacher"], school=None), source, "Да") is None
    assert await relay.edit(setting.actors["teacher"], Source(ChatId(5), 9), "Да") is None
    assert await relay.edit(setting.actors["teacher"], source, "Спасибо") == ONE
    assert [one.text for one in await setting.messages()] == ["Беда", "Спасибо"]


async def test_a_round_video_has_its_words_beside_it(setting: Setting) -> None:
    video = replace(file("v"), kind=FileKind.VIDEO_NOTE)
    await setting.desk["relay"].answer(setting.actors["owner"], ONE, Said(files=(video,)))
    *_, message = await setting.messages()
    async with setting.database.reading() as work:
        copies = await work.ticket_messages.copies(message.id)
    assert [one.part for one in copies] == [0, 1]


async def test_a_message_is_read_by_its_two_sides_alone(setting: Setting) -> None:
    relay, queue = setting.desk["relay"], setting.desk["queue"]
    await relay.answer(setting.actors["owner"], ONE, Said(text="Готово"))
    await relay.note(setting.actors["owner"], ONE, "Про себя")
    _, answer, note = await setting.messages()
    teacher, colleague = setting.actors["teacher"], setting.actors["colleague"]
    assert (await queue.message(teacher, answer.id)).name == ""
    assert (await queue.message(setting.actors["second"], note.id)).name == "Имя owner"
    assert await queue.message(teacher, note.id) is None
    assert await queue.message(colleague, answer.id) is None
    assert await queue.message(teacher, TicketMessageId(99)) is None


async def test_the_words_of_a_merged_author_are_not_the_other_s(setting: Setting) -> None:
    second = await setting.open("colleague", "И у нас")
    await setting.desk["merging"].merge(setting.actors["owner"], second, ONE)
    await setting.desk["relay"].answer(setting.actors["owner"], ONE, Said(text="Готово"))
    await setting.desk["relay"].add(setting.actors["colleague"], second, Said(text="Ура"))
    own = await setting.desk["queue"].own(setting.actors["colleague"], second)
    assert [one.text for one in own.messages] == ["Готово", "Ура"]


async def test_whoever_has_no_admission_says_nothing(setting: Setting) -> None:
    nobody = actor_of(1, None, setting.school, Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        await setting.desk["relay"].answer(nobody, ONE, Said(text="Готово"))


async def test_a_message_of_no_ticket_refers_to_none(setting: Setting) -> None:
    relay = setting.desk["relay"]
    assert await relay.refer(setting.actors["teacher"], Source(ChatId(5), 1)) is None
    stranger = replace(setting.actors["teacher"], school=None)
    assert await relay.refer(stranger, Source(ChatId(5), 1)) is None


async def test_files_of_a_first_message_may_have_no_words(setting: Setting) -> None:
    draft = Draft(category="plan", said=Said(files=(file("a"),)))
    opened = await setting.desk["opening"].open(setting.actors["teacher"], draft)
    card = await setting.desk["queue"].card(setting.actors["owner"], opened.number)
    assert card.messages[0].message.files == (file("a"),)
