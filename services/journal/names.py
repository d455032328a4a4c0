"""Names as files write them, brought to one form: classes, people, subjects, lists of classes."""

import re

GRADES = range(1, 13)

_LOOK_ALIKES = str.maketrans("ABCEHKMOPTXYaceopxy", "АВСЕНКМОРТХУасеорху")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"\s+")
_KEY_NOISE = re.compile(r"[\s.]+")
_DOT_IN_INITIALS = re.compile(r"(?<=\b\w)\s*\.\s*(?=\w\b\s*\.?)")
_CLASS = re.compile(r"0?(\d{1,2})(?:\s*[-–—]?\s*([^\W_]{0,12}))?")
_CLASS_NOISE = re.compile(r"[\s\"'«»“”„`.()]+|(?<=[\W\d])(?:класс|кл)(?!\w)", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})")
_EVERYBODY = frozenset({"", "все", "всекл", "всеклассы"})


def plain(text: str) -> str:
    """Single ordinary spaces, nothing invisible, nothing at the ends."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def cyrillic(text: str) -> str:
    """Latin letters that look like Russian ones, as Russian ones: «H» is «Н»."""
    return text.translate(_LOOK_ALIKES)


def normalise_name(text: str) -> str:
    """A person's, subject's or group's name: «Иванова И. И.» is «Иванова И.И.»."""
    return _DOT_IN_INITIALS.sub(".", plain(text))


def name_key(name: str) -> str:
    """What two spellings of one name share: no case, no ё, no spaces, no dots."""
    return _KEY_NOISE.sub("", _INVISIBLE.sub("", name).casefold().replace("ё", "е"))


def fits_initials(short: str, full: str) -> bool:
    """Whether «Иванова И.И.» (or «И.И. Иванова») may be short for «Иванова Ирина Ивановна»."""
    words = _words(short)
    whole = _words(full)
    long = [word for word in words if len(word) > 1]
    initials = [word for word in words if len(word) == 1]
    if len(long) != 1 or not initials or len(whole) < len(initials) + 1:
        return False
    return long[0] == whole[0] and all(
        name.startswith(initial) for initial, name in zip(initials, whole[1:], strict=False)
    )


def _words(name: str) -> list[str]:
    return plain(name.replace(".", " ")).casefold().replace("ё", "е").split()


def normalise_class(text: str) -> str | None:
    """«5 "А"», «5-а», «5A» in Latin and «5 А класс» are «5А»; None for what names no class."""
    bare = _CLASS_NOISE.sub("", plain(text))
    found = _CLASS.fullmatch(bare)
    if found is None or int(found[1]) not in GRADES:
        return None
    return f"{int(found[1])}{cyrillic((found[2] or '').upper())}"


def grade_of(class_unit: str) -> int:
    """The grade of a normalised class: 10 for «10Б», 0 where the name begins with no number."""
    digits = re.match(r"\d{1,2}", class_unit)
    return int(digits[0]) if digits else 0


def normalise_classes(text: str) -> str | None:
    """A «Классы» list in one form, «1-4, 5А»; ``""`` is everybody, None is not such a list."""
    if name_key(text) in _EVERYBODY:
        return ""
    parts = [_part(each) for each in re.split(r"[,;\n]+", text) if plain(each)]
    named = [part for part in parts if part is not None]
    return ", ".join(named) if named and len(named) == len(parts) else None


def _part(text: str) -> str | None:
    grades = _RANGE.fullmatch(re.sub(r"\s*(классы|класс|кл\.?)$", "", plain(text)))
    if grades is None:
        return normalise_class(text)
    low, high = int(grades[1]), int(grades[2])
    return f"{low}-{high}" if low in GRADES and high in GRADES and low <= high else None


def classes_match(spec: str, class_unit: str) -> bool:
    """Whether a list of grades, ranges and classes names ``class_unit``; ``""`` names all."""
    if not spec.strip():
        return True
    grade = grade_of(class_unit)
    for part in re.split(r"[,;]\s*", spec.strip()):
        grades = _RANGE.fullmatch(part)
        if grades and int(grades[1]) <= grade <= int(grades[2]):
            return True
        if part == class_unit or (part.isdigit() and int(part) == grade):
            return True
    return False
