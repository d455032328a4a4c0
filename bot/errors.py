"""Why the program cannot go on; ``bot.cli.refusals`` has the words for each."""


class AnotherPollerError(Exception):
    """Somebody else takes this bot's updates, or a webhook is set (409)."""


class RefusedTokenError(Exception):
    """The messenger does not know this token, or no longer (401)."""


class UnreachableMessengerError(Exception):
    """No answer from the messenger's server."""
