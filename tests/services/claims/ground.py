"""Class 5А with a week of lessons, some unfilled; its teacher and two administrators."""

from dataclasses import dataclass, field, replace
from datetime import date

from bot.claims import checks_of, for_claims
from bot.claims_job import ClaimChecks
from bot.figures import digests_of
from bot.journal import completeness_of, imports_of
from bot.schedule import Schedule
from services.access import Actor, Role
from services.claims.appeals import Appeals
from services.claims.claim import Claim
from services.claims.saying import Claims
from services.claims.standing import Standing
from services.completeness.rules import catalogue
from services.digests import Digests
from services.gaps import GapDesk
from services.ids import ChatId, FindingId, ImportId, SchoolId, StaffId
from services.journal.imports import Imports, Source
from services.journal.model import Batch, SubjectRow
from services.people import Newcomer, UserId
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import RENDERER
from tests.services.completeness.book import MATHS, Book
from tests.services.completeness.book import TEACHER as NAME

SCHOOL = SchoolId(1)
TEACHER, COLLEAGUE, OWNER, SECOND, UNLINKED = 5, 6, 1, 2, 7
ROLES = {
    TEACHER: Role.TEACHER,
    COLLEAGUE: Role.TEACHER,
    OWNER: Role.ADMINISTRATOR,
    SECOND: Role.ADMINISTRATOR,
    UNLINKED: Role.TEACHER,
}
PHYSICS = "Физика"
LOOKED_AT = ("P1", "P2", "P3", "P4", "P5")
"""Rules enough to have findings of; the others are their own tests' matter."""


@dataclass
class Ground:
    """Friday 20.11 at 16:00. 16.11 is not filled at all, 17.11 and 18.11 have no homework.

    Mathematics has no plan either.
    """

    database: Database
    clock: FrozenClock
    book: Book = field(init=False)
    actors: dict[int, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book = Book(self.database)
        self.book.batch.subjects = [
            SubjectRow(name, None, None, (), None) for name in (MATHS, PHYSICS)
        ]
        self.book.plan("02.11", subject=PHYSICS)
        self.book.lesson("16.11", topic="", homework="", attendance_taken=False)
        for on in ("17.11", "18.11"):
            self.book.lesson(on, homework="")
        self.book.lesson("19.11")

    @property
    def imports(self) -> Imports:
        rules = {code: catalogue()[code] for code in LOOKED_AT}
        completeness = replace(completeness_of(self.database, self.clock), rules=rules)
        return replace(imports_of(self.database, self.clock), analysis=completeness)

    async def begin(self) -> None:
        now = self.clock.now()
        async with self.database.unit_of_work() as work:
            if await work.schools.first() is None:
                await work.schools.add(name="Школа", timezone="Europe/Moscow", at=now)
        await self.load()
        async with self.database.unit_of_work() as work:
            names = (await work.journal.dictionary(SCHOOL)).staff.values()
            own = next(StaffId(one.id) for one in names if one.name == NAME)
            staff = {TEACHER: own, COLLEAGUE: StaffId(999)}
            for user, role in ROLES.items():
                newcomer = Newcomer(user=UserId(user), name=f"Коллега {user}")
                person = await work.people.admit(
                    newcomer, school=SCHOOL, staff=staff.get(user), at=now
                )
                await work.people.give(person, role, given_by=None, at=now)
                self.actors[user] = Actor(
                    chat=ChatId(user),
                    person=person,
                    school=SCHOOL,
                    staff=staff.get(user),
                    roles=frozenset({role}),
                )

    # -- imports -----------------------------------------------------------------------------------

    async def load(self, batch: Batch | None = None) -> ImportId:
        self.clock.move(minutes=1)
        name = f"{self.clock.now():%H%M}"
        source = Source(f"{name}.xlsx", name, "F12", batch or self.book.batch)
        preview = await self.imports.preview(self.book.actor, [source])
        await self.imports.apply(self.book.actor, ImportId(preview.number))
        return ImportId(preview.number)

    async def undo(self, number: ImportId) -> None:
        await self.imports.undo(self.book.actor, number)

    def fill(self, on: str) -> None:
        """The teacher fills the lesson of a day in."""
        ordinal = day_of(on)
        assert self.book.batch.lessons is not None
        self.book.batch.lessons = [
            one._replace(topic="Дроби", homework="№ 12", attendance_taken=True)
            if one.day == ordinal
            else one
            for one in self.book.batch.lessons
        ]

    async def mend(self, *days: str) -> ImportId:
        for on in days:
            self.fill(on)
        return await self.load()

    async def check(self) -> None:
        """What the clock does after an import."""
        job = ClaimChecks(self.database, checks_of(self.clock))
        await Schedule(database=self.database, clock=self.clock, jobs=[job]).tick()

    # -- what is kept ------------------------------------------------------------------------------

    async def finding(self, rule: str, on: str = "") -> FindingId:
        async with self.database.reading() as work:
            found = await work.gaps.of_teacher(SCHOOL, self.staff)
        return next(
            one.id
            for one in found
            if one.hit.rule == rule and one.hit.day == (day_of(on) if on else None)
        )

    async def standing(self) -> dict[FindingId, Standing]:
        async with self.database.reading() as work:
            return dict(await work.claims.standing(SCHOOL))

    async def claim(self, finding: FindingId) -> Claim:
        async with self.database.reading() as work:
            [claim] = await work.claims.current(SCHOOL, [finding])
        return claim

    @property
    def staff(self) -> StaffId:
        staff = self.actors[TEACHER].staff
        assert staff is not None
        return staff

    # -- services ----------------------------------------------------------------------------------

    @property
    def digests(self) -> Digests:
        return digests_of(self.database, self.clock, RENDERER)

    @property
    def gaps(self) -> GapDesk:
        digests = self.digests
        return GapDesk(
            rules=digests.measuring.rules, reading=self.database.reading, wording=digests.wording
        )

    @property
    def claims(self) -> Claims:
        found: Claims = for_claims(self.database, clock=self.clock, gaps=self.gaps)["claims"]
        return found

    @property
    def appeals(self) -> Appeals:
        found: Appeals = for_claims(self.database, clock=self.clock, gaps=self.gaps)["appeals"]
        return found


def day_of(on: str) -> int:
    of_month, month = (int(part) for part in on.split("."))
    return date(2026, month, of_month).toordinal()
