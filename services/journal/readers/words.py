"""The words of a journal: yes and no, days of the week, states, kinds of work, terms."""

import re
from functools import lru_cache

from services.journal.cells import cell_text
from services.journal.dates import Cell, UnreadableError
from services.journal.names import cyrillic, name_key

_SHORT = 20
_YES = frozenset({"да", "д", "yes", "y", "true", "истина", "+", "1", "есть", "v", "✓", "✔"})
_NO = frozenset({"нет", "н", "no", "n", "false", "ложь", "-", "–", "—", "0"})

_WEEKDAYS = {
    "пн": 1, "пон": 1, "понедельник": 1, "вт": 2, "вторник": 2, "ср": 3, "среда": 3, "чт": 4,
    "чет": 4, "четверг": 4, "пт": 5, "пят": 5, "пятница": 5, "сб": 6, "суб": 6, "суббота": 6,
    "вс": 7, "воскресенье": 7, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7,
}  # fmt: skip

_STATES = (
    (re.compile(r"провед[её]н[оа]?|состоял(ся|ась|ось)"), "проведён"),
    (re.compile(r"отмен(а|[её]н[оа]?)|не(провед[её]н[оа]?|состоял(ся|ась|ось))"), "отменён"),
    (re.compile(r"перенос|перенес[её]н[оа]?"), "перенесён"),
)

_WORK_KINDS = (
    (r"диктант|^к/?д$", "диктант"),
    (r"сочинени", "сочинение"),
    (r"изложени", "изложение"),
    (r"\bтест", "тест"),
    (r"\bзач[её]т", "зачёт"),
    (r"контрольн|^к[/.]?р\b", "контрольная"),
    (r"практическ|^пр[/.]р\b", "практическая"),
    (r"проверочн|^п[/.]?р\b|^впр\b", "проверочная"),
    (r"самостоятельн|^с[/.]?р\b", "самостоятельная"),
    (r"лабораторн|^л[/.]?р\b", "лабораторная"),
)
_WORK_PATTERNS = tuple((re.compile(pattern), kind) for pattern, kind in _WORK_KINDS)
_NOT_THE_WORK = re.compile(r"^(подготовка|анализ|разбор|работа над ошибками)")

_TERM_KINDS = (
    (re.compile(r"четверт[ьи]|четв?|ч|ч-?ть"), "четверть"),
    (re.compile(r"полугоди[ея]|п/?г|полуг"), "полугодие"),
    (re.compile(r"триместра?|трим|тр"), "триместр"),
)
_WHOLE_YEAR = re.compile(r"(за)?(учебный)?год(овая)?(оценка|отметка)?")
_EXAM = re.compile(r"экз(амен(ационная)?)?(оценка|отметка)?")
_FINAL = re.compile(r"итог(овая)?(оценка|отметка)?")
_ORDINALS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "перв": 1, "втор": 2, "трет": 3, "четверт": 4,
    "1": 1, "2": 2, "3": 3, "4": 4,
}  # fmt: skip
_TERM_LIMITS = {"четверть": 4, "полугодие": 2, "триместр": 3}
_NUMBER_FIRST = re.compile(
    r"(iii|ii|iv|i|[1-4]|перв|втор|трет|четверт)(?:-?(?:я|е|ая|ое|ый|ий|ья|ье))?(.+)"
)
_NUMBER_LAST = re.compile(r"([а-я/]+?)(?:№)?(iii|ii|iv|i|[1-4])")
_YEAR = re.compile(r"(20\d\d)\s*[/\\–—-]\s*(\d{4}|\d{2})(?:\s*(?:г\.?|гг\.?|уч.*))?")


def shown(raw: Cell) -> str:
    """The cell for a reason: a single word or something with digits; longer text may be a name."""
    text = cell_text(raw)
    safe = len(text) <= _SHORT and (" " not in text or any(map(str.isdigit, text)))
    return f"«{text}»" if safe else "написанное"


def yes_no(raw: Cell) -> bool:
    key = name_key(cell_text(raw))
    if key in _YES:
        return True
    if key in _NO:
        return False
    raise UnreadableError(reason=f"{shown(raw)} - не «да» и не «нет»")


def weekday(raw: Cell) -> int:
    found = _WEEKDAYS.get(name_key(cell_text(raw)))
    if found is None:
        raise UnreadableError(reason=f"{shown(raw)} - не день недели")
    return found


def state(raw: Cell) -> str:
    key = name_key(cell_text(raw))
    for pattern, name in _STATES:
        if pattern.fullmatch(key):
            return name
    raise UnreadableError(reason=f"{shown(raw)} - не «проведён», «отменён» или «перенесён»")


def work_kind(raw: Cell) -> str:
    """One of WORK_KINDS, or ``""`` for ordinary work; source: RULES.md, "Control work types"."""
    return _work_kind(cell_text(raw))


@lru_cache(maxsize=4096)
def _work_kind(text: str) -> str:
    lowered = cyrillic(text).casefold()
    if _NOT_THE_WORK.match(lowered):
        return ""
    for pattern, kind in _WORK_PATTERNS:
        if pattern.search(lowered):
            return kind
    return ""


def term_kind(raw: Cell) -> str:
    """«Вид» of «Периоды»: четверть, триместр, полугодие or год."""
    key = name_key(cell_text(raw))
    if _WHOLE_YEAR.fullmatch(key):
        return "год"
    for pattern, kind in _TERM_KINDS:
        if pattern.fullmatch(key):
            return kind
    raise UnreadableError(reason=f"{shown(raw)} - не четверть, триместр, полугодие или год")


def term_of(raw: Cell) -> tuple[str, int]:
    """«Период» of «Итоги»: kind and number, number 0 for год, экзамен, итог."""
    key = name_key(cell_text(raw))
    for pattern, kind in ((_WHOLE_YEAR, "год"), (_EXAM, "экзамен"), (_FINAL, "итог")):
        if pattern.fullmatch(key):
            return kind, 0
    numbered = _numbered(key)
    if numbered is None:
        raise UnreadableError(
            reason=f"{shown(raw)} - не период: нужно «1 четверть», «год» и подобное"
        )
    return numbered


def _numbered(key: str) -> tuple[str, int] | None:
    for pattern, number_at, word_at in ((_NUMBER_FIRST, 1, 2), (_NUMBER_LAST, 2, 1)):
        found = pattern.fullmatch(key.replace("і", "i"))
        if found is None:
            continue
        number = _ORDINALS[found[number_at]]
        for word, kind in _TERM_KINDS:
            if word.fullmatch(found[word_at]) and number <= _TERM_LIMITS[kind]:
                return kind, number
    return None


def academic_year(raw: Cell) -> str:
    """«2026/2027» from that, «2026-2027» or «2026/27»."""
    found = _YEAR.fullmatch(cell_text(raw))
    if found is None or int(found[1]) % 100 + 1 != int(found[2][-2:]):
        raise UnreadableError(reason=f"{shown(raw)} - не учебный год: нужно «2026/2027»")
    return f"{found[1]}/{int(found[1]) + 1}"
