"""What stands in the digest beside the indices, against the rows of the file."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from bot.figures import digests_of
from bot.render import NBSP, Renderer
from services.completeness.rules import catalogue
from services.digests import Digests
from services.journal.model import Batch
from services.journal.names import grade_of
from services.kept_week import as_json, from_json
from services.listing import class_order
from services.periods import week_name, week_span
from storage.database import Database
from storage.schema.journal import rule_passports
from tests.conftest import FrozenClock
from tests.filled import FRIDAY, SCHOOL, UNTIL, generated, load
from tests.services.completeness.test_truth import ADVICE, MEASURED

RENDERER = Renderer()
W47 = week_span("2026-W47")
RUNNING = {"N2", "N3", "N4", "N5"}
"""Of a state as of now: the truth says since when at the latest."""
EXACT = MEASURED - ADVICE - RUNNING
AT_ONCE = {"R4", "R6", "R7", "R8", "R11"}
"""What is seen in the file, whenever its day's deadline is."""


@pytest.fixture
def digests(full: Database, clock: FrozenClock) -> Digests:
    return digests_of(full, clock, RENDERER)


@pytest.fixture
async def bare(database: Database, clock: FrozenClock) -> Digests:
    """A school without any data."""
    async with database.unit_of_work() as work:
        await work.schools.add(name="", timezone="Europe/Moscow", at=clock.now())
    return digests_of(database, clock, RENDERER)


async def test_the_latest_week_with_entries_is_meant(
    bare: Digests, database: Database, clock: FrozenClock
) -> None:
    """Without what somebody has entered ahead (T4) for the weeks to come."""
    batch, last = generated().batch, UNTIL.toordinal()
    clock.moment = FRIDAY
    known = replace(
        batch,
        lessons=[one for one in batch.lessons or [] if one.day <= last],
        marks=[one for one in batch.marks or [] if one.day <= last],
        attendance=[one for one in batch.attendance or [] if one.day <= last],
    )
    await load(database, clock, known)
    later = await bare.week(SCHOOL, as_of=FRIDAY + timedelta(days=30))
    assert later is not None
    assert later.period == "2026-W47"


@pytest.mark.parametrize("period", ["2026-W30", "2026-W48"])
async def test_a_week_without_entries_has_no_digest(digests: Digests, period: str) -> None:
    assert await digests.week(SCHOOL, period) is None


async def test_without_an_import_there_is_no_digest(bare: Digests) -> None:
    assert await bare.week(SCHOOL) is None


