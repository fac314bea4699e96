"""The keys that seal identities: outside the database, replaced one by one, and never shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from tests.cast import make_person, make_source, sign_in
from tests.pages import Visitor
from tests.sources.sealing import KEY, NAME, OLDER, VAULT, WHO, sealed
from verify.config import UnsafeSettings, read_settings
from verify.db import db
from verify.errors import Refused
from verify.sources import identity_actions
from verify.sources.commands import identities
from verify.sources.identity_lookups import protected
from verify.sources.models import ProtectedIdentity, SourceKind
from verify.sources.vault import Vault, new_key


def test_without_a_key_the_form_says_what_to_do(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        source = make_source(db.session, NAME, SourceKind.ANONYMOUS)
        db.session.commit()
        visitor, number = sign_in(Visitor(app), nadia), source.id
        with pytest.raises(Refused, match="verify identities new-key"):
            identity_actions.seal(db.session, nadia, source, WHO, Vault([]))
    page = visitor.get(f"/sources/{number}/identity")
    assert "sets VERIFY_IDENTITY_KEYS to it" in page.text
    assert not page.select("//input[@name='more'] | //textarea[@name='more']")


def test_a_key_is_replaced_and_the_old_one_taken_out(keyed: Flask) -> None:
    with keyed.app_context():
        nadia, source = sealed()
        kept = protected(db.session, nadia, source)
        assert kept is not None
        fresh = new_key()
        both, alone = Vault([fresh, KEY]), Vault([fresh])
        with pytest.raises(Refused, match="the key that sealed it"):
            identity_actions.open_identity(db.session, nadia, source, alone, reason="A call.")
        assert identity_actions.open_identity(db.session, nadia, source, both, reason="A call.") == WHO
        assert identity_actions.reseal_all(db.session, both) == 1
        assert kept.key_mark == alone.mark
        assert identity_actions.open_identity(db.session, nadia, source, alone, reason="A call.") == WHO
        with pytest.raises(Refused, match=VAULT.mark):
            Vault([KEY]).open(source.id, kept.sealed, VAULT.mark)


def test_a_sealed_identity_opens_in_its_own_row_alone(keyed: Flask) -> None:
    with keyed.app_context():
        nadia, source = sealed()
        kept = protected(db.session, nadia, source)
        assert kept is not None
        with pytest.raises(Refused, match="tampered with"):
            VAULT.open(source.id + 1, kept.sealed, kept.key_mark)
        with pytest.raises(Refused, match="tampered with"):
            VAULT.open(source.id, kept.sealed[:-6] + "AAAAA=", kept.key_mark)


def test_the_command_line_makes_keys_and_seals_anew(keyed: Flask, tmp_path: Path) -> None:
    made = CliRunner().invoke(identities, ["new-key"]).stdout.strip()
    assert read_settings({"VERIFY_IDENTITY_KEYS": made, "VERIFY_DATA": str(tmp_path)}).identity_keys == (
        made,
    )
    with keyed.app_context():
        source = sealed()[1]
        stored = db.session.get_one(ProtectedIdentity, source.id)
        stored.sealed = Vault([OLDER]).seal(source.id, WHO)
        db.session.commit()
        number = source.id
    keyed.extensions["verify_settings"] = replace(
        keyed.extensions["verify_settings"], identity_keys=(KEY, OLDER)
    )
    told = keyed.test_cli_runner().invoke(identities, ["reseal"])
    assert "1 identity is sealed with the first key." in told.output
    with keyed.app_context():
        stored = db.session.get_one(ProtectedIdentity, number)
        assert VAULT.open(number, stored.sealed, stored.key_mark) == WHO


def test_a_key_that_is_none_stops_the_start_and_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings, match="Key 2 in VERIFY_IDENTITY_KEYS is no key") as stopped:
        read_settings({"VERIFY_IDENTITY_KEYS": f"{KEY}, hunter2", "VERIFY_DATA": str(tmp_path)})
    assert "hunter2" not in str(stopped.value)
    settings = read_settings({"VERIFY_IDENTITY_KEYS": f"{KEY},{OLDER}", "VERIFY_DATA": str(tmp_path)})
    assert settings.identity_keys == (KEY, OLDER)
    assert KEY not in repr(settings)
