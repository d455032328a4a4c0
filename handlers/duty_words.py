"""Duties in words: for the chat, for the printed journal, for the weekly reminder."""

from collections.abc import Iterable, Sequence
from datetime import date

from handlers.ports import Say, words
from services.analyses.period import month, said
from services.duties.asked import ASKED
from services.duties.duty import Demand, Duty, Entry, Every, PrintedDuty, Proof, State, Trace, What

TITLES = {
    "1.2": words("Appointment by an order"),
    "2.1": words("Weekly analysis"),
    "2.2": words("Analyses for the director"),
    "2.3": words("Lists by orders"),
    "2.4": words("Closing and opening the year"),
    "2.5": words("Causes of problems"),
    "2.6": words("Forecast of consequences"),
    "2.7": words("Requirements and training"),
    "2.8": words("Coordination of participants"),
    "2.9": words("Leading the rollout"),
    "2.10": words("Control of decisions and of the journal"),
    "2.11": words("Regulations and guidance"),
    "2.12": words("Consultations"),
    "2.13": words("Information system and documents"),
    "3": words("Keeping data safe"),
}
ANALYSES = {
    "sent": words("analysis № %(number)s, version %(count)s: with the director"),
    "accepted": words("analysis № %(number)s, version %(count)s: accepted"),
    "returned": words("analysis № %(number)s, version %(count)s: returned"),
}
TRACES = {
    What.DIGEST: words("weekly digest given, acknowledged by: %(count)s"),
    What.LISTS: words("imports with lists: %(count)s"),
    What.TICKETS: words("tickets opened: %(count)s"),
    What.CAUSES: words("tickets with a named cause: %(count)s"),
    What.FORECAST: words("forecasts sent: %(count)s"),
    What.SCENARIO: words("scenario cards: %(name)s"),
    What.PASSPORT: words("passports of rules changed: %(name)s"),
    What.CHECK: words("checks of the journal: %(count)s"),
    What.DECISION: words("decisions closed: %(name)s"),
    What.LATE_DECISION: words("decision № %(number)s is not carried out"),
    What.QUESTIONS: words("questions asked: %(count)s"),
    What.ANSWERS: words("questions answered: %(count)s"),
    What.EDITS: words("changes of the base of answers: %(count)s"),
    What.BACKUP: words("copies made and read back: %(count)s"),
}


def lines(duties: Iterable[Duty], loose: Iterable[Entry], say: Say) -> list[PrintedDuty]:
    """Also of entries about what nobody asked for."""
    asked = [_line(one, say) for one in duties]
    return asked + [
        PrintedDuty(
            clause=one.clause,
            asked=f"{say(TITLES[one.clause])}.",
            period="",
            due="",
            done=_full(one.day),
            proofs=entry(one),
        )
        for one in loose
    ]


def _line(duty: Duty, say: Say) -> PrintedDuty:
    demand = duty.demand
    free = say("Nothing was asked for.") if duty.state is State.FREE else ""
    return PrintedDuty(
        clause=demand.clause,
        asked=say(ASKED[demand.clause].msgid),
        period=period(demand, say),
        due=_full(demand.due),
        done="" if duty.state is State.OVERDUE or duty.done is None else _full(duty.done),
        proofs="\n".join([free] if free else [proof(one, say) for one in duty.proofs]),
    )


def title(clause: str, say: Say) -> str:
    return say(TITLES[clause])


def month_of(name: str, say: Say) -> str:
    """«ноябрь 2026 г.»."""
    found = said(month(name))
    return say(found.msgid, **found.facts)


def period(demand: Demand, say: Say) -> str:
    """«ноябрь 2026 г.», or the days of a week, a term, a year."""
    if demand.every is Every.MONTH:
        return month_of(demand.name, say)
    return f"{_short(demand.span.first)}–{_short(demand.span.last)}"


def state(duty: Duty, say: Say) -> str:
    """«сделано 20.11», «ждёт до 05.12», «просрочено, срок 05.12»."""
    if duty.state is State.FREE:
        return say("nothing was asked for")
    if duty.state is State.OVERDUE:
        return say("overdue since %(day)s", day=_short(duty.demand.due))
    if duty.done is not None:
        return say("done on %(day)s", day=_short(duty.done))
    return say("waits till %(day)s", day=_short(duty.demand.due))


def summed(duties: Sequence[Duty], say: Say) -> str:
    """Of one clause: its only state, or how many of several and the next that waits."""
    asked = [one for one in duties if one.state is not State.FREE]
    if len(asked) <= 1:
        return state((asked or duties)[0], say)
    done = sum(one.state is State.DONE for one in asked)
    counted = say("done: %(done)s of %(all)s", done=done, all=len(asked))
    rest = [one for one in asked if one.state is not State.DONE]
    first = min(
        rest, key=lambda one: (one.state is not State.OVERDUE, one.demand.due), default=None
    )
    return counted if first is None else f"{counted}, {state(first, say)}"


def proof(one: Proof, say: Say) -> str:
    """«20.11: сводка отправлена ...»."""
    shown = one.shown
    told = entry(shown) if isinstance(shown, Entry) else _trace(shown, say)
    return f"{_short(one.day)}: {told}"


def entry(one: Entry) -> str:
    return f"{one.text} ({one.proof})" if one.proof else one.text


def _trace(one: Trace, say: Say) -> str:
    text = ANALYSES[one.name] if one.what is What.ANALYSIS else TRACES[one.what]
    return say(text, count=one.count, name=one.name, number=one.number)


def _short(day: int) -> str:
    return f"{date.fromordinal(day):%d.%m}"


def _full(day: int) -> str:
    return f"{date.fromordinal(day):%d.%m.%Y}"
