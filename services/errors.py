"""Failures a person can act on; each names the template that explains it."""

from typing import ClassVar


class DomainError(Exception):
    """Raised by services; ``key`` is the template, ``facts`` are what its words need."""

    key: ClassVar[str]

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts
