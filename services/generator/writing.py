"""A generated school as files: the exchange template, other journals' exports, the truth."""

from collections.abc import Iterable
from pathlib import Path

from services.generator.generation import GeneratedSchool
from services.generator.truth import Finding
from services.journal.model import Batch
from services.journal.writers.f12 import Progress, silent, write_tables, write_workbook
from services.journal.writers.local_time import LocalTime
from services.journal.writers.netschool import (
    REPORT_NAME,
    TABLE_NAME,
    write_grade_table,
    write_progress_report,
)

NETSCHOOL_CLASSES = 2
NETSCHOOL_DAYS = 60
SCHOOL, BEFORE, WEEK = "school.xlsx", "weeks/before.xlsx", "weeks/week.xlsx"
"""The workbooks; only the whole school lies on top, so that the directory itself is one import."""
STAGES = (SCHOOL, "csv", BEFORE, WEEK, "netschool", "truth.jsonl")


def write(school: GeneratedSchool, directory: Path, progress: Progress = silent) -> None:
    """Fills the directory; ``progress(stage, done, total)`` hears of each part."""
    local = LocalTime(school.options.zone)
    (directory / BEFORE).parent.mkdir(parents=True, exist_ok=True)
    books = {SCHOOL: school.batch, BEFORE: school.before, WEEK: school.week}
    for done, stage in enumerate(STAGES):
        progress(stage, done, len(STAGES))
        if stage in books:
            write_workbook(books[stage], directory / stage, local=local)
        elif stage == "csv":
            write_tables(school.batch, directory / stage, local=local)
        elif stage == "netschool":
            _netschool(school, directory / stage)
        else:
            _lines(school.truth, directory / stage, local)
            _lines(school.lookalikes, directory / "lookalikes.jsonl", local)
    progress(STAGES[-1], len(STAGES), len(STAGES))


def _lines(findings: Iterable[Finding], path: Path, local: LocalTime) -> None:
    text = "".join(f"{finding.as_json(local)}\n" for finding in findings)
    path.write_text(text, encoding="utf-8")


def _netschool(school: GeneratedSchool, directory: Path) -> None:
    directory.mkdir(exist_ok=True)
    until = school.options.until
    first = max(min(term.first for term in school.batch.terms or []), until - NETSCHOOL_DAYS)
    for name in _marked_classes(school.batch)[:NETSCHOOL_CLASSES]:
        report = directory / f"{REPORT_NAME} {name}.xlsx"
        write_progress_report(school.batch, name, (first, until), report)
        write_grade_table(school.batch, name, directory / f"{TABLE_NAME} {name}.xlsx")


def _marked_classes(batch: Batch) -> list[str]:
    """Classes with marks, the last grades first: they have most subjects."""
    names = dict.fromkeys(row.class_unit for row in batch.enrollments or [])
    marked = {row.class_unit for row in batch.marks or []}
    return [name for name in reversed(names) if name in marked]
