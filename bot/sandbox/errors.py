"""What the sandbox refuses: a call of the bot, or a deed of a persona."""

from typing import NoReturn

PREFIX = {400: "Bad Request: ", 401: "", 403: "Forbidden: ", 409: "Conflict: "}


class ApiError(Exception):
    """A refusal in the words of the Bot API; ``code`` is the HTTP status."""

    def __init__(self, *, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.description = description


class ImpossibleDeedError(Exception):
    """A persona tried what no messenger would offer; ``key`` names the page's sentence."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def refuse(reason: str, *, code: int = 400) -> NoReturn:
    raise ApiError(code=code, description=PREFIX[code] + reason)


def forbid(key: str) -> NoReturn:
    raise ImpossibleDeedError(key)
