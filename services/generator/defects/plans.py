"""K1 again: the plan's dates have run two lessons ahead; K5: a planned work was not written."""

from services.generator.curriculum import marked
from services.generator.defects.picking import DAY_END, DEADLINE
from services.generator.school import School
from services.generator.world import PlanItem, Track

SHARE = 0.01
AHEAD = 2
PASSED, LEFT, HOURS = 12, 4, 2
GRACE, MISSED, APART = 5, 3, 14


def run_ahead(school: School) -> None:
    items: dict[Track, list[PlanItem]] = {}
    for item in school.plan:
        items.setdefault(item.track, []).append(item)
    tracks = [track for track in items if _fits(school, track, items[track])]
    count = min(len(tracks), max(1, round(len(items) * SHARE)))
    for track in school.random.sample(tracks, count):
        _shift(school, track, items[track])


def _fits(school: School, track: Track, items: list[PlanItem]) -> bool:
    passed = sum(item.day <= school.until for item in items)
    extra = any(lesson.position is None for lesson in school.by_track[track])
    whole = not school.lost[track] and not extra and track.hours > HOURS
    enough = passed >= PASSED and len(items) - passed >= LEFT
    return whole and enough and bool(_starts(items, passed))


def _starts(items: list[PlanItem], passed: int) -> range:
    """Where the dates may begin to run: works of the plan stay in their places."""
    works = [at for at, item in enumerate(items[: passed + AHEAD]) if item.kind]
    return range(max([PASSED // 2, *(at + 1 for at in works)]), passed - AHEAD + 1)


def _shift(school: School, track: Track, items: list[PlanItem]) -> None:
    passed = sum(item.day <= school.until for item in items)
    start = school.random.choice(_starts(items, passed))
    days = [item.day for item in items]
    for at in range(start, len(items)):
        items[at].day = days[at - AHEAD]
    since = school.local.moment(days[start - 1], DEADLINE)
    school.ledger.track("K1", track, day=None, since=since)


def plan_works(school: School) -> None:
    """Control items without a work: passed by five days and more, or just now."""
    last_work = {
        track: max((one.day for one in lessons if one.kind), default=0)
        for track, lessons in school.by_track.items()
    }
    items = [
        item
        for item in school.plan
        if item.day > last_work[item.track] + APART and not item.kind
        and not school.lost[item.track] and marked(item.track.subject, item.track.unit.grade)
    ]  # fmt: skip
    passed = [item for item in items if item.day + GRACE < school.until]
    for item in _one_a_track(school, passed, MISSED):
        item.kind = school.random.choice(("контрольная", "проверочная"))
        since = school.local.moment(item.day + GRACE, DAY_END)
        school.ledger.track("K5", item.track, day=item.day, since=since)
    recent = [item for item in items if item.day <= school.until < item.day + GRACE]
    for item in _one_a_track(school, recent, MISSED):
        item.kind = "контрольная"
        school.ledger.innocent_track("K5", item.track, "пять дней не прошли", day=item.day)


def _one_a_track(school: School, items: list[PlanItem], count: int) -> list[PlanItem]:
    usual = {item.track: item for item in items if item.kind == ""}
    free = [item for item in usual.values() if item.track not in school.planless]
    chosen = school.random.sample(free, min(count, len(free)))
    school.planless |= {item.track for item in chosen}
    return chosen
