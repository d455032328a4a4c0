"""Different ways of writing one thing end as one."""

import pytest

from services.consultation.normal import asks, normal, plain, terms


@pytest.mark.parametrize(
    "written",
    [
        "щётка журнал объект",
        "Щетка, ЖУРНАЛ; объект!",
        "shchetka zhurnal ob'ekt",
        "schyotka zhurnal obyekt",
        "ще\N{COMBINING DIAERESIS}тка журнал объект",
    ],
)
def test_letters_people_mix_up_are_one(written: str) -> None:
    assert normal(written) == normal("щётка журнал объект")


@pytest.mark.parametrize(
    ("russian", "latin"),
    [
        ("отсутствие", "otsutstvie"),
        ("расписание", "raspisaniye"),
        ("материал", "material"),
        ("схема", "skhema"),
        ("счёт", "schet"),
        ("компьютер", "kompjuter"),
        ("отметки за четверть", "otmetki za chetvert'"),
        ("хороший", "horoshij"),
        ("экзамен", "ekzamen"),
    ],
)
def test_a_transliteration_needs_no_recognising(russian: str, latin: str) -> None:
    assert normal(latin) == normal(russian)


def test_different_words_stay_different() -> None:
    words = normal("отметка пометка урок срок класс классы тема темы план плен год код")
    assert len(set(words)) == 12


def test_a_greeting_is_not_searched() -> None:
    assert terms("Здравствуйте! Подскажите, пожалуйста, как войти") == normal("как войти")
    assert terms("Добрый день, какой учебный день завтра") == normal("какой учебный день завтра")


def test_a_greeting_alone_stays() -> None:
    assert terms("Добрый день") == normal("добрый день")


def test_addresses_are_not_words() -> None:
    assert normal("не открывается https://example.org/a?b=c совсем") == normal(
        "не открывается совсем"
    )


@pytest.mark.parametrize("text", ["", "💡", "а", "?!", "Здравствуйте", "Добрый вечер!", "ок"])
def test_nothing_is_asked(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize("text", ["где журнал", "Добрый день, не работает", "7б пропал"])
def test_something_is_asked(text: str) -> None:
    assert asks(text)


def test_the_same_question_has_one_plain_form() -> None:
    assert plain("Здравствуйте, где ЖУРНАЛ?") == plain("где журнал")
    assert plain("где журнал") != plain("где дневник")
