"""A measure: a statement that counts, where a rule's statement finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """``statement`` is written as a rule's (see ``services.completeness.rule.Rule``).

    Besides the binds of rules it has ``:upto``, the last day counted: the period's or that of
    as_of, whichever is earlier. It gives ``class_unit, subject, study_group, staff, day`` (NULL
    where absent), ``number`` where it counts by lessons, and its counts. ``rule`` is whose
    thresholds it takes; while a school has that rule off, nothing ``optional`` is asked for.
    """

    rule: str
    statement: str
    optional: bool = True
