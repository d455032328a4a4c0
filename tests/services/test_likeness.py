from services.journal.dictionary import Named
from services.journal.likeness import declared_staff, likest

PEOPLE = [
    Named(1, "Иванова Мария Петровна"),
    Named(2, "Иванов Марк Павлович"),
    Named(3, "Ким Олег Викторович"),
    Named(4, "Иващенко Марина Петровна"),
]


def names(said: str) -> list[str]:
    return [each.name for each in likest(said, PEOPLE)]


def test_a_misspelt_name_has_the_right_one_first() -> None:
    assert names("Ивонова Мария Петровна")[0] == "Иванова Мария Петровна"
    assert names("КИМ О.В.")[0] == "Ким Олег Викторович"


def test_initials_that_fit_go_first() -> None:
    assert set(names("Иващенко М.П.")[:1]) == {"Иващенко Марина Петровна"}
    assert names("Иванов М.П.")[0] == "Иванов Марк Павлович"


def test_everybody_is_there_once() -> None:
    assert sorted(names("Ёж")) == sorted(each.name for each in PEOPLE)
    assert likest("Ёж", []) == []


def test_the_staff_lists_say_who_is_declared_and_by_what_name() -> None:
    fact = (3, "Ли Олег Викторович", "С3", None, None, None, None)
    assert declared_staff([fact]) == [Named(3, "Ли Олег Викторович")]
