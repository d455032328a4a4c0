"""Conclusions, recommendations and a draft decision: tables of conditions and their sentences.

A sentence stands only where its condition holds, and carries the numbers that it rests on. The
bounds 95 and 85 are those of rule T1 («green», «yellow»).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from services.analyses.view import Achievement, Analysis, Compared, Drafted, Marks
from services.completeness.lines import Wording
from services.completeness.rule import Said
from services.figures import Standing

GREEN, YELLOW = 95.0, 85.0
FEW_MARKS = 90.0
NOTICED = 0.5
"""Percentage points from which a change is worth a sentence."""
LOWEST = 3
FIELDS = frozenset({"P1", "P2", "P3", "P4"})
NO_MARKS = Achievement(
    school=Marks(name=""),
    classes=[],
    subjects=[],
    subject_groups=[],
    teachers=[],
    groundless=None,
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the conditions look at."""

    analysis: Analysis

    def row(self, key: str) -> Compared | None:
        return next((one for one in self.analysis.compared if one.key == key), None)

    def now(self, key: str) -> float | None:
        row = self.row(key)
        return None if row is None else row.now

    def within(self, key: str, least: float, below: float) -> bool:
        value = self.now(key)
        return value is not None and least <= value < below

    def change(self, key: str) -> float:
        row = self.row(key)
        return (row.change or 0.0) if row else 0.0

    def count(self, *codes: str) -> int:
        return sum(self._rule(one) in codes for one in self.analysis.identities)

    def family(self, letter: str) -> int:
        return sum(one.startswith(letter) for one in self.analysis.identities)

    @staticmethod
    def _rule(identity: str) -> str:
        return identity.partition(":")[0]

    @property
    def marks(self) -> Achievement:
        return self.analysis.achievement or NO_MARKS

    @property
    def low(self) -> list[Standing]:
        """Classes below the yellow bound, the lowest first."""
        known = [
            (one.indices.completeness.value, one)
            for one in self.analysis.figures.classes
            if one.indices.completeness.value is not None
        ]
        found = [one for share, one in known if share < YELLOW]
        return sorted(found, key=lambda one: one.indices.completeness.value or 0.0)[:LOWEST]

    def share(self, key: str) -> tuple[str, float]:
        return "share", self.now(key) or 0.0

    def points(self, key: str) -> tuple[str, float]:
        return "points", self.change(key)


class Sentence(NamedTuple):
    holds: Callable[[Numbers], object]
    said: Callable[[Numbers], Said]


