"""``docs/rules.md``: the catalogue's passports, each with an example: ``make docs`` writes it."""

from pathlib import Path

from bot.render import Renderer
from bot.wording import Wording
from handlers.rule_cards import FAMILIES, WEIGHTS
from services.completeness.rule import Rule, Threshold
from services.completeness.rules import catalogue
from tests.bot.test_wording import CASES

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"
HEAD = """# Правила проверки

Эту страницу пишет `make docs` из паспортов правил. Пороги, важность и пункт положения школа меняет
в чате командой `/rules`: сначала бот показывает, что получилось бы за последний месяц, и только
потом применяет. Каждая правка хранится как версия: кто, когда и с какого дня.

Замечание с важностью «совет» не нарушение, а просьба проверить. В примерах то, что бот отвечает на
«Почему?».
"""
COLUMNS = "| код | правило | важность | пороги | пример |\n|---|---|---|---|---|"
OFF = " (выключено, пока школа не включит)"


def page() -> str:
    """The whole text; the same passports give the same page."""
    voice = Renderer().voice("ru")
    parts = [HEAD]
    for letter, name in FAMILIES.items():
        rules = [rule for code, rule in catalogue().items() if code[0] == letter]
        if rules:
            rows = "\n".join(_row(rule, voice.say(WEIGHTS[rule.severity])) for rule in rules)
            parts.append(f"\n## {letter}. {voice.say(name)}\n\n{COLUMNS}\n{rows}\n")
    return "".join(parts)


def _row(rule: Rule, weight: str) -> str:
    thresholds = "; ".join(map(_threshold, rule.thresholds.values()))
    title = rule.title if rule.enabled else rule.title + OFF
    example = Wording(Renderer(), "Europe/Moscow").why(rule.why(CASES[rule.code][0]))
    return f"| {rule.code} | {title} | {weight} | {thresholds} | {example} |"


def _threshold(bounds: Threshold) -> str:
    return f"{bounds.about}: {bounds.value} (от {bounds.least} до {bounds.most})"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
