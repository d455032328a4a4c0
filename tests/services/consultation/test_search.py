"""The search finds what is asked, however it is typed."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.consultation.search import Search
from services.consultation.verdict import Band, band_of


@dataclass(frozen=True)
class Source:
    id: str
    question: str
    answer: str = ""
    aliases: Sequence[str] = ()


BASE = [
    Source("past", "Как поставить отметку за прошлую дату?", "Откройте столбец той даты."),
    Source(
        "password", "Как восстановить пароль?", "Нажмите <b>«Забыли пароль»</b>.", ["не пускает"]
    ),
    Source("homework", "Как записать домашнее задание?", "Впишите его на странице урока."),
    Source("absent", "Как отметить отсутствующего?", "Поставьте Н в клетке ученика."),
    Source("wifi", "Как подключить wifi?", "Спросите в учительской."),
    Source("plan", "Куда загрузить КТП?", "Планирование лежит в разделе «Мои предметы»."),
]
SEARCH = Search.over(BASE)


def first(question: str) -> str:
    hits = SEARCH.ask(question)
    return hits[0].id if hits else ""


@pytest.mark.parametrize("entry", BASE, ids=lambda one: one.id)
def test_an_entry_s_own_question_is_answered(entry: Source) -> None:
    hits = SEARCH.ask(entry.question)
    assert hits[0].id == entry.id
    assert hits[0].score >= 1.0
    assert band_of(hits) is Band.ANSWER


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("поставить отметку прошлой датой", "past"),
        ("Здравствуйте, подскажите как восстановить пароль", "password"),
        ("rfr djccnfyjdbnm gfhjkm", "password"),
        ("Rfr jnvtnbnm jncencnde.otuj&", "absent"),
        ("kak zapisat domashnee zadanie", "homework"),
        ("КАК ЗАПИСАТЬ ДОМАШНЕЕ ЗАДАНИЕ", "homework"),
        ("как восстоновить праоль", "password"),
        ("как подключить цшаш", "wifi"),
        ("ёще: как отмётить отсутствующёго", "absent"),
        ("не пускает", "password"),
        ("раздел мои предметы", "plan"),
    ],
)
def test_a_question_is_found_however_it_is_typed(typed: str, found: str) -> None:
    assert first(typed) == found


def test_the_wrong_layout_costs_nothing() -> None:
    right, wrong = SEARCH.ask("как восстановить пароль"), SEARCH.ask("rfr djccnfyjdbnm gfhjkm")
    assert wrong == right


def test_a_question_of_another_world_is_passed_on() -> None:
    assert band_of(SEARCH.ask("рецепт борща со свёклой")) is Band.PASS


@pytest.mark.parametrize(
    "text",
    ["", " ", "💡", "?!", "' OR 1=1 --", '" NEAR( *', "NOT AND OR", "<script>", "\x00", "\u2028"],
)
def test_odd_input_finds_nothing_and_breaks_nothing(text: str) -> None:
    assert band_of(SEARCH.ask(text)) is Band.PASS


def test_a_very_long_text_is_read_from_its_beginning() -> None:
    long = "как восстановить пароль " * 200
    assert first(long) == "password"


def test_the_same_question_has_the_same_hits_in_any_index_over_the_base() -> None:
    question = "как отметить пароль прошлой датой"
    assert Search.over(list(BASE)).ask(question) == SEARCH.ask(question)


def test_only_what_may_be_read_is_found() -> None:
    hits = SEARCH.ask("как восстановить пароль", among={"past", "homework"})
    assert {hit.id for hit in hits} <= {"past", "homework"}


def test_no_more_than_asked_for_is_listed() -> None:
    assert len(SEARCH.ask("как", limit=2)) == 2


def test_an_alias_makes_its_entry_found() -> None:
    before = Search.over(BASE).ask("меня выкинуло из системы")
    aliased = [*BASE[:-1], Source("plan", BASE[-1].question, "", ["меня выкинуло из системы"])]
    assert not before or before[0].score < 0.34
    assert Search.over(aliased).ask("меня выкинуло из системы")[0].id == "plan"


def test_a_word_of_one_entry_is_rare_however_many_ask_for_it_so() -> None:
    quiet = [Source("a", "забыли пароль"), Source("b", "поставить отметку")]
    asked = [Source("a", "забыли пароль", "", ["пароль", "мой пароль", "где пароль"]), quiet[1]]
    weights = [
        found.weights[found.numbers["^4паро"]]
        for found in (Search.over(quiet).rarities, Search.over(asked).rarities)
    ]
    assert weights[0] == weights[1]


def test_a_word_s_beginning_tells_more_than_its_ending() -> None:
    base = [Source("begins", "отметочный"), Source("ends", "заметка")]
    assert Search.over(base).ask("отметка")[0].id == "begins"


def test_a_question_tells_more_of_its_entry_than_an_alias() -> None:
    base = [Source("alias", "замена", "", ["отпуск"]), Source("question", "отпуск", "", ["замена"])]
    assert Search.over(base).ask("отпуск летом на море")[0].id == "question"


def test_an_empty_base_finds_nothing() -> None:
    assert Search.over([]).ask("как войти") == []


def test_a_base_of_empty_texts_finds_nothing() -> None:
    assert Search.over([Source("a", "?!"), Source("b", "")]).ask("как войти") == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_scores_within_bounds(text: str) -> None:
    hits = SEARCH.ask(text)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1.4001 for score in scores)
