"""What a file of answers would change in a school's base, row by row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from services.completeness.rules import catalogue
from services.consultation.entries import Audience, Entry, Section
from services.consultation.groups import Meaning, share
from services.consultation.keeping import OWN, KeptEntry
from services.consultation.table import (
    ALIASES,
    ANSWER,
    AUDIENCE,
    AUDIENCES,
    CODE,
    NO,
    QUESTION,
    RULES,
    SECTION,
    SHOWN,
    YES,
    Row,
)
from services.consultation.texts import (
    EmptyTextError,
    LongTextError,
    NoQuestionError,
    answer_of,
    question_of,
)

SAME_QUESTION = 0.3
"""Two schools number their own entries alike: so much likeness tells that it is the same one."""
_BREAKS = re.compile(r"[\n;]+")


class Reason(StrEnum):
    """Why a row is not taken."""

    NO_QUESTION = "no-question"
    LONG_QUESTION = "long-question"
    NO_ANSWER = "no-answer"
    LONG_ANSWER = "long-answer"
    SECTION = "section"
    AUDIENCE = "audience"
    ALIAS = "alias"
    RULE = "rule"
    SHOWN = "shown"
    TWICE = "twice"


class UntakenRowError(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Refused:
    row: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Change:
    """``before`` None is a new entry, whose id is given when it is written."""

    before: KeptEntry | None
    entry: Entry
    hidden: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """``changes`` in the order of the file; ``same`` rows change nothing."""

    changes: Sequence[Change] = field(default_factory=list)
    same: int = 0
    refused: Sequence[Refused] = field(default_factory=list)

    @property
    def added(self) -> Sequence[Change]:
        return [one for one in self.changes if one.before is None]

    @property
    def withdrawn(self) -> Sequence[Change]:
        return [one for one in self.changes if one.before and one.hidden and not one.before.hidden]

    @property
    def changed(self) -> Sequence[Change]:
        gone = self.withdrawn
        return [one for one in self.changes if one.before and one not in gone]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """What stands in the school's base; entries that the file does not name stay as they are."""

    sections: Sequence[Section]
    kept: Sequence[KeptEntry]

    def plan(self, rows: Sequence[Row]) -> Plan:
        changes: list[Change] = []
        refused: list[Refused] = []
        seen: set[str] = set()
        for row in rows:
            try:
                changes.append(self._once(self._change(row), seen))
            except UntakenRowError as untaken:
                refused.append(Refused(row.number, untaken.reason))
        altering = [one for one in changes if _alters(one)]
        return Plan(altering, len(changes) - len(altering), refused)

    @staticmethod
    def _once(change: Change, seen: set[str]) -> Change:
        key = change.entry.id or change.entry.question.casefold()
        if key in seen:
            raise UntakenRowError(Reason.TWICE)
        seen.add(key)
        return change

    def _change(self, row: Row) -> Change:
        question, answer = _question(row), _answer(row)
        before = self._before(row.get(CODE), question)
        known = before.entry if before else None
        entry = Entry(
            id=known.id if known else "",
            section=self._section(row, known),
            audience=_audience(row, known),
            question=question,
            answer=answer,
            aliases=_aliases(row, known),
            rules=self._rules(row, known),
        )
        return Change(before, entry, hidden=_hidden(row, before))

    def _rules(self, row: Row, known: Entry | None) -> tuple[str, ...]:
        """Codes of the catalogue, and whatever the base names already."""
        if RULES not in row.cells:
            return known.rules if known else ()
        codes = tuple(dict.fromkeys(re.findall(r"\w+", row.get(RULES).upper())))
        named = {code for one in self.kept for code in one.entry.rules}
        if not set(codes) <= named | set(catalogue()):
            raise UntakenRowError(Reason.RULE)
        return codes

    def _before(self, code: str, question: str) -> KeptEntry | None:
        """The entry that a row means: by its code, without one by its question."""
        for one in self.kept:
            if code and one.entry.id == code:
                return one if not code.startswith(OWN) or _alike(one, question) else None
        asked = question.casefold()
        return next((one for one in self.kept if one.entry.question.casefold() == asked), None)

    def _section(self, row: Row, known: Entry | None) -> str:
        named = row.get(SECTION).casefold()
        if not named:
            return known.section if known else self.sections[0].id
        for section in self.sections:
            if named in {section.title.casefold(), section.id}:
                return section.id
        raise UntakenRowError(Reason.SECTION)


def _question(row: Row) -> str:
    try:
        return question_of(row.get(QUESTION))
    except LongTextError:
        raise UntakenRowError(Reason.LONG_QUESTION) from None
    except (EmptyTextError, NoQuestionError):
        raise UntakenRowError(Reason.NO_QUESTION) from None


def _answer(row: Row) -> str:
    try:
        return answer_of(row.get(ANSWER))
    except LongTextError:
        raise UntakenRowError(Reason.LONG_ANSWER) from None
    except EmptyTextError:
        raise UntakenRowError(Reason.NO_ANSWER) from None


def _audience(row: Row, known: Entry | None) -> Audience:
    word = row.get(AUDIENCE).casefold()
    if not word:
        return known.audience if known else Audience.STAFF
    if word not in AUDIENCES:
        raise UntakenRowError(Reason.AUDIENCE)
    return AUDIENCES[word]


def _aliases(row: Row, known: Entry | None) -> tuple[str, ...]:
    """One a line of the cell; without the column those that are there stay."""
    if ALIASES not in row.cells:
        return known.aliases if known else ()
    try:
        lines = [question_of(one) for one in _BREAKS.split(row.get(ALIASES)) if one.strip()]
    except (EmptyTextError, LongTextError, NoQuestionError):
        raise UntakenRowError(Reason.ALIAS) from None
    return tuple(dict.fromkeys(lines))


def _hidden(row: Row, before: KeptEntry | None) -> bool:
    word = row.get(SHOWN).casefold()
    if not word:
        return before.hidden if before else False
    if word not in {YES, NO}:
        raise UntakenRowError(Reason.SHOWN)
    return word == NO


def _alters(change: Change) -> bool:
    if change.before is None:
        return True
    return _plain(change.entry, hidden=change.hidden) != _plain(
        change.before.entry, hidden=change.before.hidden
    )


def _plain(entry: Entry, *, hidden: bool) -> Mapping[str, object]:
    """The order of aliases says nothing."""
    return {"hidden": hidden, "aliases": set(entry.aliases), "entry": replace(entry, aliases=())}


def _alike(kept: KeptEntry, question: str) -> bool:
    return (
        share(Meaning.of(kept.entry.question).triples, Meaning.of(question).triples)
        >= SAME_QUESTION
    )
