"""Texts that people write for the base: what may be a question, an alias, an answer."""

import re

from services.consultation.entries import QUESTION_LIMIT
from services.consultation.normal import asks
from services.errors import DomainError

OWN_ANSWER_LIMIT = 2000
"""Characters of a school's own answer: it fits one message with its question and clauses."""
WORDS_LIMIT = 500
"""Characters of a word to a colleague, say why a suggestion is refused."""
_BLANK = re.compile(r"[^\S\n]+")
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


class EmptyTextError(DomainError):
    """Nothing to read in it."""

    key = "errors/text-empty"


class LongTextError(DomainError):
    """``length`` characters where ``limit`` fit."""

    key = "errors/text-long"


class NoQuestionError(DomainError):
    """No word of three letters: nobody could find it."""

    key = "errors/text-no-question"


def question_of(text: str) -> str:
    """One line that asks something. EmptyTextError, LongTextError or NoQuestionError."""
    line = _fitting(" ".join(_seen(text).split()), QUESTION_LIMIT)
    if not asks(line):
        raise NoQuestionError
    return line


def answer_of(text: str) -> str:
    """Its lines stay, blanks at their ends go. EmptyTextError or LongTextError."""
    return _fitting(_lines(text), OWN_ANSWER_LIMIT)


def words_of(text: str) -> str:
    return _fitting(_lines(text), WORDS_LIMIT)


def shortened(text: str) -> str:
    """A question of any length as one line; whoever wrote more has asked in the beginning."""
    line = " ".join(text.split())
    return line if len(line) <= QUESTION_LIMIT else f"{line[: QUESTION_LIMIT - 1].rstrip()}…"


def _lines(text: str) -> str:
    lines = (_BLANK.sub(" ", line).strip() for line in _seen(text).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _seen(text: str) -> str:
    """Without signs that take room and are not seen."""
    return _UNSEEN.sub(" ", text.replace("\r\n", "\n").replace("\t", " "))


def _fitting(text: str, limit: int) -> str:
    if not any(sign.isalnum() for sign in text):
        raise EmptyTextError
    if len(text) > limit:
        raise LongTextError(limit=limit, length=len(text))
    return text
