"""Analyses with their versions, and the settings that belong to them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analyses import kept as contents
from services.analyses.life import (
    AnalysisId,
    AnalysisSettings,
    KeptAnalysis,
    Outcome,
    State,
    Waiting,
)
from services.ids import PersonId, SchoolId
from storage.schema.analyses import analyses, analysis_recipients, analysis_settings
from storage.statements import insert_once, upsert


@dataclass(frozen=True, slots=True)
class StoredAnalyses:
    connection: AsyncConnection

    async def get(self, analysis: AnalysisId) -> KeptAnalysis | None:
        return await self._one(select(analyses).where(analyses.c.id == analysis))

    async def latest(self, school: SchoolId, period: str) -> KeptAnalysis | None:
        same = (analyses.c.school == school) & (analyses.c.period == period)
        last = select(analyses).where(same).order_by(analyses.c.version.desc()).limit(1)
        return await self._one(last)

    async def next_number(self, school: SchoolId) -> int:
        last = select(func.max(analyses.c.number)).where(analyses.c.school == school)
        return ((await self.connection.execute(last)).scalar() or 0) + 1

    async def add(self, kept: KeptAnalysis) -> AnalysisId:
        row = {**_content(kept), "version": kept.version, "school": kept.school, "words": ""}
        added = insert(analyses).values(**row, period=kept.analysis.period, number=kept.number)
        returned = added.returning(analyses.c.id)
        return AnalysisId((await self.connection.execute(returned)).scalar_one())

    async def redraft(self, kept: KeptAnalysis) -> None:
        here = (analyses.c.id == kept.id) & (analyses.c.state == State.DRAFT.value)
        await self.connection.execute(update(analyses).where(here).values(**_content(kept)))

    async def move(self, kept: KeptAnalysis, before: State) -> bool:
        here = (analyses.c.id == kept.id) & (analyses.c.state == before.value)
        moved = {
            "state": kept.state.value,
            "sent_at": kept.sent_at,
            "decided_at": kept.decided_at,
            "decided_by": kept.decided_by,
            "words": kept.words,
        }
        done = await self.connection.execute(update(analyses).where(here).values(moved))
        return done.rowcount == 1

    async def recipients(self, analysis: AnalysisId) -> Sequence[PersonId]:
        table = analysis_recipients
        known = select(table.c.person).where(table.c.analysis == analysis).order_by(table.c.person)
        return [PersonId(one) for one in (await self.connection.execute(known)).scalars()]

    async def add_recipients(self, analysis: AnalysisId, people: Sequence[PersonId]) -> None:
        rows = [{"analysis": analysis, "person": person} for person in people]
        await self.connection.execute(insert_once(analysis_recipients, rows, self.connection))

    async def unreminded(self) -> Sequence[Waiting]:
        sent = analyses.c.state == State.SENT.value
        return await self._waiting(sent & analyses.c.reminded_at.is_(None))

    async def remind(self, analysis: AnalysisId, at: datetime) -> None:
        here = analyses.c.id == analysis
        await self.connection.execute(update(analyses).where(here).values(reminded_at=at))

    async def unchecked(self) -> Sequence[Waiting]:
        known = analyses.c.state.in_([State.SENT.value, State.ACCEPTED.value])
        newer = analyses.alias("newer")
        later = (
            select(newer.c.id)
            .where(
                newer.c.school == analyses.c.school,
                newer.c.period == analyses.c.period,
                newer.c.version > analyses.c.version,
                newer.c.state.in_([State.SENT.value, State.ACCEPTED.value]),
            )
            .exists()
        )
        return await self._waiting(known & analyses.c.rechecked.is_(None) & ~later)

    async def recheck(self, analysis: AnalysisId, outcome: Outcome) -> None:
        text = json.dumps(asdict(outcome), ensure_ascii=False)
        here = analyses.c.id == analysis
        await self.connection.execute(update(analyses).where(here).values(rechecked=text))

    async def outcome(self, analysis: AnalysisId) -> Outcome | None:
        known = select(analyses.c.rechecked).where(analyses.c.id == analysis)
        text = (await self.connection.execute(known)).scalar()
        return None if text is None else Outcome(**json.loads(text))

    async def settings(self, school: SchoolId) -> AnalysisSettings:
        table = analysis_settings
        row = (await self.connection.execute(select(table).where(table.c.school == school))).first()
        if row is None:
            return AnalysisSettings()
        deputy = None if row.deputy is None else PersonId(row.deputy)
        return AnalysisSettings(deputy=deputy, template=row.template)

    async def name_deputy(self, school: SchoolId, deputy: PersonId | None) -> None:
        await self._set(school, deputy=deputy)

    async def keep_template(self, school: SchoolId, template: bytes | None, at: datetime) -> None:
        await self._set(school, template=template, template_at=at)

    async def returned_by(self, school: SchoolId, person: PersonId) -> list[str]:
        """Words with which the person returned analyses."""
        mine = (analyses.c.school == school) & (analyses.c.decided_by == person)
        said = select(analyses.c.words).where(mine, analyses.c.words != "").order_by(analyses.c.id)
        return list((await self.connection.execute(said)).scalars())

    async def erase_words_of(self, person: PersonId) -> None:
        mine = analyses.c.decided_by == person
        await self.connection.execute(update(analyses).where(mine).values(words=""))

    async def _set(self, school: SchoolId, **values: object) -> None:
        row = {"school": school, **values}
        await self.connection.execute(upsert(analysis_settings, [row], self.connection))

    async def _waiting(self, which: Any) -> Sequence[Waiting]:  # noqa: ANN401  # a condition
        table = analyses.c
        columns = select(table.id, table.school, table.period, table.sent_at, table.recheck)
        rows = (await self.connection.execute(columns.where(which).order_by(table.id))).all()
        return [
            Waiting(
                id=AnalysisId(row.id),
                school=SchoolId(row.school),
                period=row.period,
                sent_at=row.sent_at,
                recheck=row.recheck,
            )
            for row in rows
        ]

    async def _one(self, which: Select[Any]) -> KeptAnalysis | None:
        row = (await self.connection.execute(which)).first()
        return None if row is None else _kept(row)


def _content(kept: KeptAnalysis) -> dict[str, object]:
    return {
        "state": kept.state.value,
        "rests_on": kept.rests_on,
        "as_of": kept.as_of,
        "content": contents.as_text(kept.analysis),
        "checksum": kept.checksum,
        "made_at": kept.made_at,
        "recheck": kept.recheck,
    }


def _kept(row: Row[Any]) -> KeptAnalysis:
    return KeptAnalysis(
        id=AnalysisId(row.id),
        school=SchoolId(row.school),
        number=row.number,
        version=row.version,
        state=State(row.state),
        rests_on=row.rests_on,
        as_of=row.as_of,
        analysis=contents.from_text(row.content),
        checksum=row.checksum,
        made_at=row.made_at,
        sent_at=row.sent_at,
        decided_at=row.decided_at,
        decided_by=None if row.decided_by is None else PersonId(row.decided_by),
        words=row.words,
        recheck=row.recheck,
    )
