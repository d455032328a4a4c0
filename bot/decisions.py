"""Decisions over one database, by the handlers' parameters."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from aiogram.methods import TelegramMethod

from bot.helpdesk_files import sending
from bot.render import Renderer
from bot.wording import Wording
from handlers.ports import Say
from services.analyses.view import Analysis
from services.clock import Clock
from services.completeness.rules import catalogue
from services.decisions.desk import Decisions
from services.decisions.life import DecisionLife
from services.decisions.register import Line, Register
from services.decisions.scenarios import Scenarios
from services.decisions.setting import Setting
from services.decisions.sources import Sources
from services.digest_letters import DigestLetters
from services.helpdesk.linked import FindingWords
from services.helpdesk.tickets import Attachment
from services.ids import ChatId
from services.people import StaffDirectory
from storage.database import Database


@dataclass(frozen=True, slots=True)
class HandedOut:
    """The port ``handlers.ports.DecisionFiles``; each library is loaded with the first file."""

    def register(self, lines: Sequence[Line], say: Say, /) -> bytes:
        from bot.workbooks.decisions import decisions_workbook  # noqa: PLC0415

        return decisions_workbook(lines, say)

    def order(self, school: str, lines: Sequence[Line], /) -> bytes:
        from bot.documents.order import order_document, order_of  # noqa: PLC0415

        return order_document(order_of(school, lines))

    def order_on(self, analysis: Analysis, named: str, lines: Sequence[Line], /) -> bytes:
        from bot.documents.order import order_document, order_on  # noqa: PLC0415

        return order_document(order_on(analysis, named, lines))

    def proof(self, chat: ChatId, file: Attachment, name: str, /) -> TelegramMethod[Any]:
        return sending(chat, file, escape(name), rings=False)


def for_decisions(
    database: Database,
    *,
    clock: Clock,
    staff: StaffDirectory,
    digests: DigestLetters,
    renderer: Renderer,
) -> dict[str, Any]:
    work, reading = database.unit_of_work, database.reading
    setting = Setting(unit_of_work=work, reading=reading, staff=staff, clock=clock)
    findings = FindingWords(
        rules=catalogue(), reading=reading, wording=lambda zone: Wording(renderer, zone)
    )
    return {
        "decisions": Decisions(
            register=Register(reading=reading, staff=staff, clock=clock),
            setting=setting,
            life=DecisionLife(unit_of_work=work, clock=clock),
            sources=Sources(digests=digests, findings=findings, reading=reading),
            scenarios=Scenarios(setting=setting, digests=digests),
        ),
        "decision_files": HandedOut(),
    }
