"""The help desk's figures as a workbook: without anybody's name and words."""

from zoneinfo import ZoneInfo

from bot.workbooks.book import Book, Cell, Column
from handlers.cause_words import cause_of
from handlers.ports import Say
from handlers.queue_report import STATES
from handlers.ticket_words import title_of
from services.helpdesk.figures import Figures, Row
from services.helpdesk.tickets import Ticket

HOUR = 3600
TITLE = "Обращения"
CLOSED = "Закрыто"
AGES = ("моложе суток", "1–3 дня", "3–7 дней", "больше недели")
COUNTS = [
    Column("Показатель", 52),
    Column("Значение", 16),
]
CATEGORIES = [
    Column("О чём", 32),
    Column("Новых", 10, "whole"),
    Column("Закрыто", 10, "whole"),
    Column("Решение, ч (медиана)", 14),
]
CAUSES = [Column("Причина", 44), Column("Обращений", 12, "whole")]
TICKETS = [
    Column("№", 8, "whole"),
    Column("Открыто", 12, "date"),
    Column("О чём", 28),
    Column("Класс", 8),
    Column("Предмет", 22),
    Column("Состояние", 20),
    Column("Причина", 34),
    Column("Первый ответ, ч", 12),
    Column("Решение, ч", 12),
    Column("Оценка", 10, "whole"),
]


def causes_workbook(figures: Figures, say: Say) -> bytes:
    book = Book(title=TITLE)
    note = f"{TITLE} {figures.first:%d.%m.%Y}–{figures.last:%d.%m.%Y}"
    book.sheet("Показатели", COUNTS, _counts(figures), note=note)
    categories: list[list[Cell]] = [
        [title_of(one, say), told.opened, told.closed, _hours(told.solution)]
        for one, told in figures.categories
    ]
    book.sheet("О чём", CATEGORIES, categories, note=note)
    causes: list[list[Cell]] = [[cause_of(code, say), count] for code, count in figures.causes]
    book.sheet("Причины", CAUSES, causes, note=note)
    rows = [_ticket(one, figures.zone, say) for one in figures.rows]
    book.sheet("Обращения", TICKETS, rows, note=note)
    return book.finish()


def _counts(figures: Figures) -> list[list[Cell]]:
    people, tickets = figures.often
    ages: list[list[Cell]] = [
        [f"Открыто сейчас, {words}", count] for words, count in zip(AGES, figures.ages, strict=True)
    ]
    rating = None if figures.rating is None else f"{figures.rating:.1f}".replace(".", ",")
    return [
        ["Новых обращений", figures.opened],
        ["Закрыто", figures.closed],
        ["Открыто сейчас", sum(figures.ages)],
        *ages,
        ["Первый ответ, рабочих часов (медиана)", _hours(figures.answer)],
        ["Решение, рабочих часов (медиана)", _hours(figures.solution)],
        ["Обращались три раза и чаще, человек", people],
        ["Их обращений", tickets],
        ["Сбоев журнала", len(figures.outages)],
        ["Журнал не работал, часов", _hours(figures.down)],
        ["Средняя оценка", rating],
        ["Оценок", figures.rated],
    ]


def _ticket(row: Row, zone: ZoneInfo, say: Say) -> list[Cell]:
    ticket = row.ticket
    place = ticket.place
    return [
        ticket.number,
        f"{ticket.opened_at.astimezone(zone):%d.%m.%Y}",
        title_of(row.category, say),
        place.class_unit,
        place.subject,
        _state(ticket, say),
        cause_of(row.cause, say) if row.cause else "",
        _hours(ticket.answer_worked),
        _hours(ticket.worked if ticket.closed_at else None),
        ticket.rating if ticket.rating is not None else "",
    ]


def _state(ticket: Ticket, say: Say) -> str:
    title = STATES.get(ticket.state)
    if ticket.merged_into is not None:
        return f"Объединено с № {ticket.merged_into}"
    return CLOSED if title is None else say(title)


def _hours(seconds: int | None) -> Cell:
    return None if seconds is None else round(seconds / HOUR, 1)
