"""Files of the base of answers on their way into it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.consultation.exchange import FileId, FileState, KeptFile
from services.ids import PersonId, SchoolId
from storage.schema.consultation_editing import consultation_files

files = consultation_files


@dataclass(frozen=True, slots=True)
class StoredBaseFiles:
    connection: AsyncConnection

    async def add(self, school: SchoolId, person: PersonId, content: str, at: datetime) -> FileId:
        row = {
            "school": school,
            "person": person,
            "at": at,
            "state": FileState.STAGED.value,
            "content": content,
            "undo": "",
        }
        added = insert(files).values(row).returning(files.c.id)
        return FileId((await self.connection.execute(added)).scalar_one())

    async def get(self, school: SchoolId, number: FileId) -> KeptFile | None:
        same = and_(files.c.school == school, files.c.id == number)
        row = (await self.connection.execute(select(files).where(same))).first()
        if row is None:
            return None
        return KeptFile(
            id=FileId(row.id), state=FileState(row.state), content=row.content, undo=row.undo
        )

    async def move(
        self, school: SchoolId, number: FileId, step: tuple[FileState, FileState], undo: str = ""
    ) -> bool:
        """Its rows are not needed any more."""
        before, after = step
        here = and_(files.c.school == school, files.c.id == number, files.c.state == before.value)
        values = {"state": after.value, "content": "[]", "undo": undo}
        done = await self.connection.execute(update(files).where(here).values(values))
        return done.rowcount == 1
