"""«Исправлено», «не согласен», «отсрочка»: what a teacher says of a finding."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from sqlalchemy import select

from services.access import Actor, NotAllowedError, Role
from services.claims.claim import State, Words
from services.claims.errors import (
    ClaimPendingError,
    ClaimSettledError,
    UnfitDayError,
    UnfitWordsError,
)
from services.claims.reasons import LONGEST, Canned
from services.claims.standing import Standing, Stands
from services.gaps import GapGoneError, NoStaffLinkError
from services.ids import ChatId, FindingId
from services.journal.model import TermRow
from storage.schema.process import outbox
from tests.services.claims.ground import (
    COLLEAGUE,
    OWNER,
    SCHOOL,
    SECOND,
    TEACHER,
    UNLINKED,
    Ground,
    day_of,
)

WHY = Words(text="Урока не было: карантин")


async def letters(ground: Ground) -> list[tuple[int, str]]:
    async with ground.database.reading() as work:
        rows = await work.connection.execute(select(outbox.c.chat, outbox.c.kind))
        return sorted((row.chat, row.kind) for row in rows)


async def test_a_finding_said_to_be_mended_waits(ground: Ground) -> None:
    finding = await ground.finding("P3", "17.11")
    await ground.claims.mended(ground.actors[TEACHER], finding)
    assert await ground.standing() == {finding: Standing(Stands.CLAIMED)}
    assert await letters(ground) == []


async def test_a_dispute_goes_to_every_administrator_and_to_nobody_else(ground: Ground) -> None:
    finding = await ground.finding("P1", "16.11")
    await ground.claims.dispute(ground.actors[TEACHER], finding, WHY)
    assert await ground.standing() == {finding: Standing(Stands.DISPUTED)}
    assert (await ground.claim(finding)).words == WHY
    assert await letters(ground) == [(OWNER, "claims/appeal"), (SECOND, "claims/appeal")]


async def test_a_ready_reason_is_kept_by_its_code(ground: Ground) -> None:
    finding = await ground.finding("P1", "16.11")
    said = Words(canned=Canned.NO_LESSON.value, text="лишнее")
    await ground.claims.dispute(ground.actors[TEACHER], finding, said)
    assert (await ground.claim(finding)).words == Words(canned=Canned.NO_LESSON.value)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (Words(), "empty"),
        (Words(text=" … "), "empty"),
        (Words(canned=Canned.ILL.value), "empty"),
        (Words(text="а" * (LONGEST + 1)), "long"),
    ],
    ids=["nothing", "signs", "of another list", "long"],
)
async def test_a_dispute_without_a_reason_is_not_taken(
    ground: Ground, words: Words, why: str
) -> None:
    finding = await ground.finding("P1", "16.11")
    with pytest.raises(UnfitWordsError) as error:
        await ground.claims.dispute(ground.actors[TEACHER], finding, words)
    assert error.value.facts["why"] == why
    assert await ground.standing() == {}


async def test_a_postponement_holds_through_its_day_and_then_is_over(ground: Ground) -> None:
    finding, until = await ground.finding("P3", "17.11"), day_of("23.11")
    await ground.claims.postpone(ground.actors[TEACHER], finding, until, WHY)
    assert await ground.standing() == {finding: Standing(Stands.POSTPONED, until)}
    ground.clock.move(days=3)
    assert await ground.standing() == {finding: Standing(Stands.POSTPONED, until)}
    ground.clock.move(days=1)
    assert await ground.standing() == {}
    await ground.claims.mended(ground.actors[TEACHER], finding)
    assert await ground.standing() == {finding: Standing(Stands.CLAIMED)}


async def test_the_school_s_own_midnight_ends_a_postponement(ground: Ground) -> None:
    finding, until = await ground.finding("P3", "17.11"), day_of("21.11")
    await ground.claims.postpone(ground.actors[TEACHER], finding, until, WHY)
    ground.clock.moment = ground.clock.moment.replace(day=21, hour=20, minute=59)
    assert await ground.standing()
    ground.clock.move(minutes=1)
    assert not await ground.standing()


async def test_the_days_offered_end_with_the_term(ground: Ground) -> None:
    finding = await ground.finding("P3", "17.11")
    teacher = ground.actors[TEACHER]
    assert (await ground.claims.days(teacher, finding)).last == day_of("04.12")
    terms = [TermRow("2026/2027", "четверть", 2, day_of("02.11"), day_of("22.11"), "")]
    ground.book.batch.terms = terms
    await ground.load()
    assert (await ground.claims.days(teacher, finding)).last == day_of("22.11")
    with pytest.raises(UnfitDayError):
        await ground.claims.postpone(teacher, finding, day_of("23.11"), WHY)
    ground.clock.move(days=2)
    with pytest.raises(UnfitDayError) as error:
        await ground.claims.days(teacher, finding)
    assert error.value.facts["why"] == "none"


async def test_everything_of_a_class_and_day_is_mended_at_once(ground: Ground) -> None:
    monday = await ground.finding("P1", "16.11")
    teacher = ground.actors[TEACHER]
    parts = [await ground.finding(rule, "16.11") for rule in ("P2", "P3", "P4")]
    await ground.claims.dispute(teacher, parts[0], WHY)
    assert await ground.claims.mended_day(teacher, monday) == 3
    standing = await ground.standing()
    assert standing.pop(parts[0]) == Standing(Stands.DISPUTED)
    assert set(standing) == {monday, *parts[1:]}
    assert await ground.claims.mended_day(teacher, monday) == 0


async def verbs(ground: Ground, actor: Actor, finding: FindingId) -> list[Awaitable[object]]:
    claims, until = ground.claims, day_of("23.11")
    return [
        claims.mended(actor, finding),
        claims.dispute(actor, finding, WHY),
        claims.days(actor, finding),
        claims.postpone(actor, finding, until, WHY),
    ]


@pytest.mark.parametrize(
    ("say", "stands", "until"),
    [
        (lambda it, who, one: it.claims.mended(who, one), "claimed", None),
        (lambda it, who, one: it.claims.dispute(who, one, WHY), "disputed", None),
        (
            lambda it, who, one: it.claims.postpone(who, one, day_of("23.11"), WHY),
            "postponed",
            date(2026, 11, 23),
        ),
    ],
    ids=["mended", "dispute", "postpone"],
)
async def test_one_thing_is_said_of_a_finding_at_a_time(
    ground: Ground,
    say: Callable[[Ground, Actor, FindingId], Awaitable[None]],
    stands: str,
    until: date | None,
) -> None:
    finding, teacher = await ground.finding("P3", "17.11"), ground.actors[TEACHER]
    await say(ground, teacher, finding)
    for verb in await verbs(ground, teacher, finding):
        with pytest.raises(ClaimPendingError) as error:
            await verb
        assert error.value.facts == {"stands": stands, "until": until}
    with pytest.raises(ClaimPendingError):
        await ground.claims.cards.free(teacher, finding)


async def test_nothing_is_said_of_what_is_mended_or_another_s(ground: Ground) -> None:
    finding = await ground.finding("P3", "17.11")
    for verb in await verbs(ground, ground.actors[COLLEAGUE], finding):
        with pytest.raises(GapGoneError):
            await verb
    await ground.mend("17.11")
    for verb in await verbs(ground, ground.actors[TEACHER], finding):
        with pytest.raises(GapGoneError):
            await verb
    with pytest.raises(GapGoneError):
        await ground.claims.mended_day(ground.actors[TEACHER], FindingId(12345))


async def test_a_word_is_taken_back_while_it_waits(ground: Ground) -> None:
    finding, teacher = await ground.finding("P3", "17.11"), ground.actors[TEACHER]
    await ground.claims.mended(teacher, finding)
    await ground.claims.withdraw(teacher, finding)
    assert await ground.standing() == {}
    with pytest.raises(ClaimSettledError) as error:
        await ground.claims.withdraw(teacher, finding)
    assert error.value.facts["state"] == State.WITHDRAWN.value
    await ground.claims.dispute(teacher, finding, WHY)
    assert await ground.standing() == {finding: Standing(Stands.DISPUTED)}


async def test_a_dispute_taken_back_mends_the_administrators_cards(ground: Ground) -> None:
    finding, teacher = await ground.finding("P3", "17.11"), ground.actors[TEACHER]
    await ground.claims.dispute(teacher, finding, WHY)
    await ground.claims.withdraw(teacher, finding)
    assert await letters(ground) == [(OWNER, "claims/appeal")] * 2 + [(SECOND, "claims/appeal")] * 2


async def test_what_was_said_is_taken_back_by_whoever_has_the_lesson_now(ground: Ground) -> None:
    finding, teacher = await ground.finding("P3", "17.11"), ground.actors[TEACHER]
    with pytest.raises(GapGoneError):
        await ground.claims.withdraw(teacher, finding)
    await ground.claims.mended(teacher, finding)
    with pytest.raises(GapGoneError):
        await ground.claims.withdraw(ground.actors[COLLEAGUE], finding)
    another = Actor(
        chat=ChatId(9),
        person=ground.actors[UNLINKED].person,
        school=SCHOOL,
        staff=teacher.staff,
        roles=teacher.roles,
    )
    await ground.claims.withdraw(another, finding)
    assert await ground.standing() == {}


async def test_a_postponement_that_is_over_is_not_taken_back(ground: Ground) -> None:
    finding, teacher = await ground.finding("P3", "17.11"), ground.actors[TEACHER]
    await ground.claims.postpone(teacher, finding, day_of("21.11"), WHY)
    ground.clock.move(days=2)
    with pytest.raises(ClaimSettledError) as error:
        await ground.claims.withdraw(teacher, finding)
    assert error.value.facts["state"] == "over"


async def test_only_a_teacher_of_the_journal_says_something(ground: Ground) -> None:
    finding = await ground.finding("P3", "17.11")
    strangers = {
        NoStaffLinkError: ground.actors[UNLINKED],
        NotAllowedError: Actor(chat=ChatId(1), school=SCHOOL, roles=frozenset({Role.DIRECTOR})),
    }
    for error, actor in strangers.items():
        with pytest.raises(error):
            await ground.claims.mended(actor, finding)
    nobody = Actor(
        chat=ChatId(1), school=SCHOOL, staff=ground.staff, roles=frozenset({Role.TEACHER})
    )
    with pytest.raises(NotAllowedError):
        await ground.claims.mended(nobody, finding)


async def test_a_card_counts_what_can_be_said_at_once(ground: Ground) -> None:
    teacher = ground.actors[TEACHER]
    card = await ground.claims.cards.of(teacher, await ground.finding("P1", "16.11"))
    assert (card.together, card.claim, card.standing) == (4, None, None)
    assert (await ground.claims.cards.free(teacher, card.finding)).reason == card.reason


async def test_a_finding_of_no_day_has_no_others_of_its_day(ground: Ground) -> None:
    teacher, plan = ground.actors[TEACHER], await ground.finding("P5")
    assert (await ground.claims.cards.of(teacher, plan)).together == 0
    assert await ground.claims.mended_day(teacher, plan) == 0
    assert (await ground.claims.days(teacher, plan)).last == day_of("04.12")


async def test_a_forgotten_person_s_words_go_and_what_waits_is_taken_back(ground: Ground) -> None:
    teacher, owner = ground.actors[TEACHER], ground.actors[OWNER]
    kept, waits = [await ground.finding("P3", on) for on in ("17.11", "18.11")]
    for finding in (kept, waits):
        await ground.claims.dispute(teacher, finding, WHY)
    answer = Words(text="Проверьте ещё раз")
    await ground.appeals.keep(owner, (await ground.claim(kept)).id, answer)
    assert teacher.person is not None
    assert owner.person is not None
    async with ground.database.unit_of_work() as work:
        of_teacher = await work.personal.kept(SCHOOL, teacher.person)
        of_owner = await work.personal.kept(SCHOOL, owner.person)
        await work.personal.erase(teacher.person)
    assert (of_teacher.claims, of_owner.claims) == ([WHY.text] * 2, [answer.text])
    found = [await ground.claim(finding) for finding in (kept, waits)]
    assert [one.state for one in found] == [State.KEPT, State.WITHDRAWN]
    assert [one.words for one in found] == [Words(), Words()]
    assert found[0].answer is not None
    assert found[0].answer.words == answer
