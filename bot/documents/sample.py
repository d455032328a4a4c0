"""An analysis made up of nothing but one row of everything: what a form is tried on."""

from bot.documents.fields import Heading, fields_of
from bot.documents.template import filled
from services.analyses import view
from services.figures import Index, Indices, RuleCount, Standing, Week

NONE = Indices(Index(None), Index(None), Index(None), Index(None))
MARKS = view.Marks(name="5А", five=1, pupils=1, passed=1, good=1)
REMARKS = view.Remarks(name="Иванова М. П.", findings=1, rules="P1 – 1")
COURSE = view.Course(
    class_unit="5А", subject="Алгебра", study_group="", teacher="", planned=2, held=1
)
PROGRAMME = view.Programme(name="5А", planned=2, done=1)
WEEK = Week(
    school="Школа",
    period="2026-T1",
    first="01.09.2026",
    last="24.10.2026",
    as_of="24.10 16:00",
    indices=NONE,
    classes=[Standing("5А", NONE)],
    subject_groups=[Standing("МО", NONE)],
    rules=[RuleCount("P1", "Урок не заполнен", "major", 1)],
    missing=["КТП"],
)
SAMPLE = view.Analysis(
    kind="term",
    period="2026-T1",
    title="1 четверть",
    running=True,
    previous="",
    year_ago="",
    figures=WEEK,
    checked=view.Checked(classes=["5А"], teachers=1, lessons=1, marks=1, late=["5А"]),
    method=[view.Method(code="P1", title="Урок не заполнен", version=0, clause="")],
    lateness=[view.WeekShare(week="01.09–06.09", in_time=0, judged=1)],
    repeated=[
        view.Repeated(
            teacher="Иванова М. П.", rule="P1", title="Урок не заполнен", weeks=3, findings=3
        )
    ],
    works=[view.ClassWorks(name="5А", works=1, most=1)],
    lags=[COURSE],
    programme=[PROGRAMME],
    programme_total=PROGRAMME,
    achievement=view.Achievement(
        school=MARKS,
        classes=[MARKS],
        subjects=[MARKS],
        subject_groups=[MARKS],
        teachers=[MARKS],
        groundless=0,
    ),
    compared=[view.Compared(key="completeness", name="Полнота", unit="share", now=None)],
    clean_classes=[],
    clean_teachers=[],
    class_remarks=[REMARKS],
    teacher_remarks=[REMARKS],
    decisions_due=["Решение"],
    identities=["P1"],
    drafted=view.Drafted(conclusions=["Вывод."], recommendations=["Совет."], decision=["Пункт."]),
    day="24.10.2026",
    recheck="31.10.2026",
)


def check(template: bytes) -> None:
    """BrokenTemplateError where the form cannot be filled; every loop of it runs once."""
    filled(template, fields_of(SAMPLE, Heading()))
