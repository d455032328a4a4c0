"""F6: a calendar plan of a subject (КТП), whatever its columns; homework and aims are not kept."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from services.journal.names import normalise_name
from services.journal.readers.columns import Columns, find_columns, patterns, title_key
from services.journal.readers.extract import Extract
from services.journal.readers.loose import Gathering, Given, LackError, demand_said
from services.journal.readers.plan_rows import Plan
from services.journal.readers.tables import Row, Table
from services.journal.readers.titles import Titles, classes_of

SHEET = "КТП"

_Whose = tuple[tuple[str, ...], str, str | None]
"""Classes, subject, teacher."""

PLAN = patterns(
    topic=r"(название |наименование )?(изучаемая )?(раздел\w* )?(и )?тем[аы]\w*"
          r"( урок\w*| заняти\w*)*"
          r"|тем[аы] (раздел\w* )?.{0,20}(урок\w*|программ\w*)|содержание( урока| материала)?"
          r"|раздел\w* (и )?тем\w*.*|наименование раздел\w*.*",
    position=r"№( п/?п)?( урок\w*| заняти\w*)?|п/п|n( п/п)?|номер( урок\w*| п/п)?|№ урок\w* п/п",
    planned=r"(планов\w+|планируем\w+|календарн\w+) (дат\w*|срок\w*)|дат\w* (по )?план\w*"
            r"|дат\w* проведения (по )?план\w*|(дат\w*|срок\w*|дат\w* проведения) план\w*"
            r"|план\w* дат\w*",
    happened=r"(фактическ\w+) дат\w*|дат\w* (проведения )?(по )?факт\w*|факт\w*( дат\w*)?"
             r"|дат\w* корректир\w*|корректировк\w*.*",
    undecided=r"дат\w*|дат\w* (проведени\w*|урок\w*|заняти\w*)( урок\w*| заняти\w*)?"
              r"|(календарн\w+ )?срок\w*( проведени\w*| изучени\w*)?",
    hours=r"(кол ?во|количество|число|к во|всего)? ?час\w*.*|кол ?во|количество|ч",
    kind=r"(вид|форм\w+|тип) (работ\w*|контрол\w*|урок\w*)|вид|контрол\w*",
    homework=r"(домашн\w+ задани\w*|д/?з)( .*)?|задани\w+ на дом",
    name=r"фио.*|фамилия.*|учени[кц]\w*|учащ\w+ся",
    class_unit=r"класс\w*",
    subject=r"(учебн\w+ )?предмет\w*|дисциплин\w*",
    teacher=r"(фио )?учител\w*|преподавател\w*",
)  # fmt: skip

_PLANNING = re.compile(r"планирован|ктп|рабочая программа|учебно-тематическ|поурочн")


def likeness(table: Table, name: str) -> float:
    """Тема with any of hours, №, a planned date; no names, no class or subject in the rows."""
    columns = find_columns(table.head, PLAN)
    if "topic" not in columns or "name" in columns:
        return 0.0
    if {"class_unit", "subject", "teacher"} & columns.places.keys():
        return 0.95 if {"hours", "planned"} & columns.places.keys() else 0.0
    words_above = " ".join(title_key(cell) for row in table.head[: columns.row] for cell in row)
    called = bool(_PLANNING.search(f"{words_above} {table.name} {name}".casefold()))
    if {"hours", "planned"} & columns.places.keys():
        return 0.95
    if "position" in columns:
        return 0.95 if called or "undecided" not in columns else _by_numbers(table, columns)
    if not {"undecided", "homework"} & columns.places.keys():
        return 0.5 if called else 0.0
    later = "следующ" in columns.titles.get(columns.places.get("homework", -1), "")
    return 0.9 if called or later or "undecided" not in columns else 0.7


def _by_numbers(table: Table, columns: Columns) -> float:
    """№ beside a date: the plan's own running number, or the lesson's place in the day."""
    texts = [columns.text(row, "position") for row in table.head[columns.first :]]
    numbers = [int(text) for text in texts if text.isdecimal()]
    running = all(one < other for one, other in pairwise(numbers))
    return 0.9 if running and len(numbers) > 1 else 0.7


def read_f6(given: Given) -> Extract:
    gathering = Gathering(Extract("F6", given.confidence))
    for table in given.tables:
        columns = find_columns(table.head, PLAN)
        try:
            _read_table(table, columns, given.titles(table, columns), gathering)
        except LackError as error:
            gathering.lack(table, error)
        given.progress(table.height)
    return gathering.done()


def _read_table(table: Table, columns: Columns, titles: Titles, gathering: Gathering) -> None:
    for (units, subject, teacher), rows in _plans(table, columns, titles).items():
        demand_said(replace(titles, classes=units, subject=subject), "класс", "предмет")
        plan = Plan(columns, rows)
        items = list(plan.items())
        running = _running([item.position for item in items])
        for place, item in enumerate(items, 1):
            position = item.position if running else place
            for unit in units:
                where = (subject, unit, titles.study_group, teacher)
                line = (*where, position, item.topic, item.hours, item.day, item.kind)
                gathering.put("plans", SHEET, line, item.number)
        for number, reason in plan.unreadable():
            gathering.refuse(SHEET, number, reason)
        gathering.extract.notes += plan.notes(items)
    gathering.extract.year = gathering.extract.year or titles.year


def _plans(table: Table, columns: Columns, titles: Titles) -> dict[_Whose, list[tuple[int, Row]]]:
    """Rows by whose plan they are: mostly all of them are of one class and one subject."""
    found: dict[_Whose, list[tuple[int, Row]]] = {}
    for number, row in columns.records(table):
        units = classes_of(columns.text(row, "class_unit")) or titles.classes
        subject = normalise_name(columns.text(row, "subject")) or titles.subject
        teacher = normalise_name(columns.text(row, "teacher")) or titles.teacher
        found.setdefault((units, subject, teacher), []).append((number, row))
    return found


def _running(positions: Sequence[int | None]) -> bool:
    """Numbers that begin anew in each section, or are missing, are not places in the plan."""
    known = [each for each in positions if each is not None]
    rising = all(one < other for one, other in pairwise(known))
    return rising and len(known) == len(positions)
