"""One permission map, default deny, used by views, actions, the command line and exports alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from flask import Flask

from verify.errors import Forbidden


class Role(StrEnum):
    """What a person is on this desk; one person may hold several."""

    READER = "reader"
    CHECKER = "checker"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """One thing that a person may be allowed to do."""

    READ_DESK = "read_desk"
    TAKE_IN_ARTICLE = "take_in_article"
    EDIT_ARTICLE = "edit_article"
    EDIT_SOURCE = "edit_source"
    OPEN_TICKET = "open_ticket"
    EDIT_TICKET = "edit_ticket"
    COMMENT = "comment"
    ASSIGN = "assign"
    ADD_EVIDENCE = "add_evidence"
    REVIEW = "review"
    ADJUDICATE = "adjudicate"
    APPROVE = "approve"
    PUBLISH = "publish"
    CORRECT = "correct"
    BUILD_REPORT = "build_report"
    READ_AUDIT = "read_audit"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_JOBS = "manage_jobs"
    IMPORT_CLAIMREVIEWS = "import_claimreviews"
    CURATE_CLAIMREVIEWS = "curate_claimreviews"
    OWN_ACCOUNT = "own_account"


_P = Permission
_READER = frozenset({_P.READ_DESK, _P.OWN_ACCOUNT, _P.BUILD_REPORT})
_CHECKER = _READER | {
    _P.TAKE_IN_ARTICLE, _P.EDIT_ARTICLE, _P.EDIT_SOURCE, _P.OPEN_TICKET, _P.EDIT_TICKET, _P.COMMENT, _P.ASSIGN,
    _P.ADD_EVIDENCE, _P.REVIEW, _P.ADJUDICATE, _P.IMPORT_CLAIMREVIEWS,
}  # fmt: skip
_EDITOR = _CHECKER | {_P.APPROVE, _P.PUBLISH, _P.CORRECT, _P.READ_AUDIT, _P.CURATE_CLAIMREVIEWS}
# An administrator runs the desk and judges nothing: no bypass. Who must do both holds both roles.
_ADMINISTRATOR = _READER | {_P.MANAGE_PEOPLE, _P.MANAGE_JOBS, _P.READ_AUDIT}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.READER: _READER,
    Role.CHECKER: frozenset(_CHECKER),
    Role.EDITOR: frozenset(_EDITOR),
    Role.ADMINISTRATOR: frozenset(_ADMINISTRATOR),
}


class Actor(Protocol):
    """Whoever acts or reads: an account that is active and holds roles."""

    @property
    def is_active(self) -> bool: ...

    @property
    def roles(self) -> Iterable[Role]: ...


def may(person: Actor | None, permission: Permission | str) -> bool:
    """Whether any of the person's roles grants this permission; nobody and inactive accounts may do nothing."""
    if person is None or not person.is_active:
        return False
    wanted = Permission(permission)
    return any(wanted in PERMISSIONS[role] for role in person.roles)


def demand(person: Actor | None, permission: Permission) -> None:
    """Refuse unless the person may; called by every action, so that no door goes round it."""
    if not may(person, permission):
        raise Forbidden(
            f"Your role does not let you {permission.value.replace('_', ' ')}. Ask an administrator of the desk for it."
        )


@dataclass(frozen=True)
class Gate:
    """What a route declares about who may pass: a permission, or the reason why everybody may."""

    permission: Permission | None
    reason: str = ""
    confirm: bool = False


View = TypeVar("View", bound=Callable[..., object])


def requires(permission: Permission, *, confirm: bool = False) -> Callable[[View], View]:
    """Declare the permission of a route; `confirm` asks for the password again when it was long ago."""

    def mark(view: View) -> View:
        view.gate = Gate(permission, confirm=confirm)  # type: ignore[attr-defined]  # functions take attributes
        return view

    return mark


def public(reason: str) -> Callable[[View], View]:
    """Declare that everybody may use a route, and why."""

    def mark(view: View) -> View:
        view.gate = Gate(None, reason)  # type: ignore[attr-defined]  # functions take attributes
        return view

    return mark


def gate_of(app: Flask, endpoint: str | None) -> Gate | None:
    """The gate that an endpoint declared; None for an address that leads nowhere."""
    if endpoint is None or endpoint not in app.view_functions:
        return None
    gate = getattr(app.view_functions[endpoint], "gate", None)
    return gate if isinstance(gate, Gate) else None


def refuse_undeclared_routes(app: Flask) -> None:
    """Stop the start when a route declares neither a permission nor a public reason."""
    open_doors = sorted(
        rule.endpoint for rule in app.url_map.iter_rules() if gate_of(app, rule.endpoint) is None
    )
    if open_doors:
        raise RuntimeError(f"These routes declare no permission: {', '.join(open_doors)}.")