@pytest.mark.parametrize("name", ["2026-47", "2026-W60", "w47", "2026-W1"])
def test_what_is_no_week_is_refused(name: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # which words matters to nobody
        week_span(name)


def test_a_week_is_monday_to_sunday() -> None:
    assert W47.first == date(2026, 11, 16).toordinal()
    assert {week_name(day) for day in range(W47.first, W47.last + 1)} == {"2026-W47"}


async def test_control_works_are_those_the_plans_date_next_week(digests: Digests) -> None:
    week = await digests.week(SCHOOL)
    assert week is not None
    coming = W47.moved(7)
    planned = {
        (row.day, class_order(row.class_unit), row.subject)
        for row in generated().batch.plans or []
        if row.kind and coming.holds(row.day)
    }
    assert planned
    assert week.next_controls == [
        f"{unit} {subject} {date.fromordinal(day or 0):%d.%m}"
        for day, (_, unit), subject in sorted(planned)
    ]


async def test_orders_count_once_in_the_week_of_their_day(digests: Digests) -> None:
    rows = [row for row in generated().batch.enrollments or [] if row.order]
    days = {day for row in rows for day in (row.first, row.last) if day <= UNTIL.toordinal()}
    assert days
    for period in sorted({week_name(day) for day in days}):
        week = await digests.week(SCHOOL, period)
        span = week_span(period)
        orders = {row.order for row in rows if span.holds(row.first) or span.holds(row.last)}
        assert week is None or week.roster_orders == len(orders)


async def test_unsigned_substitutions_lack_the_substitute_s_entry(
    bare: Digests, database: Database, clock: FrozenClock
) -> None:
    school = generated(seed=9, classes=6)
    batch = school.batch
    places = {place(one) for one in batch.lessons or []}
    unsigned = {
        (one.class_unit, one.day, one.number, one.subject)
        for one in school.truth
        if one.rule == "R5"
    }
    made = [
        row
        for row in batch.substitutions or []
        if row.substitute and place(row) in places - unsigned
    ]
    # somebody has married meanwhile: another name in October, one name in the digest
    now = {row.code: row.name for row in batch.staff or [] if row.dismissed is None}
    today = {row.name: now.get(row.code, row.name) for row in batch.staff or []}
    made.sort(key=lambda row: today[row.substitute or ""] == row.substitute)
    no_line, by_absent, nothing_entered = made[:3]
    assert today[no_line.substitute or ""] != no_line.substitute
    spoilt: dict[object, dict[str, Any]] = {
        place(by_absent): {"teacher": by_absent.absent, "author": by_absent.absent},
        place(nothing_entered): {"attendance_taken": False, "topic": ""},
    }
    lessons = [
        one._replace(**spoilt.get(place(one), {}))
        for one in batch.lessons or []
        if place(one) != place(no_line) and place(one) not in unsigned
    ]
    silent = {place(nothing_entered)}
    codes = [one for one in batch.attendance or [] if place(one) not in silent]
    substitutions = [row for row in batch.substitutions or [] if place(row) not in unsigned]
    clock.moment = FRIDAY + timedelta(hours=6)
    spoiled = replace(batch, lessons=lessons, attendance=codes, substitutions=substitutions)
    await load(database, clock, spoiled)
    lines = [
        line
        for period in {week_name(row.day) for row in made}
        if (week := await bare.week(SCHOOL, period)) is not None
        for line in week.unsigned
    ]
    assert len(lines) == 3
    for row in (no_line, by_absent, nothing_entered):
        assert any(
            line.startswith(f"{row.class_unit} · {date.fromordinal(row.day):%d.%m} · урок")
            and line.endswith(today[row.substitute or ""])
            for line in lines
        )


def place(row: Any) -> tuple[str, int, int, str]:
    return row.class_unit, row.day, row.number, row.subject


async def test_unsigned_substitutions_are_those_of_r5(digests: Digests) -> None:
    true = [
        (
            one.day or 0,
            f"{one.class_unit} · {date.fromordinal(one.day or 1):%d.%m} · урок {one.number}",
        )
        for one in generated().truth
        if one.rule == "R5" and one.since <= FRIDAY.timestamp()
    ]
    assert true
    for period in {week_name(day) for day, _ in true}:
        week = await digests.week(SCHOOL, period)
        assert week is not None
        of_week = sorted(words for day, words in true if week_span(period).holds(day))
        assert week.unsigned_substitutions == len(of_week)
        assert sorted(" · ".join(line.split(" · ")[:3]) for line in week.unsigned) == of_week


async def test_counts_by_rule_are_the_truth_s_of_the_week(digests: Digests) -> None:
    week = await digests.week(SCHOOL)
    assert week is not None
    for rule in (*week.rules, *week.courses):
        # what is entered on Friday evening stands in the file already
        since = FRIDAY.timestamp() + (8 * 3600 if rule.code in AT_ONCE else 0)
        true = [
            one
            for one in generated().truth
            if one.rule == rule.code and one.since <= since
            and (rule in week.courses or W47.holds(one.day))
        ]  # fmt: skip
        if rule.code in EXACT:
            assert rule.count == len(true), rule.code
    counted = sum(rule.count for rule in (*week.rules, *week.courses))
    assert counted == len(week.findings)
    assert {rule.code for rule in (*week.rules, *week.courses)} == {
        code for code, one in catalogue().items() if one.enabled
    }


async def test_what_was_not_received_is_named_by_sheet_class_and_subject(
    bare: Digests, database: Database, clock: FrozenClock
) -> None:
    batch = generated().batch
    some = replace(
        batch,
        plans=None,
        lessons=[
            one
            for one in batch.lessons or []
            if one.class_unit == "5А" and one.subject != "Математика"
        ],
        marks=None,
        attendance=None,
        term_marks=None,
    )
    await load(database, clock, some)
    week = await bare.week(SCHOOL)
    assert week is not None
    assert week.missing == ["КТП", "Уроки: 2А, 9А", "Уроки 5А: Математика", "Отметки"]


async def test_all_received_leaves_nothing_missing(digests: Digests) -> None:
    week = await digests.week(SCHOOL)
    assert week is not None
    assert week.missing == []


async def test_findings_open_close_and_grow_old_from_import_to_import(
    bare: Digests, database: Database, clock: FrozenClock
) -> None:
    async def import_at(moment: datetime, batch: Batch, name: str) -> set[str]:
        clock.moment = moment
        await load(database, clock, batch, name)
        async with database.reading() as work:
            return {one.identity for one in await work.findings.living(SCHOOL)}

    then = await import_at(FRIDAY - timedelta(days=7), generated().before, "before")
    now = await import_at(FRIDAY, generated().batch, "after")
    week = await bare.week(SCHOOL)
    assert week is not None
    assert (week.opened, week.closed, week.overdue) == (
        len(now - then),
        len(then - now),
        len(now & then),
    )
    assert all((week.opened, week.closed, week.overdue))


async def test_the_first_week_with_data_has_nothing_to_be_compared_with(
    bare: Digests, database: Database, clock: FrozenClock
) -> None:
    lists = replace(generated().batch, lessons=None, marks=None, attendance=None, term_marks=None)
    for moment, batch in ((8, lists), (0, generated().batch)):
        clock.moment = FRIDAY - timedelta(days=moment)
        await load(database, clock, batch, f"{moment}")

    week = await bare.week(SCHOOL)

    assert week is not None
    assert week.findings
    assert (week.opened, week.closed, week.overdue) == (None, None, None)


async def test_ends_of_terms_and_last_days_for_marks_are_told_a_week_before(
    digests: Digests,
) -> None:
    [quarter] = [
        row for row in generated().batch.terms or [] if (row.kind, row.number) == ("четверть", 1)
    ]
    week = await digests.week(SCHOOL, week_name(quarter.last - 7))
    assert week is not None
    end = f"{date.fromordinal(quarter.last):%d.%m}"
    assert any(end in phrase and "1 четверть" in phrase for phrase in week.deadlines)
    assert any("итоговые" in phrase for phrase in week.deadlines)


async def test_holidays_are_no_weeks_of_lessons(digests: Digests) -> None:
    assert await digests.studied(SCHOOL, W47)
    [autumn] = [
        row
        for row in generated().batch.non_school or []
        if not row.classes and row.last - row.first > 5 and row.first < UNTIL.toordinal()
    ]
    whole = [
        span
        for span in map(week_span, {week_name(day) for day in range(autumn.first, autumn.last)})
        if autumn.first <= span.first and span.last - 1 <= autumn.last
    ]
    assert whole
    for span in whole:
        assert not await digests.studied(SCHOOL, span)
    summer = week_span("2027-W29")
    assert not await digests.studied(SCHOOL, summer)


async def test_without_a_calendar_no_week_is_taken_for_holidays(bare: Digests) -> None:
    assert await bare.studied(SCHOOL, W47)


async def test_a_kept_week_comes_back_as_it_was(digests: Digests) -> None:
    week = await digests.week(SCHOOL)
    assert week is not None
    assert from_json(as_json(week)) == week


async def test_the_heat_map_has_the_classes_in_order_and_the_days_past_their_deadline(
    digests: Digests,
) -> None:
    week = await digests.week(SCHOOL)
    assert week is not None
    assert week.heat is not None
    assert week.heat.columns == ["Пн 16.11", "Вт 17.11", "Ср 18.11", "Чт 19.11"]
    assert week.heat.rows == sorted(week.heat.rows, key=grade_of)
    assert all(share is None or 0 <= share <= 100 for row in week.heat.cells for share in row)


async def test_the_message_of_a_generated_week(digests: Digests) -> None:
    """Golden: the generator's seed decides every figure here."""
    week = await digests.week(SCHOOL)
    text = RENDERER.voice().render("digest/week", week=week).replace(NBSP, " ")
    assert len(text.splitlines()) <= 25
    assert text.splitlines()[:7] == [
        "<b>Школа № 12 · неделя 16.11–22.11</b>",
        "<i>данные на 20.11 16:00</i>",
        "",
        "Полнота: <b>92,1 %</b> ▲ выше на 0,2",
        "Своевременность: <b>91,0 %</b> ▲ выше на 0,7",
        "Накопляемость: <b>96,7 %</b> ▼ ниже на 0,8",
        "Достоверность: <b>61,0 %</b> ▼ ниже на 16,3",
    ]


async def test_a_rule_that_is_off_asks_for_nothing(digests: Digests, full: Database) -> None:
    before = await digests.week(SCHOOL)
    async with full.unit_of_work() as work:
        for rule in ("P3", "T2", "N1", "T1"):
            row = {
                "school": SCHOOL,
                "rule": rule,
                "version": 1,
                "enabled": 0,
                "severity": "minor",
                "clause": "",
                "thresholds": "{}",
                "changed_at": FRIDAY,
            }
            await work.connection.execute(insert(rule_passports).values(row))
    after = await digests.week(SCHOOL)
    assert before is not None
    assert after is not None
    assert after.indices.completeness.all < before.indices.completeness.all
    assert after.indices.accumulation.value is None
    assert after.indices.timeliness == before.indices.timeliness
    codes = {rule.code for rule in (*after.rules, *after.courses)}
    enabled = {code for code, one in catalogue().items() if one.enabled}
    assert codes == enabled - {"P3", "T2", "N1", "T1"}
