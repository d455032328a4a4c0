"""What a person who orders a school can mend."""

from typing import ClassVar

from services.errors import DomainError


class ImpossibleSchoolError(DomainError):
    """``classes`` are asked for, ``most`` are possible."""

    key: ClassVar[str] = "generator/impossible"
