"""The one kind of error that a user is meant to see."""

from __future__ import annotations

from typing import Any

from core.text import Text


class UserError(Exception):
    """One plain sentence that says what, where and what to do; shown beside its cause, changes nothing."""

    def __init__(self, message: Text) -> None:
        """`message` is translated when it is shown."""
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        """The sentence in English."""
        return str(self.message)


def refuse(message: str, **values: Any) -> UserError:
    """A `UserError` to raise, from a message and its values."""
    return UserError(Text(message, values))
