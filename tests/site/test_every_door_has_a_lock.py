"""Every address and who may use it, asked of the running desk and written to docs/permissions.md."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.cast import make_person, sign_in
from tests.pages import Visitor
from tests.site.source import ROOT
from verify.db import db
from verify.permissions import PERMISSIONS, Gate, Permission, Role, gate_of

TABLE = ROOT / "docs" / "permissions.md"
WRITES = {"POST", "PUT", "PATCH", "DELETE"}
# Something to put into an address; what it names need not exist, since the gate comes before any look.
PARTS = {"reference": "ORT-9999", "filename": "css/base.css", "token": "no-such-token", "act": "close"}
HEAD = """# Who may do what

Written by `tests/site/test_every_door_has_a_lock.py`, which asks the running desk at every address, as a stranger and
as a person of each role, and fails when this page is not what it found. An administrator judges nothing unless they
hold another role too. Beyond the role, the work itself bars people: nobody reviews a ticket they opened, adjudicates
one they reviewed, or approves one on which they did anything; see `verify/*/actions.py`.

**yes**: the desk answers (it may still say that there is nothing at this address, or that the form lacks something).
**sign in**: the desk asks who is there. **no**: refused. *again* behind a permission means that the password is asked
for once more when it was typed more than a quarter of an hour ago.

| Address | Method | Needs | Stranger | Reader | Checker | Editor | Administrator |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Door:
    """One address with one method."""

    rule: Rule
    method: str
    gate: Gate

    @property
    def needs(self) -> str:
        """The permission, or why none is asked for."""
        if self.gate.permission is None:
            return f"nothing: {self.gate.reason}"
        again = " · *again*" if self.gate.confirm and self.method in WRITES else ""
        return self.gate.permission.value.replace("_", " ") + again

    @property
    def address(self) -> str:
        """An address behind it, with something in every gap."""
        built = self.rule.build(
            {name: PARTS.get(name, 1) for name in self.rule.arguments}, append_unknown=False
        )
        assert built is not None, self.rule.rule
        return built[1]


def doors(app: Flask) -> list[Door]:
    found = []
    for rule in app.url_map.iter_rules():
        gate = gate_of(app, rule.endpoint)
        assert gate is not None, f"{rule.rule} declares neither a permission nor a public reason"
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            found.append(Door(rule, method, gate))
    return sorted(found, key=lambda door: (door.rule.rule, door.method))


def answer(visitor: Visitor, address: str, method: str) -> str:
    """What the desk says to this visitor: yes, no, or who are you."""
    response = visitor.client.open(address, method=method)
    response.close()
    asked_to_sign_in = response.status_code == 401 or (response.location or "").startswith("/sign-in?next=")
    if asked_to_sign_in:
        return "sign in"
    return "no" if response.status_code == 403 else "yes"


def expected(door: Door, role: Role | None) -> str:
    if door.gate.permission is None:
        return "yes"
    if role is None:
        return "sign in"
    return "yes" if door.gate.permission in PERMISSIONS[role] else "no"


@pytest.fixture
def people(app: Flask) -> dict[Role | None, Visitor]:
    """A stranger, and somebody of each role."""
    with app.app_context():
        signed_in: dict[Role | None, Visitor] = {
            role: sign_in(Visitor(app), make_person(db.session, f"Somebody {role}", role)) for role in Role
        }
    return {None: Visitor(app), **signed_in}


def test_every_address_opens_to_whom_it_says_and_the_page_about_it_is_true(
    app: Flask, people: dict[Role | None, Visitor]
) -> None:
    lines = []
    for door in doors(app):
        address = door.address
        leaves = door.rule.endpoint == "accounts.sign_out"  # asked last of all, so that people stay signed in
        got = {
            role: expected(door, role) if leaves and role else answer(visitor, address, door.method)
            for role, visitor in people.items()
        }
        assert got == {role: expected(door, role) for role in people}, f"{door.method} {address}"
        answers = " | ".join(got[role] for role in people)
        shown = door.rule.rule.replace("|", "\\|")
        lines.append(f"| `{shown}` | {door.method} | {door.needs} | {answers} |")
    page = HEAD + "\n".join(lines) + "\n"
    written = TABLE.read_text(encoding="utf-8") if TABLE.exists() else ""
    if written != page:
        TABLE.write_text(page, encoding="utf-8")
    assert written == page, (
        "docs/permissions.md was out of date; it is written anew: look at it and commit it"
    )


def test_a_permission_that_nobody_asks_for_is_not_kept(app: Flask) -> None:
    asked = {door.gate.permission for door in doors(app)}
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "verify").rglob("*.py"))
    unused = [one for one in Permission if one not in asked and f"Permission.{one.name}" not in source]
    assert not unused


def test_a_role_includes_no_more_than_its_row_of_the_readme(app: Flask) -> None:
    assert Permission.APPROVE not in PERMISSIONS[Role.CHECKER]
    assert Permission.PUBLISH not in PERMISSIONS[Role.CHECKER]
    judging = {
        Permission.REVIEW,
        Permission.ADJUDICATE,
        Permission.APPROVE,
        Permission.PUBLISH,
        Permission.CORRECT,
    }
    assert not judging & PERMISSIONS[Role.ADMINISTRATOR]
    assert not judging & PERMISSIONS[Role.READER]


def test_pages_behind_a_permission_are_neither_stored_nor_indexed(people: dict[Role | None, Visitor]) -> None:
    answer = people[Role.CHECKER].client.get("/account")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_every_answer_carries_the_headers_that_keep_strangers_out(people: dict[Role | None, Visitor]) -> None:
    for visitor, address in (
        (people[None], "/verdicts"),
        (people[Role.CHECKER], "/queue"),
        (people[None], "/nowhere"),
    ):
        answer = visitor.client.get(address)
        policy = dict(
            part.strip().split(" ", 1)
            for part in answer.headers["Content-Security-Policy"].split(";")
            if part
        )
        assert policy["default-src"] == "'none'"
        for kind in ("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action"):
            assert policy[kind] == "'self'", kind
        for kind in ("base-uri", "object-src", "frame-ancestors"):
            assert policy[kind] == "'none'", kind
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_form_without_its_token_changes_nothing(people: dict[Role | None, Visitor]) -> None:
    visitor = people[Role.ADMINISTRATOR]
    assert visitor.client.post("/account/name", data={"name": "Mallory"}).status_code == 400
    assert "Mallory" not in visitor.get("/account").html
