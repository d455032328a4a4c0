"""What is studied: weekly hours by grade, properties of subjects, kinds of work."""

from dataclasses import dataclass

TALKS = "Разговоры о важном"
CAREERS = "Россия - мои горизонты"
ETHICS = "ОРКСЭ"
RUSSIAN = "Русский язык"
READING = "Литературное чтение"
LITERATURE = "Литература"
ENGLISH = "Иностранный язык (английский)"
MATHS = "Математика"
ALGEBRA = "Алгебра"
GEOMETRY = "Геометрия"
CHANCE = "Вероятность и статистика"
COMPUTING = "Информатика"
WORLD = "Окружающий мир"
HISTORY = "История"
SOCIETY = "Обществознание"
CULTURE = "Основы духовно-нравственной культуры народов России"
GEOGRAPHY = "География"
BIOLOGY = "Биология"
CHEMISTRY = "Химия"
PHYSICS = "Физика"
MUSIC = "Музыка"
ART = "Изобразительное искусство"
CRAFT = "Труд (технология)"
SPORT = "Физическая культура"
SAFETY = "Основы безопасности и защиты Родины"
PROJECT = "Индивидуальный проект"

PRIMARY = "Начальные классы"
LAST_PRIMARY_GRADE = 4
SIX_DAY_GRADE = 10


@dataclass(frozen=True, slots=True)
class Subject:
    name: str
    family: str
    marks: bool = True
    homework: bool = True
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    briefing: bool = False
    """Safety briefing on the first lesson of the year and after New Year."""


SUBJECTS: dict[str, Subject] = {
    subject.name: subject
    for subject in (
        Subject(RUSSIAN, "Русский язык и литература", aliases=("Русский",)),
        Subject(READING, PRIMARY, aliases=("Лит. чтение",)),
        Subject(LITERATURE, "Русский язык и литература"),
        Subject(
            ENGLISH, "Иностранные языки", aliases=("Английский язык", "Англ. яз."),
            groups=("1", "2"),
        ),
        Subject(MATHS, "Математика"),
        Subject(ALGEBRA, "Математика"),
        Subject(GEOMETRY, "Математика"),
        Subject(CHANCE, "Математика", aliases=("ВиС",)),
        Subject(COMPUTING, "Информатика", groups=("1", "2"), briefing=True),
        Subject(WORLD, PRIMARY),
        Subject(HISTORY, "История и обществознание"),
        Subject(SOCIETY, "История и обществознание"),
        Subject(CULTURE, "История и обществознание", aliases=("ОДНКНР",)),
        Subject(GEOGRAPHY, "География"),
        Subject(BIOLOGY, "Биология и химия", briefing=True),
        Subject(CHEMISTRY, "Биология и химия", briefing=True),
        Subject(PHYSICS, "Физика", briefing=True),
        Subject(MUSIC, "Музыка"),
        Subject(ART, "Изобразительное искусство", aliases=("ИЗО",)),
        Subject(
            CRAFT, "Технология", aliases=("Технология",),
            groups=("мальчики", "девочки"), briefing=True,
        ),
        Subject(SPORT, "Физическая культура", aliases=("Физкультура",), briefing=True),
        Subject(SAFETY, "Физическая культура", aliases=("ОБЗР", "ОБЖ")),
        Subject(PROJECT, "История и обществознание"),
        Subject(ETHICS, PRIMARY, marks=False),
        Subject(TALKS, "Классные руководители", marks=False, homework=False),
        Subject(CAREERS, "Классные руководители", marks=False, homework=False),
    )
}  # fmt: skip

_YOUNG = {
    RUSSIAN: 5,
    READING: 4,
    MATHS: 4,
    WORLD: 2,
    MUSIC: 1,
    ART: 1,
    CRAFT: 1,
    SPORT: 2,
    TALKS: 1,
}
_MIDDLE = {RUSSIAN: 5, LITERATURE: 3, ENGLISH: 3, MATHS: 5, HISTORY: 2, GEOGRAPHY: 1, BIOLOGY: 1,
           MUSIC: 1, ART: 1, CRAFT: 2, SPORT: 2, TALKS: 1, CULTURE: 1}  # fmt: skip
