"""Buttons under decisions, and what their templates show."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.decision_callbacks import (
    AssignPress,
    DecisionDay,
    DecisionFile,
    DecisionOwner,
    DecisionPress,
    DecisionsPage,
    DecisionStep,
    FileKind,
    NewPress,
    NewStep,
    ScenarioPress,
)
from handlers.keyboards import button, in_rows, keyboard
from handlers.paging import label, page_of
from handlers.ports import Say, words
from services.decisions.decision import DecisionNumber, OwnerState, SourceKind, State
from services.decisions.register import Card, Line, Which
from services.decisions.setting import Named

LATEST = 5
"""Steps that a card shows, the last of them."""
AHEAD = (1, 3, 7, 14, 30)
"""Days from today that buttons offer as the due day."""
ACROSS = 3
LISTS = {
    Which.OPEN: words("Open decisions"),
    Which.OVERDUE: words("Overdue decisions"),
    Which.DONE: words("Done, not closed"),
    Which.CLOSED: words("Closed decisions"),
    Which.OWN: words("Assigned to me"),
}


def view_of(card: Card) -> dict[str, Any]:
    """For the template ``decisions/card`` and the letters."""
    earlier = max(0, len(card.steps) - LATEST)
    return {"card": card, "decision": card.decision, "earlier": earlier, "latest": LATEST}


def root(counts: Mapping[Which, int], own: int, say: Say) -> InlineKeyboardMarkup:
    """For those who set decisions: the lists, a new one, the files."""
    rows = [
        [button(f"{say(LISTS[which])}: {count}", DecisionsPage(which=which))]
        for which, count in {**counts, Which.OWN: own}.items()
        if count
    ]
    files = [
        button(say("Register as a table"), DecisionFile(kind=FileKind.REGISTER)),
        button(say("Draft of an order"), DecisionFile(kind=FileKind.ORDER)),
    ]
    return keyboard(
        [
            button(say("New decision"), NewPress(step=NewStep.TEXT)),
            button(say("Scenario of a change"), ScenarioPress()),
        ],
        *rows,
        files if any(counts.values()) else [],
    )


def lines(found: Sequence[Line], which: Which, number: int, say: Say) -> InlineKeyboardMarkup:
    page = page_of(found, number)
    rows = [[_line(one)] for one in page.shown]
    arrows = page.arrows(lambda to: DecisionsPage(which=which, page=to))
    return keyboard(*rows, arrows, [button(say("Back"), DecisionsPage())])


def _line(line: Line) -> InlineKeyboardButton:
    decision = line.decision
    sign = "❗ " if line.overdue else ""
    text = f"{sign}№ {decision.number} · {decision.day:%d.%m} · {decision.text}"
    return button(label(text), DecisionPress(step=DecisionStep.SHOW, number=decision.number))


def card(found: Card, say: Say, *, back: bool = True) -> InlineKeyboardMarkup:
    """What the reader may do next; ``back`` leads to the lists."""
    decision = found.decision
    number, state = decision.number, decision.state
    runs = state in {State.OPEN, State.DONE}
    return keyboard(
        *(_own(found, say) if runs else []),
        [step(say("Note on progress"), DecisionStep.NOTE, number)] if runs else [],
        *(_following(found, say) if found.closes else []),
        [step(say("Show the proofs"), DecisionStep.PROOFS, number)] if found.proofs else [],
        [step(say("Take back the last step"), DecisionStep.ASK_UNDO, number)]
        if found.undoes
        else [],
        [button(say("All decisions"), DecisionsPage())] if back else [],
    )


def _own(found: Card, say: Say) -> list[list[InlineKeyboardButton]]:
    number, mine = found.decision.number, found.mine
    if mine is None or mine is OwnerState.DONE:
        return []
    accept = step(say("Accepted for execution"), DecisionStep.ACCEPT, number)
    done = step(say("Done"), DecisionStep.DONE, number)
    late = step(say("I shall not make it"), DecisionStep.LATE, number)
    return [[accept] if mine is OwnerState.ASKED else [], [done, late]]


def _following(found: Card, say: Say) -> list[list[InlineKeyboardButton]]:
    number = found.decision.number
    if found.decision.state is State.CLOSED:
        return [[step(say("Reopen the decision"), DecisionStep.REOPEN, number)]]
    asked = []
    late = any(one.state is OwnerState.CANNOT for one in found.owners)
    if found.asked is not None and found.asked >= found.today:
        day = f"{date.fromordinal(found.asked):%d.%m}"
        agree = DecisionDay(number=number, day=found.asked)
        asked.append(button(say("Agree to %(day)s", day=day), agree))
    if late:
        asked.append(step(say("Keep the day"), DecisionStep.KEEP, number))
    reopen = step(say("Reopen the decision"), DecisionStep.REOPEN, number)
    return [
        asked,
        [
            step(say("Close the decision"), DecisionStep.CLOSE, number),
            *([reopen] if found.decision.state is State.DONE else []),
        ],
        [
            step(say("Another day"), DecisionStep.MOVE, number),
            step(say("Add an owner"), DecisionStep.ADD, number),
        ],
    ]


def own(found: Card, say: Say) -> InlineKeyboardMarkup:
    """Under an owner's own message."""
    return card(found, say, back=False)


def to_card(number: DecisionNumber, say: Say) -> InlineKeyboardMarkup:
    return keyboard([step(say("To the decision"), DecisionStep.SHOW, number)])


def sure(number: DecisionNumber, say: Say) -> InlineKeyboardMarkup:
    yes = step(say("Yes, take it back"), DecisionStep.UNDO, number)
    return keyboard([yes], [step(say("Cancel"), DecisionStep.SHOW, number)])


def proof(number: DecisionNumber, say: Say) -> InlineKeyboardMarkup:
    bare = step(say("Done, without a proof"), DecisionStep.BARE, number)
    return keyboard([bare], [step(say("Cancel"), DecisionStep.SHOW, number)])


def cancel(number: DecisionNumber, say: Say) -> InlineKeyboardMarkup:
    return keyboard([step(say("Cancel"), DecisionStep.SHOW, number)])


def days(number: DecisionNumber, today: int, say: Say, *, none: bool) -> InlineKeyboardMarkup:
    """Days to choose from; ``none``: the reason is enough."""
    picks = [
        button(
            f"{date.fromordinal(today + far):%d.%m}", DecisionDay(number=number, day=today + far)
        )
        for far in AHEAD
    ]
    without = button(say("Without a new day"), DecisionDay(number=number))
    return keyboard(
        *in_rows(picks, across=ACROSS),
        [without] if none else [],
        [step(say("Cancel"), DecisionStep.SHOW, number)],
    )


def people(
    found: Sequence[Named], number: DecisionNumber, at: int, say: Say
) -> InlineKeyboardMarkup:
    """Who else may own the decision."""
    page = page_of(found, at)
    rows = [
        [button(label(one.name), DecisionOwner(number=number, person=one.person))]
        for one in page.shown
    ]
    arrows = page.arrows(lambda to: DecisionPress(step=DecisionStep.ADD, number=number, page=to))
    return keyboard(*rows, arrows, [step(say("Cancel"), DecisionStep.SHOW, number)])


def step(text: str, to: DecisionStep, number: DecisionNumber) -> InlineKeyboardButton:
    return button(text, DecisionPress(step=to, number=number))


def assign_button(kind: SourceKind, ref: int, say: Say, *, item: int = -1) -> InlineKeyboardButton:
    """«Поручить» for any list or card: a new decision whose source is known."""
    return button(say("Assign"), AssignPress(kind=kind, ref=ref, item=item))
