"""A week without conflicts: no teacher in two places, no class in two lessons.

Blocks are placed one by one; a block that finds no free place pushes out the cheapest ones, and
each time a block is pushed out it becomes dearer, so the search does not run in circles.
"""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from services.generator.world import SATURDAY, Slot, Teacher, Track, Unit
from services.journal.model import FIRST_DAY, LAST_DAY

PATIENCE = 60
SAME_DAY_COST = 4
SHORT_SATURDAY = 2

Place = tuple[int, int]
"""Weekday and lesson number, both from 1."""


@dataclass(slots=True, eq=False)
class Block:
    """Lessons that stand at one time: the groups of a class, or joined classes."""

    tracks: tuple[Track, ...]
    length: int
    place: Place | None = None
    pushed: int = 0

    @property
    def units(self) -> set[Unit]:
        return {track.unit for track in self.tracks}

    @property
    def subject(self) -> str:
        return self.tracks[0].subject

    def covers(self, place: Place) -> list[Place]:
        weekday, number = place
        return [(weekday, number + at) for at in range(self.length)]

    def needs(self, place: Place) -> Iterator[tuple[Unit | Teacher, Place]]:
        for at in self.covers(place):
            for track in self.tracks:
                yield track.unit, at
                yield track.teacher, at


def make_blocks(tracks: list[Track], joined: list[tuple[Track, ...]]) -> list[Block]:
    blocks: list[Block] = []
    together: dict[tuple[object, str], list[Track]] = defaultdict(list)
    shared = {track: pair for pair in joined for track in pair}
    for track in tracks:
        key = shared[track][0] if track in shared else track.unit
        together[key, track.subject].append(track)
    for group in together.values():
        length = 2 if group[0].double else 1
        blocks += [Block(tuple(group), length) for _ in range(group[0].hours // length)]
    return blocks


def day_lengths(hours: int, days: int) -> list[int]:
    """How many lessons each day of the week has: even, with a shorter Saturday."""
    lengths = [0] * days
    for _ in range(hours):
        loads = [
            length + (SHORT_SATURDAY if at == SATURDAY - 1 else 0)
            for at, length in enumerate(lengths)
        ]
        lengths[loads.index(min(loads))] += 1
    return lengths


class Week:
    """The search; ``solve`` leaves every block with a place."""

    def __init__(self, *, random: Random, blocks: list[Block]) -> None:
        self._random = random
        self._blocks = blocks
        self._taken: dict[tuple[Unit | Teacher, Place], Block] = {}
        self._on_day: dict[tuple[Unit, int, str], int] = defaultdict(int)
        self._days: dict[Unit, list[int]] = {}
        hours: dict[Unit, int] = defaultdict(int)
        for block in blocks:
            for unit in block.units:
                hours[unit] += block.length
        for unit, total in hours.items():
            self._days[unit] = day_lengths(total, unit.days)

    def solve(self) -> None:
        self._random.shuffle(self._blocks)
        self._blocks.sort(key=lambda block: (-len(block.units), -block.length, -len(block.tracks)))
        waiting = deque(self._blocks)
        steps = 0
        while waiting:
            steps += 1
            if steps % (PATIENCE * len(self._blocks)) == 0:
                self._days = {unit: [n + 1 for n in days] for unit, days in self._days.items()}
            block = waiting.popleft()
            waiting.extend(self._put(block))

    def _put(self, block: Block) -> list[Block]:
        """Place the block; the blocks that had to give way."""
        places = self._places(block)
        best, cost = places[0], float("inf")
        for place in places:
            price = self._price(block, place)
            if price < cost:
                best, cost = place, price
        pushed = {self._taken[need] for need in block.needs(best) if need in self._taken}
        for other in sorted(pushed, key=self._blocks.index):
            other.pushed += 1
            self._lift(other)
        self._drop(block, best)
        return sorted(pushed, key=self._blocks.index)

    def _places(self, block: Block) -> list[Place]:
        """Where the block fits into the days of all its classes, in a random order."""
        days = [self._days[unit] for unit in block.units]
        places = [
            (weekday + 1, number)
            for weekday in range(min(map(len, days)))
            for number in range(1, min(day[weekday] for day in days) - block.length + 2)
        ]
        self._random.shuffle(places)
        return places

    def _price(self, block: Block, place: Place) -> float:
        pushed = {self._taken[need] for need in block.needs(place) if need in self._taken}
        price = sum(10 * other.length * len(other.units) * (1 + other.pushed) for other in pushed)
        price += SAME_DAY_COST * sum(
            self._on_day[unit, place[0], block.subject] for unit in block.units
        )
        return price

    def _drop(self, block: Block, place: Place) -> None:
        block.place = place
        self._taken.update(dict.fromkeys(block.needs(place), block))
        for unit in block.units:
            self._on_day[unit, place[0], block.subject] += 1

    def _lift(self, block: Block) -> None:
        if block.place is None:
            return
        for need in block.needs(block.place):
            self._taken.pop(need, None)
        for unit in block.units:
            self._on_day[unit, block.place[0], block.subject] -= 1
        block.place = None


def make_timetable(
    *, random: Random, tracks: list[Track], joined: list[tuple[Track, ...]]
) -> list[Slot]:
    """Slots of the whole year, before anything changes in it."""
    blocks = make_blocks(tracks, joined)
    Week(random=random, blocks=blocks).solve()
    slots = [
        Slot(track, weekday, number, track.teacher, FIRST_DAY, LAST_DAY)
        for block in blocks
        if block.place is not None
        for weekday, number in block.covers(block.place)
        for track in block.tracks
    ]
    return sorted(slots, key=lambda slot: (*slot.track.key, slot.weekday, slot.number))
