"""K1 again: nothing was lost, but the plan's dates have run two lessons ahead."""

from services.generator.defects.picking import DEADLINE
from services.generator.school import School
from services.generator.world import PlanItem, Track

SHARE = 0.01
AHEAD = 2
PASSED, LEFT, HOURS = 12, 4, 2


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
    return whole and passed >= PASSED and len(items) - passed >= LEFT


def _shift(school: School, track: Track, items: list[PlanItem]) -> None:
    passed = sum(item.day <= school.until for item in items)
    start = school.random.randint(PASSED // 2, passed - AHEAD)
    days = [item.day for item in items]
    for at in range(start, len(items)):
        items[at].day = days[at - AHEAD]
    since = school.local.moment(days[start - 1], DEADLINE)
    school.ledger.track("K1", track, day=None, since=since)
