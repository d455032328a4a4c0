"""A silence holds back reminders and steps of the ladder, and leaves the findings."""

import pytest

from services.access import Actor, NotAllowedError, Role
from services.ids import ChatId
from services.reminding.silence import (
    Covered,
    SilenceGoneError,
    SilenceNumber,
    SilenceUnfitError,
)
from services.reminding.silencing import SilenceDesk
from tests.services.completeness.book import day
from tests.services.reminding.stage import ADMINISTRATOR, HEAD, IVANOVA, SCHOOL, Stage


@pytest.fixture
async def desk(stage: Stage) -> SilenceDesk:
    stage.book.lessons("02.11", "27.11")
    stage.empty("09.11")
    await stage.load("09.11")
    await stage.admit()
    await stage.load("11.11")
    desk: SilenceDesk = stage.provided["silences"]
    return desk


async def covering(stage: Stage, what: str) -> Covered:
    async with stage.database.reading() as work:
        [hit] = [one.hit for one in await work.reminding.open(SCHOOL) if one.hit.rule == "P1"]
    return {
        "everything": Covered(),
        "rule": Covered(rule="P1"),
        "class": Covered(class_unit=hit.class_unit),
        "teacher": Covered(staff=hit.staff),
        "subject": Covered("P1", subject=hit.subject),
        "another rule": Covered(rule="R2"),
        "another class": Covered(class_unit=99),
        "another teacher": Covered(staff=99),
        "another subject": Covered(subject=99),
    }[what]


@pytest.mark.parametrize("what", ["everything", "rule", "class", "teacher", "subject"])
async def test_what_is_covered_is_told_to_nobody(
    stage: Stage, desk: SilenceDesk, what: str
) -> None:
    covered = await covering(stage, what)
    card = await desk.set(await stage.actor(ADMINISTRATOR), covered, day("12.11"), "сбой")
    assert card.findings > 0
    assert await stage.at("12.11") == {}
    assert await stage.findings("P1")


@pytest.mark.parametrize(
    "what", ["another rule", "another class", "another teacher", "another subject"]
)
async def test_what_is_not_covered_is_told(stage: Stage, desk: SilenceDesk, what: str) -> None:
    covered = await covering(stage, what)
    card = await desk.set(await stage.actor(ADMINISTRATOR), covered, day("12.11"), "сбой")
    assert card.findings == 0
    assert {IVANOVA, HEAD} <= set(await stage.at("12.11"))


async def test_it_ends_with_its_last_day(stage: Stage, desk: SilenceDesk) -> None:
    await desk.set(await stage.actor(ADMINISTRATOR), Covered(), day("12.11"), "сбой")
    assert await stage.at("12.11", 19, 59) == {}
    assert IVANOVA in await stage.at("13.11")


async def test_ended_early_it_holds_no_more_and_keeps_who_and_when(
    stage: Stage, desk: SilenceDesk
) -> None:
    actor = await stage.actor(ADMINISTRATOR)
    card = await desk.set(actor, Covered(), day("30.11"), "  ждём   выгрузку ")
    assert (card.silence.reason, card.author) == ("ждём выгрузку", f"Имя{ADMINISTRATOR}")
    assert card.silence.set_at == stage.clock.now()
    stage.clock.move(minutes=5)
    over = await desk.end(actor, card.silence.number)
    assert (over.active, over.ended_by) == (False, f"Имя{ADMINISTRATOR}")
    assert over.silence.ended_at == stage.clock.now()
    stage.clock.move(minutes=5)
    assert (await desk.end(actor, card.silence.number)).silence == over.silence
    assert IVANOVA in await stage.at("12.11")


async def test_the_list_has_those_that_hold_and_then_those_that_are_over(
    stage: Stage, desk: SilenceDesk
) -> None:
    actor = await stage.actor(ADMINISTRATOR)
    first = await desk.set(actor, Covered(rule="P2"), day("30.11"), "одно")
    second = await desk.set(actor, Covered(rule="P1"), day("20.11"), "другое")
    await desk.end(actor, first.silence.number)
    known = await desk.list(actor)
    assert [one.silence.number for one in known.active] == [second.silence.number]
    assert [one.silence.number for one in known.ended] == [first.silence.number]
    assert known.findings == 1
    assert known.active[0].title == "P1 Урок не заполнен"


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("12.11", "12.11"),
        (" 30.11.2026 ", "30.11"),
        ("10.11", None),
    ],
)
async def test_a_day_is_the_next_one_there_is(
    stage: Stage, desk: SilenceDesk, words: str, read: str | None
) -> None:
    found = await desk.read(await stage.actor(ADMINISTRATOR), words)
    assert found == (day(read) if read else day("10.11") + 365)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("завтра", "day"),
        ("31.02", "day"),
        ("32.13.2026", "day"),
        ("10.11.2026", "past"),
        ("12.11.2028", "far"),
    ],
)
async def test_a_day_that_does_not_do_is_refused(
    stage: Stage, desk: SilenceDesk, words: str, why: str
) -> None:
    with pytest.raises(SilenceUnfitError) as refused:
        await desk.read(await stage.actor(ADMINISTRATOR), words)
    assert refused.value.facts == {"why": why}


@pytest.mark.parametrize("reason", ["", "да", "а" * 301])
async def test_a_reason_has_to_be_given(stage: Stage, desk: SilenceDesk, reason: str) -> None:
    with pytest.raises(SilenceUnfitError):
        await desk.set(await stage.actor(ADMINISTRATOR), Covered(), day("30.11"), reason)


async def test_a_silence_that_is_not_there_is_said_so(stage: Stage, desk: SilenceDesk) -> None:
    with pytest.raises(SilenceGoneError):
        await desk.card(await stage.actor(ADMINISTRATOR), SilenceNumber(7))


async def test_others_set_none(stage: Stage, desk: SilenceDesk) -> None:
    with pytest.raises(NotAllowedError):
        await desk.list(await stage.actor(IVANOVA))
    nameless = Actor(
        chat=ChatId(1), school=SCHOOL, roles=frozenset({Role.ADMINISTRATOR}), person=None
    )
    with pytest.raises(NotAllowedError):
        await desk.set(nameless, Covered(), day("30.11"), "сбой")


async def test_places_are_named_in_reading_order(stage: Stage, desk: SilenceDesk) -> None:
    places = await desk.places(await stage.actor(ADMINISTRATOR))
    assert [name for _, name in places.classes] == ["5А"]
    assert [name for _, name in places.subjects] == ["Математика"]
    names = [name for _, name in places.teachers]
    assert names == sorted(names)


async def test_the_card_names_the_place(stage: Stage, desk: SilenceDesk) -> None:
    actor = await stage.actor(ADMINISTRATOR)
    card = await desk.set(actor, await covering(stage, "class"), day("30.11"), "сбой")
    assert (card.title, card.place) == ("", "5А")
    gone = await desk.plan(actor, Covered(rule="X9"), day("30.11"))
    assert (gone.title, gone.place) == ("X9", "")
