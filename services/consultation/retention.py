"""How long questions are kept in words: they may name somebody."""

from datetime import datetime, timedelta
from typing import Protocol

from services.consultation.keeping import Backlog, ConsultationLog
from services.ids import SchoolId

KEPT = timedelta(days=90)
"""For a question's words in the log (its count stays), and for a settled one of the backlog."""
UNANSWERED = timedelta(days=365)
"""For a question that still waits, since it was asked last."""


class Work(Protocol):
    @property
    def backlog(self) -> Backlog: ...

    @property
    def consultations(self) -> ConsultationLog: ...


async def forget(work: Work, school: SchoolId, now: datetime) -> int:
    """How many texts went."""
    texts = await work.consultations.forget_texts(school, now - KEPT)
    return texts + await work.backlog.forget(school, settled=now - KEPT, waiting=now - UNANSWERED)
