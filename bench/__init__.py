"""Measurements: ratios within one run."""

import os

os.environ.setdefault("SEMANTIC", "off")  # a model that reads the base beside would be measured too
