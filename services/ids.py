"""Identities; all are numbers of the database, and none means anything outside it."""

from typing import NewType

SchoolId = NewType("SchoolId", int)
PersonId = NewType("PersonId", int)
StaffId = NewType("StaffId", int)
ChatId = NewType("ChatId", int)
ImportId = NewType("ImportId", int)
FindingId = NewType("FindingId", int)
