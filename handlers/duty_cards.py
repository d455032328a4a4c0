"""Buttons under duties, and what their templates show."""

from collections.abc import Sequence
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers import duty_words
from handlers.duty_callbacks import (
    DutyClause,
    DutyFile,
    DutyMonth,
    EntryBare,
    EntryClause,
    EntryDay,
    EntryUndo,
    FileKind,
    NewEntry,
)
from handlers.keyboards import button, in_rows, keyboard
from handlers.ports import Say
from services.duties.asked import ASKED
from services.duties.duty import CLAUSES, Duty, Entry, Proof, State
from services.duties.journal import MonthView

ACROSS = 5
MOST, LENGTH = 5, 160
"""Proofs of one period that the chat shows, the last of them, and characters of each."""
OVERDUE, DONE = "❗", "✓"


def month_view(view: MonthView, say: Say) -> dict[str, Any]:
    """For the template ``duties/month``."""
    asked = [code for code in CLAUSES if view.of(code)]
    entered = [code for code in CLAUSES if code not in asked and view.written(code)]
    rows = [(code, _sign(view.of(code)), duty_words.summed(view.of(code), say)) for code in asked]
    return {
        "view": view,
        "month": duty_words.month_of(view.month, say),
        "rows": [(sign, code, duty_words.title(code, say), stands) for code, sign, stands in rows],
        "entered": [(code, duty_words.title(code, say)) for code in entered],
        "overdue": view.number_of(State.OVERDUE),
        "late": sorted({one.demand.clause for one in view.late}, key=list(CLAUSES).index),
    }


def month_buttons(view: MonthView, say: Say, *, keeps: bool) -> InlineKeyboardMarkup:
    """``keeps``: the reader may write entries."""
    codes = [code for code in CLAUSES if view.of(code) or view.written(code)]
    clauses = [
        button(f"{_sign(view.of(code))} {code}".strip(), DutyClause(month=view.month, clause=code))
        for code in codes
    ]
    files = [
        button(say("Journal as a table"), DutyFile(month=view.month, kind=FileKind.TABLE)),
        button(say("Journal as a document"), DutyFile(month=view.month, kind=FileKind.DOCUMENT)),
    ]
    around = [("‹", view.earlier), ("›", view.later)]
    return keyboard(
        *in_rows(clauses, across=ACROSS),
        [button(say("Add an entry"), NewEntry(month=view.month))] if keeps else [],
        files if codes else [],
        [
            button(_arrow(sign, duty_words.month_of(name, say)), DutyMonth(month=name))
            for sign, name in around
            if name
        ],
    )


def clause_view(view: MonthView, clause: str, say: Say) -> dict[str, Any]:
    """For the template ``duties/clause``."""
    duties, loose = view.of(clause), view.written(clause)
    shown = [[duty_words.proof(proof, say) for proof in one.proofs] for one in duties]
    own = [duty_words.proof(Proof(one.day, one), say) for one in loose]
    return {
        "clause": clause,
        "title": duty_words.title(clause, say),
        "asked": say(ASKED[clause].msgid),
        "month": duty_words.month_of(view.month, say),
        "duties": [
            (
                _sign([one]),
                duty_words.period(one.demand, say),
                duty_words.state(one, say),
                proofs,
            )
            for one, proofs in zip(duties, shown, strict=True)
        ],
        "loose": own,
        "most": MOST,
        "length": LENGTH,
        "hidden": any(len(proofs) > MOST for proofs in [*shown, own]),
    }


def clause_buttons(view: MonthView, clause: str, say: Say, *, keeps: bool) -> InlineKeyboardMarkup:
    undo = [
        [
            button(
                say("Withdraw entry № %(number)s", number=one.number),
                EntryUndo(month=view.month, number=one.number),
            )
        ]
        for one in entries_of(view, clause)
    ]
    add = [button(say("Add an entry"), EntryClause(month=view.month, clause=clause))]
    return keyboard(
        add if keeps else [],
        *(undo if keeps else []),
        [button(say("Back"), DutyMonth(month=view.month))],
    )


def entries_of(view: MonthView, clause: str) -> list[Entry]:
    """Own entries of a clause that the month shows, by number."""
    proofs = [proof.shown for duty in view.of(clause) for proof in duty.proofs]
    own = [one for one in proofs if isinstance(one, Entry)]
    return sorted([*own, *view.written(clause)], key=lambda one: one.number)


def clauses(month: str, say: Say) -> InlineKeyboardMarkup:
    rows = [
        [button(f"{code} {duty_words.title(code, say)}", EntryClause(month=month, clause=code))]
        for code in CLAUSES
    ]
    return keyboard(*rows, [button(say("Cancel"), DutyMonth(month=month))])


def days(month: str, clause: str, today: int, say: Say) -> InlineKeyboardMarkup:
    picks = [
        button(say("Today"), EntryDay(day=today)),
        button(say("Yesterday"), EntryDay(day=today - 1)),
    ]
    return keyboard(picks, [cancel(month, clause, say)])


def bare(month: str, clause: str, say: Say) -> InlineKeyboardMarkup:
    return keyboard([button(say("Without a proof"), EntryBare())], [cancel(month, clause, say)])


def cancel(month: str, clause: str, say: Say) -> InlineKeyboardButton:
    return button(say("Cancel"), DutyClause(month=month, clause=clause))


def sure(month: str, entry: Entry, say: Say) -> InlineKeyboardMarkup:
    yes = EntryUndo(month=month, number=entry.number, sure=True)
    return keyboard([button(say("Yes, withdraw it"), yes)], [cancel(month, entry.clause, say)])


def to_month(month: str, say: Say) -> InlineKeyboardMarkup:
    return keyboard([button(say("To the duties"), DutyMonth(month=month))])


def _sign(duties: Sequence[Duty]) -> str:
    states = {one.state for one in duties}
    if State.OVERDUE in states:
        return OVERDUE
    return DONE if State.DONE in states and State.WAITING not in states else ""


def _arrow(sign: str, name: str) -> str:
    return f"{sign} {name}" if sign == "‹" else f"{name} {sign}"
