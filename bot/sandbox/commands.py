"""Menus of commands: what the bot set for which chats, and which menu a person sees."""

from typing import Any

Scope = tuple[str, int, int]
Menu = list[dict[str, str]]
DEFAULT: Scope = ("default", 0, 0)


class Commands:
    def __init__(self) -> None:
        self._menus: dict[tuple[Scope, str], Menu] = {}

    def put(self, scope: dict[str, Any] | None, language: str, menu: Menu) -> None:
        self._menus[_scope(scope), language] = menu

    def get(self, scope: dict[str, Any] | None, language: str) -> Menu:
        return self._menus.get((_scope(scope), language), [])

    def shown(self, *, chat: int, person: int, private: bool, leads: bool) -> Menu:
        """The narrowest menu that is set, in the order of the Bot API's scopes."""
        for scope in _ladder(chat=chat, person=person, private=private, leads=leads):
            for language in ("ru", ""):
                if menu := self._menus.get((scope, language)):
                    return menu
        return []


def _ladder(*, chat: int, person: int, private: bool, leads: bool) -> list[Scope]:
    if private:
        return [("chat", chat, 0), ("all_private_chats", 0, 0), DEFAULT]
    administrators = [("chat_administrators", chat, 0)] if leads else []
    everywhere = [("all_chat_administrators", 0, 0)] if leads else []
    return [
        ("chat_member", chat, person),
        *administrators,
        ("chat", chat, 0),
        *everywhere,
        ("all_group_chats", 0, 0),
        DEFAULT,
    ]


def _scope(scope: dict[str, Any] | None) -> Scope:
    given = scope or {"type": "default"}
    return (given["type"], int(given.get("chat_id") or 0), int(given.get("user_id") or 0))
