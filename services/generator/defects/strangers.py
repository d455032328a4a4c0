"""K2: topics of which the plan knows nothing."""

from services.generator.defects.picking import due, pick, plain
from services.generator.school import School

SHARE = 0.0004
LEAST = 12
ALIEN = (
    "Экскурсия в краеведческий музей",
    "Просмотр мультфильма",
    "Репетиция новогоднего концерта",
    "Субботник на пришкольном участке",
    "Викторина ко Дню космонавтики",
)
CUT = 14


def stray(school: School) -> None:
    usual = [
        one
        for one in plain(school)
        if one.position is not None and not one.kind and len(one.topic) > CUT
        and not one.topic.startswith("Инструктаж")
    ]  # fmt: skip
    for lesson in pick(school, usual, max(SHARE, LEAST / max(1, len(usual)))):
        lesson.topic = school.random.choice(ALIEN)
        school.strange.append(lesson)
    for lesson in pick(school, usual, SHARE):
        lesson.topic = lesson.topic.rstrip(".") + "."
        school.ledger.innocent("K2", lesson, "та же тема с точкой в конце")


def note_strangers(school: School) -> None:
    """Where there is a plan; short topics of other look-alikes are none of its topics either."""
    planned = {item.track for item in school.plan}
    for lesson in school.strange:
        if lesson.track in planned:
            school.ledger.lesson("K2", lesson, since=due(school, lesson))
