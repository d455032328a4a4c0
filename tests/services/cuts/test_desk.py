"""What a cut shows: its maps, its figures beside the digest's, its refusals."""

from datetime import date

import pytest

from bot.figures import for_figures
from bot.journal import imports_of
from bot.render import Renderer
from services.access import Actor, Role
from services.cuts.desk import CutDesk
from services.cuts.path import Cut, CutGoneError, Level
from services.cuts.places import lesson_id
from services.cuts.view import CutView
from services.figures import HeatMap, Week
from services.ids import ChatId, ImportId
from services.kept_digests import DigestGoneError, DigestId
from services.people import People
from storage.database import Database
from tests.conftest import FrozenClock
from tests.filled import ADMINISTRATOR, SCHOOL

RENDERER = Renderer()
HEAD = Actor(chat=ChatId(1), school=SCHOOL, roles=frozenset({Role.DIRECTOR}))
Opened = tuple[CutDesk, DigestId, Week]


@pytest.fixture
async def opened(full: Database, clock: FrozenClock) -> Opened:
    people = People(unit_of_work=full.unit_of_work, reading=full.reading, clock=clock)
    provided = for_figures(full, clock=clock, people=people, renderer=RENDERER)
    kept = await provided["digests"].latest(SCHOOL)
    return provided["cuts"], kept.id, kept.week


async def inside(opened: Opened, *names: str, by: Level | None = None) -> CutView:
    """The cut that the names lead to."""
    desk, digest, _ = opened
    view = await desk.open(HEAD, digest, Cut(), by)
    for name in names:
        part = next(one for one in view.parts if one.crumb.name == name)
        view = await desk.open(HEAD, digest, part.cut)
    return view


async def heat(opened: Opened, view: CutView) -> HeatMap:
    desk, digest, _ = opened
    return (await desk.heat(HEAD, digest, view.heading.cut))[1]


async def test_figures_of_cuts_are_those_of_the_digest(opened: Opened) -> None:
    week = opened[2]
    whole = await inside(opened)
    assert whole.indices == week.indices
    units = {one.name: one for one in week.classes}
    for grade in ("2", "5", "9"):
        [part] = (await inside(opened, grade)).parts
        known = units[part.crumb.name]
        assert (part.indices, part.findings) == (known.indices, known.findings)
    for by, known_of in (
        (Level.SUBJECT_GROUP, week.subject_groups),
        (Level.TEACHER, week.teachers),
    ):
        parts = {one.crumb.name: one.indices for one in (await inside(opened, by=by)).parts}
        assert parts == {one.name: one.indices for one in known_of}
    assert sorted(line.why for line in week.findings) == sorted(
        line.why for line in (await opened[0].findings(HEAD, opened[1], Cut())).lines
    )


async def test_the_school_s_map_is_the_digest_s(opened: Opened) -> None:
    assert await heat(opened, await inside(opened)) == opened[2].heat


async def test_a_parallel_has_its_classes_by_days(opened: Opened) -> None:
    found = await heat(opened, await inside(opened, "5"))
    assert found.rows == ["5А"]
    assert [column[:2] for column in found.columns] == ["Пн", "Вт", "Ср", "Чт"]


async def test_a_class_has_its_lessons_by_days(opened: Opened) -> None:
    view = await inside(opened, "5", "5А")
    found = await heat(opened, view)
    assert found.title.startswith("5А: ")
    assert found.rows[0] == "урок 1"
    whole = next(one for one in (await inside(opened, "5")).parts).indices.completeness
    subject = await heat(opened, await inside(opened, "5", "5А", "Математика"))
    places = {(row, column) for row in subject.rows for column in subject.columns}
    assert places <= {(row, column) for row in found.rows for column in found.columns}
    assert whole.value is not None
    assert min(share for row in found.cells for share in row if share is not None) <= whole.value


async def test_a_subject_group_and_a_teacher_have_subjects_by_classes(opened: Opened) -> None:
    for by in (Level.SUBJECT_GROUP, Level.TEACHER):
        first = (await inside(opened, by=by)).parts[0]
        found = await heat(opened, await inside(opened, first.crumb.name, by=by))
        assert set(found.columns) <= {"2А", "5А", "9А"}
        assert not any(row.startswith("урок") for row in found.rows)
        assert found.title.startswith(f"{first.crumb.name}: ")


async def test_lessons_add_up_to_their_subject(opened: Opened) -> None:
    view = await inside(opened, "5", "5А", "Математика")
    assert view.by is Level.LESSON
    assert len(view.parts) >= 3
    order = [one.cut.steps[-1].id for one in view.parts]
    assert order == sorted(order)
    whole = view.indices.completeness
    assert sum(one.indices.completeness.all for one in view.parts) == whole.all
    assert sum(one.indices.completeness.done for one in view.parts) == whole.done


async def test_a_lesson_of_another_week_is_gone(opened: Opened) -> None:
    cut = (await inside(opened, "5", "5А", "Математика")).heading.cut
    before = cut.at(Level.LESSON, lesson_id(date(2026, 11, 9).toordinal(), 1))
    with pytest.raises(CutGoneError):
        await opened[0].lesson(HEAD, opened[1], before)


async def test_a_lesson_is_cut_no_further(opened: Opened) -> None:
    lesson = (await inside(opened, "5", "5А", "Математика")).parts[0]
    view = await opened[0].open(HEAD, opened[1], lesson.cut)
    assert (view.by, list(view.parts)) == (None, [])
    with pytest.raises(CutGoneError):
        await opened[0].trend(HEAD, opened[1], lesson.cut)


async def test_what_was_undone_can_no_longer_be_opened(
    opened: Opened, full: Database, clock: FrozenClock
) -> None:
    await imports_of(full, clock).undo(ADMINISTRATOR, ImportId(1))
    with pytest.raises(DigestGoneError):
        await opened[0].open(HEAD, opened[1], Cut())