CONCLUSIONS = (
    Sentence(
        lambda n: n.within("completeness", GREEN, 101),
        lambda n: Said(
            "The journal is filled in well: completeness is %(share)s.",
            {"share": n.share("completeness")},
        ),
    ),
    Sentence(
        lambda n: n.within("completeness", YELLOW, GREEN),
        lambda n: Said(
            "The journal is filled in with omissions: completeness is %(share)s, "
            "at least %(least)s %% is due.",
            {"share": n.share("completeness"), "least": f"{GREEN:.0f}"},
        ),
    ),
    Sentence(
        lambda n: n.within("completeness", 0, YELLOW),
        lambda n: Said(
            "The journal is not filled in well enough: completeness is %(share)s, "
            "below %(least)s %%.",
            {"share": n.share("completeness"), "least": f"{YELLOW:.0f}"},
        ),
    ),
    Sentence(
        lambda n: n.change("completeness") >= NOTICED,
        lambda n: Said(
            "Completeness has risen by %(points)s percentage points against %(period)s.",
            {"points": n.points("completeness"), "period": n.analysis.previous},
        ),
    ),
    Sentence(
        lambda n: n.change("completeness") <= -NOTICED,
        lambda n: Said(
            "Completeness has fallen by %(points)s percentage points against %(period)s.",
            {"points": n.points("completeness"), "period": n.analysis.previous},
        ),
    ),
    Sentence(
        lambda n: n.within("timeliness", GREEN, 101),
        lambda n: Said(
            "Lessons are filled in on time: timeliness is %(share)s.",
            {"share": n.share("timeliness")},
        ),
    ),
    Sentence(
        lambda n: n.within("timeliness", 0, GREEN),
        lambda n: Said(
            "Not all lessons are filled in on time: timeliness is %(share)s, "
            "at least %(least)s %% is due.",
            {"share": n.share("timeliness"), "least": f"{GREEN:.0f}"},
        ),
    ),
    Sentence(
        lambda n: n.within("accumulation", 0, FEW_MARKS),
        lambda n: Said(
            "Marks are too few: enough of them are in %(share)s of the cases (pupil and subject).",
            {"share": n.share("accumulation")},
        ),
    ),
    Sentence(
        lambda n: n.within("reliability", 0, GREEN),
        lambda n: Said(
            "There are doubtful entries: reliability is %(share)s.",
            {"share": n.share("reliability")},
        ),
    ),
    Sentence(
        lambda n: n.marks.school.pupils,
        lambda n: Said(
            "Success is %(success)s, quality %(quality)s, the degree of training %(sou)s "
            "(pupils: %(pupils)s).",
            {
                "success": n.share("success"),
                "quality": n.share("quality"),
                "sou": n.share("sou"),
                "pupils": n.marks.school.pupils,
            },
        ),
    ),
    Sentence(
        lambda n: n.change("quality") >= NOTICED,
        lambda n: Said(
            "Quality has risen by %(points)s percentage points against %(period)s.",
            {"points": n.points("quality"), "period": n.analysis.previous},
        ),
    ),
    Sentence(
        lambda n: n.change("quality") <= -NOTICED,
        lambda n: Said(
            "Quality has fallen by %(points)s percentage points against %(period)s.",
            {"points": n.points("quality"), "period": n.analysis.previous},
        ),
    ),
    Sentence(
        lambda n: n.marks.school.unattested,
        lambda n: Said(
            "Not attested («н/а»): %(count)s.",
            {"count": n.marks.school.unattested},
        ),
    ),
    Sentence(
        lambda n: n.count("Q1"),
        lambda n: Said(
            "Period marks that differ from the mean of the current ones: %(count)s.",
            {"count": n.count("Q1")},
        ),
    ),
    Sentence(
        lambda n: n.count("N6"),
        lambda n: Said(
            "Period marks given on too few current ones: %(count)s.",
            {"count": n.count("N6")},
        ),
    ),
    Sentence(
        lambda n: n.analysis.lags,
        lambda n: Said("Courses behind their plan: %(count)s.", {"count": len(n.analysis.lags)}),
    ),
    Sentence(
        lambda n: n.analysis.repeated,
        lambda n: Said(
            "The same remark recurs in three weeks or more: cases %(count)s.",
            {"count": len(n.analysis.repeated)},
        ),
    ),
    Sentence(
        lambda n: n.family("L"),
        lambda n: Said(
            "The load of control works was exceeded: cases %(count)s.",
            {"count": n.family("L")},
        ),
    ),
    Sentence(
        lambda n: n.analysis.clean_teachers,
        lambda n: Said(
            "Teachers without remarks: %(count)s of %(all)s.",
            {
                "count": len(n.analysis.clean_teachers),
                "all": n.analysis.checked.teachers,
            },
        ),
    ),
)
RECOMMENDATIONS = (
    Sentence(
        lambda n: n.count(*FIELDS),
        lambda n: Said(
            "Teachers named in the table of remarks are to fill in topics, homework and attendance "
            "by %(day)s (findings: %(count)s).",
            {"day": n.analysis.recheck, "count": n.count(*FIELDS)},
        ),
    ),
    Sentence(
        lambda n: n.count("T2"),
        lambda n: Said(
            "Marks for written works are to be given by %(day)s (findings: %(count)s).",
            {"day": n.analysis.recheck, "count": n.count("T2")},
        ),
    ),
    Sentence(
        lambda n: n.family("R"),
        lambda n: Said(
            "Doubtful entries are to be checked and corrected by %(day)s (findings: %(count)s).",
            {"day": n.analysis.recheck, "count": n.family("R")},
        ),
    ),
    Sentence(
        lambda n: n.count("P7"),
        lambda n: Said(
            "Missing period marks are to be given (findings: %(count)s).",
            {"count": n.count("P7")},
        ),
    ),
    Sentence(
        lambda n: n.count("Q1", "N6"),
        lambda n: Said(
            "Teachers are to explain in writing the period marks that differ from the mean or rest "
            "on too few current ones (findings: %(count)s).",
            {"count": n.count("Q1", "N6")},
        ),
    ),
    Sentence(
        lambda n: n.marks.groundless,
        lambda n: Said(
            "Grounds for «н/а» are to be produced (without a ground: %(count)s).",
            {"count": n.marks.groundless},
        ),
    ),
    Sentence(
        lambda n: n.count("N1"),
        lambda n: Said(
            "Pupils with too few marks are to be asked first (findings: %(count)s).",
            {"count": n.count("N1")},
        ),
    ),
    Sentence(
        lambda n: n.analysis.lags,
        lambda n: Said(
            "Plans of the courses that are behind are to be corrected (courses: %(count)s).",
            {"count": len(n.analysis.lags)},
        ),
    ),
    Sentence(
        lambda n: n.analysis.repeated,
        lambda n: Said(
            "The deputy director is to talk with the teachers whose remarks recur "
            "(teachers: %(count)s).",
            {"count": len({one.teacher for one in n.analysis.repeated})},
        ),
    ),
    Sentence(
        lambda n: n.low,
        lambda n: Said(
            "Classes to be kept under control, with completeness below %(least)s %%: %(names)s.",
            {"least": f"{YELLOW:.0f}", "names": ", ".join(one.name for one in n.low)},
        ),
    ),
    Sentence(
        lambda n: n.family("L"),
        lambda n: Said(
            "The schedule of control works is to be put in order (findings: %(count)s).",
            {"count": n.family("L")},
        ),
    ),
    Sentence(
        lambda n: not n.analysis.findings,
        lambda n: Said(
            "Nothing is to be corrected: findings %(count)s.", {"count": n.analysis.findings}
        ),
    ),
)
DECISION = (
    Sentence(
        lambda _: True,
        lambda n: Said(
            "To take note of the analysis (findings: %(count)s).", {"count": n.analysis.findings}
        ),
    ),
    Sentence(
        lambda n: n.analysis.teacher_remarks,
        lambda n: Said(
            "Teachers (%(teachers)s) are to correct the remarks by %(day)s.",
            {"teachers": len(n.analysis.teacher_remarks), "day": n.analysis.recheck},
        ),
    ),
    Sentence(
        lambda n: n.analysis.findings,
        lambda n: Said(
            "The administrator of the electronic journal is to repeat the check on %(day)s "
            "by the same rules (%(rules)s).",
            {"day": n.analysis.recheck, "rules": len(n.analysis.method)},
        ),
    ),
)


def drafted(analysis: Analysis, wording: Wording) -> Drafted:
    numbers = Numbers(analysis)

    def sentences(table: tuple[Sentence, ...]) -> list[str]:
        return [wording.why(one.said(numbers)) for one in table if one.holds(numbers)]

    return Drafted(
        conclusions=sentences(CONCLUSIONS),
        recommendations=sentences(RECOMMENDATIONS),
        decision=sentences(DECISION),
    )