_EXACT = {ALGEBRA: 3, GEOMETRY: 2, CHANCE: 1, COMPUTING: 1, TALKS: 1, CAREERS: 1, SPORT: 2,
          HISTORY: 2, ENGLISH: 3, PHYSICS: 2}  # fmt: skip
_SENIOR = {**_EXACT, RUSSIAN: 2, LITERATURE: 3, SOCIETY: 2, GEOGRAPHY: 1, CHEMISTRY: 1, BIOLOGY: 1,
           SAFETY: 1, SPORT: 3}  # fmt: skip

HOURS: dict[int, dict[str, int]] = {
    1: _YOUNG,
    2: {**_YOUNG, ENGLISH: 2},
    3: {**_YOUNG, ENGLISH: 2},
    4: {**_YOUNG, ENGLISH: 2, READING: 3, ETHICS: 1},
    5: {**_MIDDLE, COMPUTING: 1},
    6: {**_MIDDLE, RUSSIAN: 6, SOCIETY: 1},
    7: {**_EXACT, RUSSIAN: 4, LITERATURE: 2, SOCIETY: 1, GEOGRAPHY: 2, BIOLOGY: 1, MUSIC: 1,
        ART: 1, CRAFT: 2},
    8: {**_EXACT, RUSSIAN: 3, LITERATURE: 2, SOCIETY: 1, GEOGRAPHY: 2, CHEMISTRY: 2, BIOLOGY: 2,
        MUSIC: 1, CRAFT: 1, SAFETY: 1},
    9: {**_EXACT, RUSSIAN: 3, LITERATURE: 3, SOCIETY: 1, GEOGRAPHY: 2, PHYSICS: 3, CHEMISTRY: 2,
        BIOLOGY: 2, CRAFT: 1, SAFETY: 1},
    10: {**_SENIOR, PROJECT: 1},
    11: {**_SENIOR},
}  # fmt: skip

BIG_WORKS = ("контрольная", "диктант", "сочинение", "изложение")
"""Works that a class writes whole."""

_WRITING = ("тест", "самостоятельная", "проверочная")
WORKS: dict[str, tuple[str, ...]] = {
    RUSSIAN: ("диктант", "тест", "изложение", "проверочная", "сочинение", "самостоятельная"),
    LITERATURE: ("сочинение", "проверочная", "тест"),
    READING: ("проверочная", "тест"),
    PHYSICS: ("лабораторная", "контрольная", "самостоятельная"),
    CHEMISTRY: ("практическая", "контрольная", "проверочная"),
    BIOLOGY: ("лабораторная", "тест", "контрольная"),
    COMPUTING: ("практическая", "тест"),
    CRAFT: ("практическая", "зачёт"),
    SPORT: ("зачёт",),
    MUSIC: ("тест", "зачёт"),
    ART: ("практическая",),
    PROJECT: ("зачёт",),
}
DEFAULT_WORKS = ("контрольная", *_WRITING)


def marked(subject: str, grade: int) -> bool:
    """Whether pupils of the grade get marks in the subject."""
    return grade > 1 and SUBJECTS[subject].marks


def family_of(subject: str, grade: int) -> str:
    """The pool of teachers that a lesson is taken from."""
    if grade <= LAST_PRIMARY_GRADE and subject not in (ENGLISH, MUSIC, SPORT):
        return PRIMARY
    return SUBJECTS[subject].family


def groups_of(subject: str, grade: int) -> tuple[str, ...]:
    """Study groups of a divided subject, () for the whole class."""
    if grade <= LAST_PRIMARY_GRADE and subject == CRAFT:
        return ()
    return SUBJECTS[subject].groups
