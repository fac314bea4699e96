"""The people of the demo desk. They are invented; example.org belongs to nobody."""

from __future__ import annotations

from dataclasses import dataclass

from verify.accounts.models import Person
from verify.permissions import Role

PASSWORD = "seven lanterns over the pass"  # nosec B105  # printed at every start of the demo, which production refuses

PEOPLE: list[tuple[str, str, tuple[Role, ...]]] = [
    ("Leila Haddad", "leila@example.org", (Role.ADMINISTRATOR,)),
    ("Miriam Oduya", "miriam@example.org", (Role.EDITOR,)),
    ("Tomas Rivas", "tomas@example.org", (Role.EDITOR,)),
    ("Nadia Rahimi", "nadia@example.org", (Role.CHECKER,)),
    ("Jonas Weber", "jonas@example.org", (Role.CHECKER,)),
    ("Aiko Tanaka", "aiko@example.org", (Role.CHECKER,)),
    ("Samir Khoury", "samir@example.org", (Role.CHECKER,)),
    ("Grace Lindqvist", "grace@example.org", (Role.READER,)),
]


@dataclass(frozen=True)
class Cast:
    """The same people once they have accounts, in the order of PEOPLE."""

    leila: Person
    miriam: Person
    tomas: Person
    nadia: Person
    jonas: Person
    aiko: Person
    samir: Person
    grace: Person
