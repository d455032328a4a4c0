"""A whole made-up school year with known defects: for the demo, the tests, the measurements."""

from services.generator.generation import GeneratedSchool, generate
from services.generator.snapshots import Snapshots, snapshots
from services.generator.world import Options
from services.generator.writing import write

__all__ = ["GeneratedSchool", "Options", "Snapshots", "generate", "snapshots", "write"]
