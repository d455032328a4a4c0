from datetime import date

from services.completeness.finding_store import Hit
from services.completeness.naming import Named, Names, reason
from services.completeness.rules import catalogue
from services.journal.dictionary import Dictionary

HIT = Hit("R3", "major", 1, 2, 4, 3, date(2026, 9, 1).toordinal(), 2, 5, {"enrolled": 1})


def test_identities_become_names_and_the_pupil_a_list_number() -> None:
    dictionary = Dictionary(next_id=0)
    unit, subject = dictionary.add_class_unit("5А"), dictionary.add_subject("Алгебра")
    teacher, group = dictionary.add_teacher("Ким"), dictionary.study_group(unit, subject, "1")
    pupil = dictionary.pupil(unit, 17)
    names = Names.of(dictionary)

    hit = HIT._replace(
        class_unit=unit, subject=subject, study_group=group, staff=teacher, pupil=pupil
    )

    assert names.of_hit(hit) == Named(
        "R3", "major", "5А", "1", "Алгебра", "Ким", date(2026, 9, 1), 2, 17
    )


def test_absent_parts_are_none() -> None:
    empty = Names({}, {}, {}, {}, {})
    hit = Hit("K1", "minor", None, None, 0, None, None, None, None, {})
    assert set(empty.of_hit(hit)[2:]) == {None}


def test_a_rule_s_words_may_need_the_finding_s_own_day() -> None:
    facts = {"day_off": 1, "is_mark": 0, "entered_at": 0, "deadline": 0}
    hit = HIT._replace(rule="R1", facts=facts)
    assert "calendar" in reason(catalogue()["R1"], hit).msgid
