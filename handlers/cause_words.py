"""What causes of tickets are called."""

from handlers.ports import Say, words

CAUSES = {
    "how_to": words("Did not know how"),
    "slip": words("A slip in filling in"),
    "lists": words("Lists, load or timetable out of date"),
    "access": words("Rights and passwords"),
    "outage": words("The journal was down"),
    "vendor": words("A fault of the journal's program"),
    "device": words("Device or network"),
    "other": words("Another cause"),
}
_UNNAMED = words("Cause not named")


def cause_of(code: str | None, say: Say) -> str:
    """None, and a code that is no longer offered: not named."""
    return say(CAUSES.get(code or "", _UNNAMED))
