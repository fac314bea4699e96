"""The ways the desk says no. Each carries a whole sentence for the person, and the field it belongs to."""

from __future__ import annotations


class DeskError(Exception):
    """A rule was not met. `message` says what to do next; `field` names the form field it stands beside."""

    status = 422

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Refused(DeskError):
    """A rule of the desk forbids this act, or what was typed cannot be taken."""


class Conflict(DeskError):
    """Somebody else changed the thing since this person saw it; nothing of what they typed is lost."""

    status = 409


class Missing(DeskError):
    """Absent, or not for this reader: the two look alike."""

    status = 404

    def __init__(self, message: str = "There is nothing at this address that you may see.") -> None:
        super().__init__(message)


class Forbidden(DeskError):
    """The person's roles do not allow this act."""

    status = 403
