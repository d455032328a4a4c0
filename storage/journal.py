"""The journal, kept by generations: rows, names and the imports that bore them."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, Table, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.ids import ImportId, PersonId, SchoolId
from services.journal.dictionary import (
    Additions,
    Alias,
    ClassUnit,
    Dictionary,
    Named,
    Pupil,
    StudyGroup,
    SubjectName,
)
from services.journal.difference import Stored
from services.journal.records import ImportRecord
from services.journal.relations import FOREVER, Relation, Row
from storage.schema import journal as schema
from storage.schema.journal import finding_spans, import_places, imports, relations
from storage.schema.people import schools

LIVING = [*relations.values(), finding_spans]
"""Every table whose rows live from import to import."""


@dataclass(frozen=True, slots=True)
class StoredJournal:
    connection: AsyncConnection

    # -- names ---------------------------------------------------------------------------------

    async def dictionary(self, school: SchoolId) -> Dictionary:
        tables = (
            schema.class_units, schema.subjects, schema.staff, schema.study_groups, schema.pupils,
        )  # fmt: skip
        dictionary = Dictionary(next_id=max([await self._highest(table) for table in tables]))
        dictionary.load(
            class_units=[ClassUnit(*row) for row in await self._names(schema.class_units, school)],
            subjects=[SubjectName(*r) for r in await self._names(schema.subjects, school)],
            staff=[Named(*row) for row in await self._names(schema.staff, school)],
            study_groups=[StudyGroup(*r) for r in await self._names(schema.study_groups, school)],
            pupils=[Pupil(*row) for row in await self._names(schema.pupils, school)],
            aliases=[Alias(*row[1:]) for row in await self._names(schema.aliases, school)],
        )
        return dictionary

    async def _names(self, table: Table, school: SchoolId) -> list[Row]:
        columns = [column for column in table.c if column.name != "school"]
        found = await self.connection.execute(select(*columns).where(table.c.school == school))
        return [tuple(row) for row in found]

    async def _highest(self, table: Table) -> int:
        return (await self.connection.execute(select(func.max(table.c.id)))).scalar() or 0

    async def add_names(self, school: SchoolId, added: Additions) -> None:
        """Keep new names under the identities that the dictionary gave them."""
        lists: list[tuple[Table, Sequence[Row]]] = [
            (schema.class_units, added.class_units),
            (schema.subjects, added.subjects),
            (schema.staff, added.staff),
            (schema.study_groups, added.study_groups),
            (schema.pupils, added.pupils),
        ]
        for table, rows in lists:
            names = [column.name for column in table.c if column.name != "school"]
            values = [{"school": school, **dict(zip(names, row, strict=True))} for row in rows]
            if values:
                await self.connection.execute(insert(table), values)
        aliases = [{"school": school, **_alias(alias)} for alias in added.aliases]
        if aliases:
            await self.connection.execute(insert(schema.aliases), aliases)

    async def put_alias(self, school: SchoolId, alias: Alias) -> None:
        """What the administrator says a name means; it takes the place of what was said before."""
        table = schema.aliases
        same = (
            (table.c.school == school)
            & (table.c.kind == alias.kind)
            & (table.c.alias_key == alias.key)
        )
        await self.connection.execute(delete(table).where(same))
        await self.connection.execute(insert(table).values(school=school, **_alias(alias)))

    # -- rows ----------------------------------------------------------------------------------

    async def generation(self, school: SchoolId) -> int:
        found = select(schools.c.generation).where(schools.c.id == school)
        return int((await self.connection.execute(found)).scalar_one())

    async def load(
        self,
        relation: Relation,
        school: SchoolId,
        *,
        classes: Collection[int] | None = None,
        days: tuple[int, int] | None = None,
    ) -> list[Stored]:
        table = relations[relation.name]
        generation = await self.generation(school)
        living = (
            (table.c.school == school) & (table.c.born <= generation) & (table.c.died > generation)
        )
        statement = select(table.c.row_id, *(table.c[name] for name in relation.columns))
        statement = statement.where(living)
        if classes is not None:
            statement = statement.where(table.c.class_unit.in_(sorted(classes)))
        if days is not None:
            statement = statement.where(table.c.day.between(*days))
        found = (await self.connection.execute(statement)).all()
        return [(row[0], tuple(row[1:])) for row in found]

    async def taught_days(self, school: SchoolId) -> Mapping[int, frozenset[int]]:
        lessons = relations["lessons"]
        generation = await self.generation(school)
        living = (
            (lessons.c.school == school)
            & (lessons.c.born <= generation)
            & (lessons.c.died > generation)
        )
        statement = select(lessons.c.class_unit, lessons.c.day).where(living).distinct()
        days: dict[int, set[int]] = {}
        for unit, day in (await self.connection.execute(statement)).all():
            days.setdefault(unit, set()).add(day)
        return {unit: frozenset(known) for unit, known in days.items()}

    async def insert(
        self, relation: Relation, school: SchoolId, rows: Sequence[Row], born: int
    ) -> None:
        """Rows seen from the generation ``born`` on; SQLite takes the tuples as they are."""
        table = relations[relation.name]
        names = ("school", "born", "died", *relation.columns)
        values = [(school, born, FOREVER, *row) for row in rows]
        if self.connection.dialect.paramstyle == "qmark":
            marks = ", ".join("?" * len(names))
            text = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608  # our own names
            await self.connection.exec_driver_sql(text, values)
        else:
            dicts = [dict(zip(names, row, strict=True)) for row in values]
            await self.connection.execute(insert(table), dicts)

    async def end(self, relation: Relation, row_ids: Sequence[int], died: int) -> None:
        """Rows that are no longer seen from the generation ``died`` on."""
        table = relations[relation.name]
        statement = update(table).where(table.c.row_id.in_(row_ids)).values(died=died)
        await self.connection.execute(statement)

    # -- imports -------------------------------------------------------------------------------

    async def stage(self, record: ImportRecord) -> ImportId:
        """A new import, not yet seen; its number is the generation that it will be."""
        row = _values(record) | {"state": "staged", "analysed": 0}
        statement = insert(imports).values(row).returning(imports.c.id)
        number = ImportId((await self.connection.execute(statement)).scalar_one())
        names = [column.name for column in import_places.c]
        places = [
            dict(zip(names, (record.school, number, *place), strict=True)) for place in record.seen
        ]
        if places:
            await self.connection.execute(insert(import_places), places)
        return number

    async def get_import(self, school: SchoolId, number: ImportId) -> ImportRecord | None:
        found = select(imports).where((imports.c.school == school) & (imports.c.id == number))
        row = (await self.connection.execute(found)).first()
        return None if row is None else import_record(row._mapping)  # noqa: SLF001  # its documented name

    async def import_state(self, school: SchoolId, number: ImportId) -> str | None:
        own = (imports.c.school == school) & (imports.c.id == number)
        return (await self.connection.execute(select(imports.c.state).where(own))).scalar()

    async def current_import(self, school: SchoolId) -> ImportRecord | None:
        """The import whose generation is shown, None before the first one."""
        return await self.get_import(school, ImportId(await self.generation(school)))

    async def mark(self, number: ImportId, state: str, at: datetime) -> None:
        """``at`` is kept where the state has a moment of its own."""
        moments = {"applied": "applied_at", "undone": "undone_at"}
        values: dict[str, object] = {"state": state}
        if state in moments:
            values[moments[state]] = at
        await self.connection.execute(update(imports).where(imports.c.id == number).values(values))

    async def show(self, school: SchoolId, generation: int) -> None:
        """Move the pointer: from here on this generation is what the school sees."""
        statement = update(schools).where(schools.c.id == school).values(generation=generation)
        await self.connection.execute(statement)

    async def sweep(self, school: SchoolId) -> None:
        """Remove what lies beyond the shown generation: staged, dropped or undone rows."""
        generation = await self.generation(school)
        beyond = select(imports.c.id).where(imports.c.school == school, imports.c.id > generation)
        if (await self.connection.execute(beyond.limit(1))).first() is None:
            return
        for table in LIVING:
            ahead = (table.c.school == school) & (table.c.born > generation)
            await self.connection.execute(delete(table).where(ahead))
            ending = (
                (table.c.school == school) & (table.c.died > generation) & (table.c.died < FOREVER)
            )
            await self.connection.execute(update(table).where(ending).values(died=FOREVER))

    async def drop_staged(self, school: SchoolId) -> None:
        staged = (imports.c.school == school) & (imports.c.state == "staged")
        numbers = select(imports.c.id).where(staged)
        places = import_places.c.number.in_(numbers)
        await self.connection.execute(delete(import_places).where(places))
        await self.connection.execute(update(imports).where(staged).values(state="dropped"))


def _alias(alias: Alias) -> dict[str, object]:
    return {"kind": alias.kind, "alias_key": alias.key, "target": alias.target}


def _values(record: ImportRecord) -> dict[str, object]:
    return {
        "school": record.school,
        "parent": record.parent,
        "fingerprint": record.fingerprint,
        "files": json.dumps(record.files, ensure_ascii=False),
        "summary": json.dumps(record.summary, ensure_ascii=False),
        "touched": json.dumps(record.touched),
        "as_of": record.as_of,
        "staged_at": record.staged_at,
        "by_person": record.by_person,
    }


def import_record(row: RowMapping) -> ImportRecord:
    by_person = row["by_person"]
    return ImportRecord(
        id=ImportId(row["id"]),
        school=SchoolId(row["school"]),
        parent=row["parent"],
        state=row["state"],
        fingerprint=row["fingerprint"],
        files=json.loads(row["files"]),
        summary=json.loads(row["summary"]),
        touched=json.loads(row["touched"]),
        as_of=row["as_of"],
        staged_at=row["staged_at"],
        applied_at=row["applied_at"],
        by_person=None if by_person is None else PersonId(by_person),
        analysed=bool(row["analysed"]),
    )
