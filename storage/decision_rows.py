"""Rows of decisions into the domain's words and back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row

from services.decisions.decision import (
    Decision,
    DecisionEvent,
    DecisionNumber,
    Event,
    EventId,
    Owner,
    OwnerState,
    Scenario,
    Source,
    SourceKind,
    State,
)
from services.helpdesk.tickets import Attachment
from services.ids import PersonId, SchoolId


def row_of(decision: Decision) -> dict[str, Any]:
    scenario = decision.scenario
    return {
        "school": decision.school,
        "number": decision.number,
        "text": decision.text,
        "source": decision.source.kind.value,
        "source_ref": decision.source.ref,
        "source_words": decision.source.words,
        "set_by": decision.set_by,
        "set_at": decision.set_at,
        "changed_at": decision.changed_at,
        "due": decision.due,
        "state": decision.state.value,
        "closed_at": decision.closed_at,
        "scenario": None if scenario is None else json.dumps(asdict(scenario), ensure_ascii=False),
    }


def decision_of(row: Row[Any], owners: tuple[Owner, ...]) -> Decision:
    return Decision(
        school=SchoolId(row.school),
        number=DecisionNumber(row.number),
        text=row.text,
        source=Source(SourceKind(row.source), row.source_ref, row.source_words),
        set_by=PersonId(row.set_by),
        set_at=row.set_at,
        changed_at=row.changed_at,
        due=row.due,
        owners=owners,
        state=State(row.state),
        closed_at=row.closed_at,
        scenario=None if row.scenario is None else Scenario(**json.loads(row.scenario)),
    )


def owner_of(row: Row[Any]) -> Owner:
    return Owner(
        person=PersonId(row.person), state=OwnerState(row.state), told=row.told, asks=row.asks
    )


def event_of(row: Row[Any], files: Sequence[Attachment]) -> DecisionEvent:
    before: Mapping[str, Any] | None = None if row.before is None else json.loads(row.before)
    return DecisionEvent(
        id=EventId(row.id),
        number=DecisionNumber(row.number),
        person=None if row.person is None else PersonId(row.person),
        what=Event(row.what),
        at=row.at,
        words=row.words,
        files=tuple(files),
        facts=json.loads(row.facts),
        before=before,
        undone=row.undone,
    )
