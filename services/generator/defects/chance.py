"""Every family of defects draws from its own stream: one more leaves the other schools as they are.

A school of a seed is shown in demos and journeys; what a new defect picks must not move the old.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from services.generator.school import School


@contextmanager
def own_stream(school: School, name: str) -> Iterator[None]:
    usual = school.random
    school.random = Random(f"{name} {school.options.seed}")  # noqa: S311  # a made-up school
    try:
        yield
    finally:
        school.random = usual
