"""An anonymous source whose identity is sealed, for the tests about that."""

from __future__ import annotations

from tests.cast import make_person, make_source
from verify.accounts.models import Person
from verify.db import db
from verify.sources import identity_actions
from verify.sources.models import Source, SourceKind
from verify.sources.vault import Identity, Vault, new_key

KEY, OLDER = new_key(), new_key()
VAULT = Vault([KEY])
WHO = Identity("Zeynep Aksungur", "Turbine hall, night shift; reach her through Signal, blue-heron-71.")
SECRETS = ("Zeynep", "Aksungur", "zeynep", "aksungur", "blue-heron", "Turbine hall")
NAME = "An engineer at the dam"


def sealed() -> tuple[Person, Source]:
    """Nadia, and the engineer whose identity she sealed; committed."""
    nadia = make_person(db.session, "Nadia Rahimi")
    source = make_source(db.session, NAME, SourceKind.ANONYMOUS)
    identity_actions.seal(db.session, nadia, source, WHO, VAULT)
    db.session.commit()
    return nadia, source
