"""Every figure of an analysis is what a plain count of the file's rows gives, on three schools."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date

import pytest

from services.analyses.kept import as_text
from services.analyses.view import Marks
from services.figures import FindingLine, Index
from services.journal.model import TermMarkRow
from services.listing import class_order
from tests.services.analyses.by_hand import ByHand, sou
from tests.services.analyses.conftest import Made
from tests.services.naive_indices import week

OFTEN = 3


def parts(index: Index) -> tuple[float, float]:
    return index.done, index.all


def remarked(made: Made) -> list[FindingLine]:
    return [line for line in made.analysis.figures.findings if line.severity != "advice"]


def day(line: FindingLine) -> int:
    d, m, y = (int(part) for part in line.date.split("."))
    return date(y, m, d).toordinal()


def counts(marks: Marks) -> tuple[int, int, int, int, int]:
    return marks.five, marks.four, marks.three, marks.two, marks.unattested


def of(field: str, name: str) -> Callable[[TermMarkRow], bool]:
    return lambda row: getattr(row, field) == name


def taught_by(by_hand: ByHand, name: str) -> Callable[[TermMarkRow], bool]:
    return lambda row: by_hand.teacher_of(row) == name


def test_the_indices(made: Made) -> None:
    indices, by_hand = made.analysis.figures.indices, made.by_hand
    assert parts(indices.completeness) == by_hand.completeness()
    assert parts(indices.timeliness) == by_hand.timeliness()
    assert parts(indices.accumulation) == by_hand.accumulation()
    assert indices.reliability.all == len(by_hand.due())


def test_what_was_looked_at(made: Made) -> None:
    checked, by_hand = made.analysis.checked, made.by_hand
    assert set(checked.classes) == by_hand.classes()
    assert checked.teachers == len(by_hand.teachers())
    assert checked.marks == by_hand.marks()
    assert checked.lessons == len(by_hand.due())
    assert checked.late == []


def test_lateness_by_week(made: Made) -> None:
    found = [(one.in_time, one.judged) for one in made.analysis.lateness]
    assert found == made.by_hand.lateness()


def test_works_by_class(made: Made) -> None:
    assert {one.name: (one.works, one.most) for one in made.analysis.works} == made.by_hand.works()


def test_the_programme_by_class(made: Made) -> None:
    by_hand = made.by_hand.programme()
    found = {one.name: (one.planned, one.done) for one in made.analysis.programme}
    assert found == by_hand
    total = made.analysis.programme_total
    assert total.share == pytest.approx(
        100 * sum(done for _, done in by_hand.values()) / sum(p for p, _ in by_hand.values())
    )


def test_marks_by_class(term: Made) -> None:
    found = term.analysis.achievement
    assert found
    assert found.classes
    for one in found.classes:
        assert (one.pupils, one.passed, one.good) == term.by_hand.pupils(one.name)
        assert counts(one) == term.by_hand.counts(of("class_unit", one.name))
        assert one.success == pytest.approx(100 * one.passed / (one.pupils or 0))
        assert one.quality == pytest.approx(100 * one.good / (one.pupils or 0))


def test_marks_of_the_school(term: Made) -> None:
    found, by_hand = term.analysis.achievement, term.by_hand
    assert found
    pupils = [by_hand.pupils(name) for name in by_hand.classes()]
    assert (found.school.pupils, found.school.passed, found.school.good) == tuple(
        sum(column) for column in zip(*pupils, strict=True)
    )
    assert counts(found.school) == by_hand.counts(lambda _: True)
    assert found.school.sou == pytest.approx(sou(counts(found.school)))


def test_marks_by_subject(term: Made) -> None:
    found = term.analysis.achievement
    assert found
    names = {row.subject for row in term.by_hand.given()}
    assert {one.name for one in found.subjects} == names
    for one in found.subjects:
        assert counts(one) == term.by_hand.counts(of("subject", one.name))
        done = one.five + one.four
        assert one.quality == pytest.approx(100 * done / sum(counts(one)))
        assert one.success == pytest.approx(100 * (done + one.three) / sum(counts(one)))


def test_marks_by_teacher(term: Made) -> None:
    found, by_hand = term.analysis.achievement, term.by_hand
    assert found
    teachers = {by_hand.teacher_of(row) for row in by_hand.given()} - {""}
    assert {one.name for one in found.teachers} == teachers
    for one in found.teachers:
        assert counts(one) == by_hand.counts(taught_by(by_hand, one.name))


def test_na_without_a_ground(term: Made) -> None:
    found = term.analysis.achievement
    assert found
    assert found.groundless == sum(line.rule == "Q3" for line in remarked(term))


def test_remarks_are_the_findings_that_are_no_advice(made: Made) -> None:
    lines, analysis = remarked(made), made.analysis
    assert analysis.findings == len(lines)
    by_class = Counter(line.class_unit for line in lines if line.class_unit)
    assert {one.name: one.findings for one in analysis.class_remarks} == by_class
    by_teacher = Counter(line.teacher for line in lines if line.teacher)
    assert {one.name: one.findings for one in analysis.teacher_remarks} == by_teacher


def test_what_a_remark_says_of_rules_adds_up(made: Made) -> None:
    rules = Counter((line.teacher, line.rule) for line in remarked(made))
    for one in made.analysis.teacher_remarks:
        told = dict(re.findall(r"(\w+) – (\d+)", one.rules))
        assert {(one.name, rule): int(count) for rule, count in told.items()} == {
            key: count for key, count in rules.items() if key[0] == one.name
        }


def test_without_remarks_is_everybody_else(made: Made) -> None:
    lines, by_hand, analysis = remarked(made), made.by_hand, made.analysis
    named = {line.teacher for line in lines}
    assert analysis.clean_teachers == sorted(by_hand.teachers() - named)
    classes = by_hand.classes() - {line.class_unit for line in lines}
    assert analysis.clean_classes == sorted(classes, key=class_order)


def test_what_recurs_is_in_three_weeks_or_more(made: Made) -> None:
    weeks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for line in remarked(made):
        if line.teacher and line.date:
            weeks[line.teacher, line.rule].append(week(day(line)))
    expected = {
        key: (len(set(seen)), len(seen)) for key, seen in weeks.items() if len(set(seen)) >= OFTEN
    }
    found = {(one.teacher, one.rule): (one.weeks, one.findings) for one in made.analysis.repeated}
    assert found == expected


def test_lags_are_the_findings_of_the_plan(made: Made) -> None:
    lines = [line for line in remarked(made) if line.rule == "K1"]
    found = {(one.class_unit, one.subject, one.study_group) for one in made.analysis.lags}
    assert found == {(line.class_unit, line.subject, line.study_group) for line in lines}
    for one in made.analysis.lags:
        why = next(
            line.why
            for line in lines
            if (line.class_unit, line.subject) == (one.class_unit, one.subject)
        )
        assert f"{one.lag:g}".replace(".", ",") in why


def test_the_comparison_repeats_the_figures(every: dict[str, Made]) -> None:
    october, november = every["2026-10"].analysis, every["2026-11"].analysis
    for analysis in (october, november):
        rows = {row.key: row for row in analysis.compared}
        indices = analysis.figures.indices
        assert rows["completeness"].now == indices.completeness.value
        assert rows["timeliness"].now == indices.timeliness.value
        assert rows["programme"].now == analysis.programme_total.share
        assert rows["completeness"].change == indices.completeness.change
    assert november.previous == "октябрь 2026 г."
    assert october.previous == "сентябрь 2026 г."


def test_a_term_without_one_before_is_compared_with_nothing(term: Made) -> None:
    assert term.analysis.previous == ""
    assert {(row.before, row.year) for row in term.analysis.compared} == {(None, None)}


def test_every_sentence_rests_on_a_number(made: Made) -> None:
    drafted = made.analysis.drafted
    sentences = [*drafted.conclusions, *drafted.recommendations, *drafted.decision]
    assert len(drafted.conclusions) > 3
    assert [one for one in sentences if not re.search(r"\d", one)] == []


def test_no_pupil_is_named(made: Made) -> None:
    names = {row.name for row in made.by_hand.batch.enrollments or [] if row.name}
    text = as_text(made.analysis)
    assert names
    assert not [name for name in names if name in text]
