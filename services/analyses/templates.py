"""The school's own form of the document: what a file must be to be taken."""

from services.errors import DomainError

LARGEST = 2 * 1024 * 1024
"""Bytes of a template."""


class BrokenTemplateError(DomainError):
    """A file that cannot be filled: ``why`` is field, syntax, large or file; ``name`` is which."""

    key = "errors/broken-template"
