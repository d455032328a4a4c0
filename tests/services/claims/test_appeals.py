"""The administrator's answers: a finding waived, kept, brought back; a delay refused."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.figures import for_figures
from services.access import Actor, NotAllowedError, Role
from services.claims.claim import Claim, ClaimId, State, Words
from services.claims.errors import ClaimSettledError, FindingWaivedError, UnfitWordsError
from services.claims.reasons import Canned
from services.claims.register import Tab
from services.claims.standing import Standing, Stands
from services.gaps import GapGoneError
from services.ids import ChatId, FindingId, PersonId
from services.people import People
from storage.claims import StoredClaims
from storage.schema.process import outbox
from tests.handlers.conversation import RENDERER
from tests.services.claims.ground import COLLEAGUE, OWNER, SCHOOL, SECOND, TEACHER, Ground, day_of

WHY = Words(text="Урока не было")
YES = Words(canned=Canned.AGREED.value)
NO = Words(text="В журнале пусто")
WAIVED = Standing(Stands.WAIVED)


async def disputed(ground: Ground, rule: str = "P3", on: str = "17.11") -> Claim:
    finding = await ground.finding(rule, on)
    await ground.claims.dispute(ground.actors[TEACHER], finding, WHY)
    return await ground.claim(finding)


async def postponed(ground: Ground) -> Claim:
    finding = await ground.finding("P3", "18.11")
    await ground.claims.postpone(ground.actors[TEACHER], finding, day_of("23.11"), WHY)
    return await ground.claim(finding)


async def told(ground: Ground) -> list[int]:
    """Chats that an answer goes to."""
    answers = select(outbox.c.chat).where(outbox.c.kind == "claims/answered")
    async with ground.database.reading() as work:
        return list((await work.connection.execute(answers)).scalars())


async def settled(ground: Ground, claim: ClaimId) -> object:
    """Why none of the verbs can be said of a claim; each of them says the same."""
    owner, appeals, states = ground.actors[OWNER], ground.appeals, set[object]()
    for verb in (
        appeals.waive(owner, claim, YES),
        appeals.keep(owner, claim, NO),
        appeals.register.to_answer(owner, claim),
    ):
        with pytest.raises(ClaimSettledError) as error:
            await verb
        states.add(error.value.facts["state"])
    [state] = states
    return state


async def test_a_waived_finding_is_no_longer_the_teacher_s(ground: Ground) -> None:
    claim = await disputed(ground)
    before = await ground.gaps.mine(ground.actors[TEACHER])
    await ground.appeals.waive(ground.actors[OWNER], claim.id, YES)
    assert await ground.standing() == {claim.finding: WAIVED}
    assert await told(ground) == [TEACHER]
    after = await ground.gaps.mine(ground.actors[TEACHER])
    assert {one.finding for one in before.told} - {one.finding for one in after.told} == {
        claim.finding
    }
    assert after.gaps.total == before.gaps.total - 1
    for asking in (
        ground.claims.mended(ground.actors[TEACHER], claim.finding),
        ground.gaps.why(ground.actors[TEACHER], claim.finding),
    ):
        with pytest.raises(FindingWaivedError):
            await asking


async def test_who_waived_it_when_and_why_stays_written_down(ground: Ground) -> None:
    claim = await disputed(ground)
    await ground.appeals.waive(ground.actors[OWNER], claim.id, YES)
    [listed] = (await ground.appeals.register.list(ground.actors[SECOND], Tab.WAIVED)).listed
    answer = listed.claim.answer
    assert answer is not None
    assert (answer.by, answer.at, answer.words) == (
        ground.actors[OWNER].person, ground.clock.now(), YES,
    )  # fmt: skip
    card = await ground.appeals.register.card(ground.actors[SECOND], claim.id)
    assert (card.answerer, card.author, card.answerable) == ("Коллега 1", "Коллега 5", False)
    async with ground.database.reading() as work:
        entries = await work.audit.list(SCHOOL)
    assert [(one.what, one.facts) for one in entries][-1] == (
        "finding waived",
        {"claim": claim.id, "finding": claim.finding},
    )


async def test_no_import_brings_a_waived_finding_back(ground: Ground) -> None:
    claim = await disputed(ground)
    await ground.appeals.waive(ground.actors[OWNER], claim.id, YES)
    mended = await ground.mend("17.11")
    ground.book.batch.lessons = [
        one._replace(homework="") if one.day == day_of("17.11") else one
        for one in ground.book.batch.lessons or ()
    ]
    await ground.load()
    assert await ground.finding("P3", "17.11") == claim.finding
    assert await ground.standing() == {claim.finding: WAIVED}
    assert mended


async def test_with_an_unfilled_lesson_its_missing_parts_are_waived(ground: Ground) -> None:
    claim = await disputed(ground, "P1", "16.11")
    await ground.appeals.waive(ground.actors[OWNER], claim.id, YES)
    parts = [await ground.finding(rule, "16.11") for rule in ("P2", "P3", "P4")]
    assert await ground.standing() == dict.fromkeys([claim.finding, *parts], WAIVED)
    own = await ground.gaps.mine(ground.actors[TEACHER])
    assert "16.11.2026" not in {one.line.date for one in own.told}
    await ground.appeals.restore(ground.actors[OWNER], claim.id)
    assert await ground.standing() == {}


async def test_a_restored_finding_counts_as_before_and_its_teacher_is_told(ground: Ground) -> None:
    claim = await disputed(ground)
    await ground.appeals.waive(ground.actors[OWNER], claim.id, YES)
    await ground.appeals.restore(ground.actors[SECOND], claim.id)
    assert await ground.standing() == {}
    assert await told(ground) == [TEACHER, TEACHER]
    with pytest.raises(ClaimSettledError) as error:
        await ground.appeals.restore(ground.actors[OWNER], claim.id)
    assert error.value.facts["state"] == State.RESTORED.value
    assert await settled(ground, claim.id) == State.RESTORED.value
    await ground.claims.dispute(ground.actors[TEACHER], claim.finding, WHY)


async def test_a_kept_finding_stays_and_the_answer_reaches_its_teacher(ground: Ground) -> None:
    claim = await disputed(ground)
    await ground.appeals.keep(ground.actors[OWNER], claim.id, NO)
    assert await ground.standing() == {}
    assert await told(ground) == [TEACHER]
    found, spoken = await ground.claims.cards.answered(ground.actors[TEACHER], claim.id)
    assert found.answer is not None
    assert (found.answer.words, spoken.finding) == (NO, claim.finding)
    assert await settled(ground, claim.id) == State.KEPT.value


async def test_an_answer_takes_a_reason(ground: Ground) -> None:
    claim = await disputed(ground)
    for verb in (ground.appeals.waive, ground.appeals.keep):
        with pytest.raises(UnfitWordsError):
            await verb(ground.actors[OWNER], claim.id, Words())
    assert (await ground.standing())[claim.finding].stands is Stands.DISPUTED


async def test_a_delay_is_refused_but_never_waived(ground: Ground) -> None:
    claim = await postponed(ground)
    with pytest.raises(ClaimSettledError):
        await ground.appeals.waive(ground.actors[OWNER], claim.id, YES)
    await ground.appeals.keep(ground.actors[OWNER], claim.id, NO)
    assert await ground.standing() == {}
    assert await told(ground) == [TEACHER]


async def test_a_delay_that_is_over_is_not_refused(ground: Ground) -> None:
    claim = await postponed(ground)
    ground.clock.move(days=4)
    assert await settled(ground, claim.id) == "over"
    assert not (await ground.appeals.register.list(ground.actors[OWNER], Tab.POSTPONED)).listed


async def test_what_was_taken_back_is_not_answered(ground: Ground) -> None:
    claim = await disputed(ground)
    await ground.claims.withdraw(ground.actors[TEACHER], claim.finding)
    assert await settled(ground, claim.id) == State.WITHDRAWN.value


async def test_a_dispute_about_what_is_mended_by_now_asks_for_no_answer(ground: Ground) -> None:
    claim, owner = await disputed(ground), ground.actors[OWNER]
    assert await ground.appeals.register.count(owner) == 1
    number = await ground.mend("17.11")
    assert await ground.appeals.register.count(owner) == 0
    assert await settled(ground, claim.id) == "gone"
    assert not (await ground.appeals.register.card(owner, claim.id)).answerable
    await ground.undo(number)
    assert await ground.appeals.register.count(owner) == 1
    await ground.appeals.waive(owner, claim.id, YES)


async def test_a_claim_of_a_finding_whose_import_was_undone_is_not_shown(ground: Ground) -> None:
    ground.book.lesson("20.11", topic="", entered_at=None)
    ground.clock.move(hours=8)
    number = await ground.load()
    claim = await disputed(ground, "P2", "20.11")
    await ground.undo(number)
    owner = ground.actors[OWNER]
    assert await ground.appeals.register.count(owner) == 0
    with pytest.raises(ClaimSettledError):
        await ground.appeals.register.card(owner, claim.id)
    with pytest.raises(GapGoneError):
        await ground.claims.cards.answered(ground.actors[TEACHER], claim.id)


async def test_the_lists_tell_what_waits_what_rests_and_what_is_waived(ground: Ground) -> None:
    first, second = await disputed(ground), await postponed(ground)
    third = await disputed(ground, "P1", "16.11")
    await ground.appeals.waive(ground.actors[OWNER], third.id, YES)
    await ground.claims.mended(ground.actors[TEACHER], await ground.finding("P5"))
    for tab, claim in zip(Tab, (first, second, third), strict=True):
        found = await ground.appeals.register.list(ground.actors[OWNER], tab)
        assert [one.claim.id for one in found.listed] == [claim.id]
        assert found.counts == dict.fromkeys(Tab, 1)


async def test_a_card_has_the_exact_rows_of_the_journal(ground: Ground) -> None:
    claim = await disputed(ground)
    card = await ground.appeals.register.card(ground.actors[OWNER], claim.id)
    assert card.answerable
    assert card.as_of == "20.11 16:01"
    [row] = card.spoken.rows
    assert row.startswith("17.11.2026; урок 1; тема «Дроби»; задания нет")


async def test_claims_of_being_mended_and_foreign_numbers_are_not_answered(ground: Ground) -> None:
    finding = await ground.finding("P3", "17.11")
    await ground.claims.mended(ground.actors[TEACHER], finding)
    for number in ((await ground.claim(finding)).id, ClaimId(12345)):
        with pytest.raises(ClaimSettledError):
            await ground.appeals.keep(ground.actors[OWNER], number, NO)


async def test_only_the_administrator_answers(ground: Ground) -> None:
    claim = await disputed(ground)
    for actor in (
        ground.actors[TEACHER],
        Actor(chat=ChatId(1), school=SCHOOL, roles=frozenset({Role.DIRECTOR})),
        Actor(chat=ChatId(1), school=SCHOOL, roles=frozenset({Role.ADMINISTRATOR})),
    ):
        with pytest.raises(NotAllowedError):
            await ground.appeals.waive(actor, claim.id, YES)
    with pytest.raises(NotAllowedError):
        await ground.appeals.register.list(ground.actors[TEACHER], Tab.DISPUTED)


async def test_another_s_answer_is_not_read(ground: Ground) -> None:
    claim = await disputed(ground)
    for number in (claim.id, ClaimId(12345)):
        with pytest.raises(GapGoneError):
            await ground.claims.cards.answered(ground.actors[COLLEAGUE], number)


async def test_whoever_has_left_is_written_to_no_more(ground: Ground) -> None:
    claim = await disputed(ground)
    person = ground.actors[TEACHER].person or PersonId(0)
    async with ground.database.unit_of_work() as work:
        await work.people.revoke(SCHOOL, person, ground.clock.now())
    await ground.appeals.keep(ground.actors[OWNER], claim.id, NO)
    assert await told(ground) == []


async def test_a_waived_finding_costs_no_figure(ground: Ground) -> None:
    async def counts() -> tuple[list[int], list[int]]:
        week = await ground.digests.week(SCHOOL, "2026-W47")
        assert week is not None
        rules = [one.count for one in week.rules if one.code == "P3"]
        return rules, [one.findings for one in week.classes]

    rules, classes = await counts()
    claim = await disputed(ground)
    assert await counts() == (rules, classes)
    await ground.appeals.waive(ground.actors[OWNER], claim.id, YES)
    assert await counts() == ([one - 1 for one in rules], [one - 1 for one in classes])
    async with ground.database.reading() as work:
        before = await work.findings.open_by_rule(SCHOOL)
    await ground.appeals.restore(ground.actors[OWNER], claim.id)
    async with ground.database.reading() as work:
        after = await work.findings.open_by_rule(SCHOOL)
    assert (after["P3"], await counts()) == (before["P3"] + 1, (rules, classes))


async def test_a_finding_known_to_nobody_stands_nowhere(ground: Ground) -> None:
    async with ground.database.reading() as work:
        assert await work.claims.current(SCHOOL, [FindingId(1)]) == []
        assert await work.claims.waived(SCHOOL) == frozenset()


async def test_a_digest_is_counted_anew_once_something_was_waived(ground: Ground) -> None:
    people = People(
        unit_of_work=ground.database.unit_of_work,
        reading=ground.database.reading,
        clock=ground.clock,
    )
    figures = for_figures(ground.database, clock=ground.clock, people=people, renderer=RENDERER)
    letters = figures["digests"]
    claim = await disputed(ground)
    first = await letters.latest(SCHOOL)
    await ground.appeals.waive(ground.actors[OWNER], claim.id, YES)
    second = await letters.latest(SCHOOL)
    await ground.appeals.restore(ground.actors[OWNER], claim.id)
    third = await letters.latest(SCHOOL)
    assert first is not None
    assert second is not None
    assert second.id != first.id
    assert len(second.week.findings) == len(first.week.findings) - 1
    assert third == first


async def test_of_two_who_answer_at_once_the_second_is_told(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = StoredClaims.save

    async def beaten(self: StoredClaims, claim: Claim, *, was: State) -> bool:
        """Somebody else's answer is written just before this one."""
        await keep(self, replace(claim, state=State.KEPT), was=was)
        return await keep(self, claim, was=was)

    claim = await disputed(ground)
    monkeypatch.setattr(StoredClaims, "save", beaten)
    for verb in (
        ground.appeals.waive(ground.actors[OWNER], claim.id, YES),
        ground.claims.withdraw(ground.actors[TEACHER], claim.finding),
    ):
        with pytest.raises(ClaimSettledError):
            await verb
    assert await told(ground) == []


async def test_a_finding_of_a_rule_that_is_no_more_is_left_out(ground: Ground) -> None:
    claim = await disputed(ground)
    register = ground.appeals.register
    fewer = replace(register, words=replace(register.words, rules={}))
    assert await fewer.count(ground.actors[OWNER]) == 0
    with pytest.raises(ClaimSettledError):
        await fewer.card(ground.actors[OWNER], claim.id)
