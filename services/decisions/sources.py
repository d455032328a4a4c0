"""What «Поручить» stood under, in words that name no pupil but «5А №17»."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from services.access import Actor
from services.analyses.life import AnalysisGoneError, AnalysisId, KeptAnalysis
from services.decisions.decision import SOURCE_LIMIT, DecisionGoneError, Source, SourceKind
from services.decisions.steps import setter
from services.digest_letters import DigestLetters
from services.figures import FindingLine, Week
from services.gaps import FindingId
from services.helpdesk.linked import FindingWords
from services.ids import SchoolId
from services.kept_digests import DigestId


class KeptAnalyses(Protocol):
    async def get(self, analysis: AnalysisId) -> KeptAnalysis | None: ...


class AnalysisWork(Protocol):
    @property
    def analyses(self) -> KeptAnalyses: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    digests: DigestLetters
    findings: FindingWords
    reading: Callable[[], AbstractAsyncContextManager[AnalysisWork]]

    async def find(self, actor: Actor, kind: SourceKind, ref: int, item: int) -> Source:
        """``item`` is the place of a rule in a digest's list of them (-1: all of it).

        DecisionGoneError, DigestGoneError or AnalysisGoneError where the school has none such.
        """
        school, _ = setter(actor)
        words = ""
        if kind is SourceKind.DIGEST:
            opened = await self.digests.open(actor, DigestId(ref))
            words = digest_words(opened.week, item)
        elif kind is SourceKind.ANALYSIS:
            words = analysis_words(await self._analysis(school, AnalysisId(ref)))
        elif kind is SourceKind.FINDING:
            told = await self.findings.told(school, [FindingId(ref)])
            if not told:
                raise DecisionGoneError(number=ref)
            words = finding_words(told[0].line)
        return Source(kind, ref, words[:SOURCE_LIMIT])

    async def _analysis(self, school: SchoolId, analysis: AnalysisId) -> KeptAnalysis:
        async with self.reading() as work:
            kept = await work.analyses.get(analysis)
        if kept is None or kept.school != school:
            raise AnalysisGoneError
        return kept


def digest_words(week: Week, item: int) -> str:
    """«16.11–22.11, P1 Урок не заполнен: 12»."""
    span = f"{week.first[:5]}–{week.last[:5]}"
    rules = [*week.rules, *week.courses]
    if not 0 <= item < len(rules):
        return span
    rule = rules[item]
    return f"{span}, {rule.code} {rule.title}: {rule.count}"


def analysis_words(kept: KeptAnalysis) -> str:
    """«№ 3, ноябрь 2026 г.»: the same for all versions of a period."""
    return f"№ {kept.number}, {kept.analysis.title}"


def finding_words(line: FindingLine) -> str:
    parts = (line.class_unit, line.study_group, line.subject, line.date, line.pupil)
    return " · ".join([f"{line.rule} {line.title}", *(part for part in parts if part)])
