"""Where the next text is an answer: what counts as one, and leaving by giving a command."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.enums import ChatType
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

TYPED = F.text & ~F.text.startswith("/")
NAME = TYPED & ~F.text.contains("?")
"""A name asks nothing; a question typed in its place is answered as a question."""


class Inviting(StatesGroup):
    name = State()


class Renaming(StatesGroup):
    school = State()


class Faq(StatesGroup):
    """/faq: ``open`` waits for nothing, but a file sent then may be one of answers."""

    open = State()
    file = State()
    words = State()
    new_question = State()
    new_answer = State()
    question = State()
    answer = State()
    alias = State()
    settling = State()
    same = State()
    refusing = State()


class Suggesting(StatesGroup):
    question = State()
    answer = State()


class Problem(StatesGroup):
    """/problem: the steps of a ticket before it is sent."""

    category = State()
    words = State()
    place = State()
    review = State()


class Ticket(StatesGroup):
    """What the next words are for: an author's addition or rating, an administrator's step."""

    adding = State()
    rating = State()
    answering = State()
    noting = State()
    merging = State()
    postponing = State()


class Desk(StatesGroup):
    """The desk's settings: what the next words set."""

    hours = State()
    targets = State()
    category = State()
    reply = State()


class Passports(StatesGroup):
    """/rules: what the next words set."""

    threshold = State()
    clause = State()
    file = State()


class TicketPair(StatesGroup):
    """«В базу ответов»: the words that a ticket leaves; ``shown`` waits for a button."""

    shown = State()
    question = State()
    answer = State()


class OutageMoment(StatesGroup):
    """/outage: from when, till when; ``planned`` waits for the word itself."""

    begins = State()
    ends = State()
    planned = State()


class NewDecision(StatesGroup):
    """/decisions: the steps of a decision before it is set; ``review`` waits for a button."""

    text = State()
    owners = State()
    due = State()
    source = State()
    review = State()


class NewScenario(StatesGroup):
    """/decisions: the parts of a scenario card; ``watch`` waits for a button."""

    text = State()
    touches = State()
    hours = State()
    risks = State()
    watch = State()
    due = State()


class DecisionWords(StatesGroup):
    """/decisions: what the next words are of one that was set; ``asked`` follows the reason."""

    proof = State()
    reason = State()
    asked = State()
    note = State()
    day = State()
    owner = State()


class Claiming(StatesGroup):
    """What the next words are: a teacher's reason or day, an administrator's answer."""

    disputing = State()
    day = State()
    postponing = State()
    waiving = State()
    keeping = State()


class Silencing(StatesGroup):
    """/silence: ``what`` waits for buttons, the others for words."""

    what = State()
    until = State()
    reason = State()


class Analysing(StatesGroup):
    """An analysis: why it is returned; ``form`` waits for a document."""

    words = State()
    form = State()


class DutyWords(StatesGroup):
    """/plan: the parts of an entry in the journal of duties."""

    text = State()
    day = State()
    proof = State()


async def leave(_: Message, *, state: FSMContext) -> None:
    """A command ends the wait for a text, so that a later one is not taken for it."""
    await state.clear()
    raise SkipHandler


def router() -> Router:
    routes = Router(name=__name__)
    routes.message.filter(F.chat.type == ChatType.PRIVATE)
    asked = (Inviting, Renaming, Faq, Suggesting, Problem, Ticket, OutageMoment, TicketPair)
    answered = (*asked, DutyWords)
    waiting = StateFilter(
        *answered, Claiming, Desk, NewDecision, NewScenario, DecisionWords, Silencing, Analysing
    )
    routes.message.register(leave, waiting, F.text.startswith("/"))
    return routes
