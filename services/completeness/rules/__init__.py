"""The catalogue: every module beside this one holds one ``RULE``."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from services.completeness.rule import Rule


@cache
def catalogue() -> dict[str, Rule]:
    """Code -> rule, in the order of codes (P1, P2, ... as the catalogue of RULES.md lists them)."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    rules = [module.RULE for module in modules]
    order = {family: place for place, family in enumerate("PTRNQKLCA")}
    rules.sort(key=lambda rule: (order[rule.code[0]], int(rule.code[1:])))
    return {rule.code: rule for rule in rules}
