"""Why the program cannot go on; ``bot.cli.refusals`` has the words for each."""


class AnotherPollerError(Exception):
    """Somebody else takes this bot's updates, or a webhook is set (409)."""


class RefusedTokenError(Exception):
    """The messenger does not know this token, or no longer (401)."""


class CopyError(Exception):
    """A copy of the database cannot be made or used; the text is for whoever asked for it."""


class UnreachableMessengerError(Exception):
    """No answer from the messenger's server."""
