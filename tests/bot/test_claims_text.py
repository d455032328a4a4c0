"""What people read of what was said of findings: in /my, in letters, in small windows."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers import ALERT_LIMIT
from bot.render import TEMPLATES
from services.claims.cards import Results
from services.claims.days import EARLY, FAR, NONE, UNREAD
from services.claims.words import Spoken
from services.gaps import OwnGaps
from services.ids import FindingId
from services.listing import Gaps, Mark, own_gaps, taken_by
from tests.bot.weeks import LINE, is_a_message, text
from tests.services.completeness.book import at

POSTPONED = Mark("postponed", "28.11")
NO_GAPS = Gaps([], total=0)


def my(gaps: Gaps) -> str:
    return text("gaps/my", own=OwnGaps(as_of="20.11 16:00", gaps=gaps, advice=NO_GAPS, told=()))


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (POSTPONED, "отсрочка до 28.11"),
        (Mark("disputed"), "ждёт ответа"),
        (Mark("claimed"), "отмечено исправленным"),
    ],
)
def test_what_was_said_stands_beside_the_gap_and_not_beside_its_neighbour(
    mark: Mark, words: str
) -> None:
    other = replace(LINE, rule="P3", title="Нет домашнего задания")
    gaps = own_gaps([LINE, other], marks={LINE: mark})
    assert gaps.total == 2
    assert my(gaps).splitlines()[-2:] == [
        f"18.11 · урок 3 · Алгебра · Нет темы · <i>{words}</i>",
        "18.11 · урок 3 · Алгебра · Нет домашнего задания",
    ]


def test_where_there_are_many_gaps_a_day_says_till_when_it_waits() -> None:
    lines = [replace(LINE, date=f"{day:02}.11.2026") for day in range(1, 25)]
    later = replace(lines[2], rule="T2", title="Нет отметок")
    both = replace(lines[3], rule="T2", title="Нет отметок")
    marks = {
        lines[0]: POSTPONED,
        lines[1]: Mark("claimed"),
        lines[2]: Mark("postponed", "05.12"),
        later: POSTPONED,
        both: POSTPONED,
    }
    told = my(own_gaps([*lines, later, both], marks=marks))
    assert "01.11 (отсрочка до 28.11), 02.11, 03.11 (отсрочка до 28.11), 04.11, 05.11" in told


def test_a_year_of_postponed_gaps_fits_a_message() -> None:
    lines = [
        replace(LINE, class_unit=f"{grade}А", subject=f"Предмет {number}", date=f"{day:02}.11.2026")
        for grade in range(1, 12)
        for number in range(5)
        for day in range(1, 29)
    ]
    gaps = own_gaps(lines, marks=dict.fromkeys(lines, POSTPONED))
    shown = sum(len(one.dates) for group in gaps.classes for one in group.subjects)
    assert gaps.total == shown + gaps.hidden
    assert is_a_message(my(gaps))
    few = own_gaps([LINE], marks={LINE: POSTPONED})
    assert taken_by(few) > taken_by(own_gaps([LINE]))


def test_a_letter_about_many_findings_fits_a_message() -> None:
    rows = ["18.11.2026; урок 3; тема «Дроби»; задания нет; посещаемость отмечена"] * 9
    many = [
        Spoken(FindingId(number), replace(LINE, why="Не внесено. " * 40), living=True, rows=rows)
        for number in range(40)
    ]
    told = text("claims/checked", results=Results(mended=many, stayed=many, as_of="20.11 16:00"))
    assert is_a_message(told)
    assert "Исправлено 40 замечаний" in told
    assert "ещё видны 40 замечаний" in told
    assert "и ещё 35" in told


WINDOWS = [
    *(
        ("claim-pending", {"stands": one, "until": at("28.11")})
        for one in ("claimed", "disputed", "postponed")
    ),
    *(
        ("claim-settled", {"state": one})
        for one in ("withdrawn", "waived", "kept", "restored", "over", "gone")
    ),
    *(("claim-day", {"why": one, "last": at("28.11")}) for one in (EARLY, FAR, NONE, UNREAD)),
    *(("claim-words", {"why": one, "limit": 500}) for one in ("empty", "long")),
    ("finding-waived", {}),
]


@pytest.mark.parametrize(("key", "facts"), WINDOWS)
def test_every_refusal_is_one_sentence_of_its_own_in_a_small_window(
    key: str, facts: dict[str, object]
) -> None:
    said = text(f"errors/{key}", **facts)
    assert 0 < len(said) <= ALERT_LIMIT
    assert len(said.splitlines()) == 1


def test_the_refusals_are_all_here() -> None:
    ours = ("claim-*", "finding-waived*")
    found = {
        path.name.split(".")[0] for one in ours for path in Path(TEMPLATES, "errors").glob(one)
    }
    assert found == {key for key, _ in WINDOWS}
