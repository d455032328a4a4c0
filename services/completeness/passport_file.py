"""Passports as a text file, so that one school's can be another's: YAML, a mapping a rule.

Nothing is constructed from a file and no anchor is followed: values are texts until they are
checked against the rule's own bounds.
"""

from collections.abc import Mapping
from dataclasses import replace

import yaml

from services.completeness.passport_changes import CLAUSE_LIMIT, FILE_LIMIT, NotPassportsError
from services.completeness.rule import Passport, Rule, Severity

_HEAD = "# Паспорта правил Ежа: включено ли правило, важность, пункт положения школы, пороги.\n"
_ON = {"true": True, "да": True, "yes": True, "false": False, "нет": False, "no": False}


def written(passports: Mapping[str, Passport], rules: Mapping[str, Rule]) -> bytes:
    """All rules with their titles as comments."""
    parts = [_HEAD]
    for code, rule in rules.items():
        passport = passports[code]
        body = {
            "enabled": passport.enabled,
            "severity": passport.severity.value,
            "clause": passport.clause,
            "thresholds": dict(passport.thresholds),
        }
        text = yaml.safe_dump({code: body}, allow_unicode=True, sort_keys=False, width=100)
        parts.append(f"\n# {rule.title}\n{text}")
    return "".join(parts).encode()


def read(
    content: bytes, passports: Mapping[str, Passport], rules: Mapping[str, Rule]
) -> dict[str, Passport]:
    """The passports of the rules that the file names, otherwise as ``passports`` has them.

    Rules that this program does not have are left out; NotPassportsError for anything unfit.
    """
    if len(content) > FILE_LIMIT:
        raise NotPassportsError(place="")
    found: dict[str, Passport] = {}
    for code, body in _pairs(_tree(content), ""):
        if code in rules:
            found[code] = _passport(_pairs_of(body, code), passports[code], rules[code])
    if not found:
        raise NotPassportsError(place="")
    return found


class _Loader(yaml.SafeLoader):
    """Refuses references: a few lines of them could stand for a milliard."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError
        return super().compose_node(parent, index)


def _tree(content: bytes) -> yaml.Node | None:
    try:
        return yaml.compose(content.decode("utf-8-sig"), Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        raise NotPassportsError(place="") from None


def _pairs(node: yaml.Node | None, place: str) -> list[tuple[str, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise NotPassportsError(place=place)
    return [(str(key.value), value) for key, value in node.value]


def _pairs_of(node: yaml.Node, place: str) -> dict[str, yaml.Node]:
    return dict(_pairs(node, place))


def _passport(body: Mapping[str, yaml.Node], passport: Passport, rule: Rule) -> Passport:
    if "enabled" in body:
        word = _word(body["enabled"], rule).casefold()
        if word not in _ON:
            raise NotPassportsError(place=f"{rule.code} enabled")
        passport = replace(passport, enabled=_ON[word])
    if "severity" in body:
        word = _word(body["severity"], rule)
        if word not in set(Severity):
            raise NotPassportsError(place=f"{rule.code} severity")
        passport = replace(passport, severity=Severity(word))
    if "clause" in body:
        clause = " ".join(_word(body["clause"], rule).split())
        if len(clause) > CLAUSE_LIMIT:
            raise NotPassportsError(place=f"{rule.code} clause")
        passport = replace(passport, clause=clause)
    if "thresholds" in body:
        own = _thresholds(_pairs_of(body["thresholds"], f"{rule.code} thresholds"), rule)
        passport = replace(passport, thresholds={**passport.thresholds, **own})
    return passport


def _thresholds(body: Mapping[str, yaml.Node], rule: Rule) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, bounds in rule.thresholds.items():
        if name in body:
            word = _word(body[name], rule)
            value = int(word) if word.isdecimal() and len(word) <= len(str(bounds.most)) else -1
            if not bounds.least <= value <= bounds.most:
                raise NotPassportsError(place=f"{rule.code} {name}")
            found[name] = value
    return found


def _word(node: yaml.Node, rule: Rule) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise NotPassportsError(place=rule.code)
    return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value)
