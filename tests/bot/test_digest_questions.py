"""The digest's one line about questions, and that it still fits the screen."""

from dataclasses import replace

from services.figures import Consulted, Desk, Index, Indices, RuleCount, Standing, Week
from services.kept_week import as_json, from_json
from tests.handlers.conversation import RENDERER

LOW = Indices(Index(70.0, -1.0), Index(80.0), Index(90.0), Index(95.0))
CODES = ("P1", "P2", "P3", "P4", "T2", "R2", "N3", "N1", "K1")
FULLEST = Week(
    school="Школа № 12",
    period="2026-W47",
    first="16.11.2026",
    last="22.11.2026",
    as_of="20.11 16:00",
    indices=LOW,
    classes=[Standing("5А", LOW, 3)],
    subject_groups=[Standing("МО математики", LOW, 3)],
    rules=[RuleCount(code, "Правило", "minor", 2, 1) for code in CODES],
    courses=[RuleCount("P7", "Нет итоговой отметки", "major", 2)],
    opened=1,
    unsigned_substitutions=3,
    roster_orders=2,
    next_controls=["5А алгебра 24.11"],
    deadlines=["25.11 итоги"],
    missing=["Отметки 7Б"],
    consulted=Consulted(asked=34, answered=27, helped=12, passed=4),
    desk=Desk(opened=5, closed=4, solution=11_400),
    outages=["20.11 10:00–14:30", "с 21.11 09:00"],
)
LINE = "Вопросы Ежу: 34 (отвечено 27, помогло 12, передано 4)"


def text(week: Week) -> str:
    return RENDERER.voice("ru").render("digest/week", week=week)


def test_a_digest_tells_what_was_asked_in_one_line() -> None:
    beside = f"Замены без подписи: 3 · Приказы по контингенту: 2 · {LINE}"
    quiet = replace(FULLEST, desk=None, outages=[])
    assert beside in text(quiet).splitlines()
    alone = replace(quiet, unsigned_substitutions=0, roster_orders=0)
    assert LINE in text(alone).splitlines()


def test_the_fullest_digest_is_at_most_25_lines() -> None:
    assert len(text(FULLEST).splitlines()) <= 25


def test_a_week_without_questions_says_nothing_of_them() -> None:
    for asked in (None, Consulted()):
        kept = from_json(as_json(FULLEST) | {"consulted": asked and as_json_of(asked)})
        assert "Вопросы" not in text(kept)


def test_a_kept_digest_keeps_the_line() -> None:
    assert from_json(as_json(FULLEST)) == FULLEST


def test_a_digest_kept_before_questions_were_counted_still_opens() -> None:
    old = as_json(FULLEST)
    del old["consulted"]
    assert "Вопросы" not in text(from_json(old))


def as_json_of(asked: Consulted) -> dict[str, int]:
    return {name: getattr(asked, name) for name in ("asked", "answered", "helped", "passed")}


def test_tickets_and_outages_stand_in_the_same_line() -> None:
    down = "Журнал не работал: 20.11 10:00–14:30; с 21.11 09:00"
    told = "Обращения: новых 5, закрыто 4, решение за 3 ч 10 мин"
    assert f"{LINE} · {told} · {down}" in text(FULLEST)
    alone = replace(FULLEST, unsigned_substitutions=0, roster_orders=0, consulted=None)
    assert f"{told} · {down}" in text(alone).splitlines()
    assert told in text(replace(alone, outages=[])).splitlines()
    assert down in text(replace(alone, desk=None)).splitlines()
    unsolved = replace(alone, desk=Desk(opened=1, closed=0), outages=[])
    assert "Обращения: новых 1, закрыто 0" in text(unsolved).splitlines()


def test_a_digest_kept_before_tickets_were_counted_still_opens() -> None:
    old = as_json(FULLEST)
    del old["desk"], old["outages"]
    assert from_json(old) == replace(FULLEST, desk=None, outages=[])
