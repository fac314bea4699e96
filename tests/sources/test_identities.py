"""Who an anonymous source is: sealed, opened by named people only, every look logged, and readable nowhere else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import make_url, select, update

from tests.cast import make_person, make_source, open_ticket, sign_in
from tests.pages import Page, Visitor
from tests.sources.sealing import NAME, SECRETS, VAULT, WHO, sealed
from verify.accounts.models import AuthSession, Person
from verify.audit.lookups import export_lines
from verify.audit.models import AuditEntry
from verify.config import Settings
from verify.db import Base, db, now
from verify.errors import Forbidden, Refused
from verify.permissions import Role
from verify.sources import actions, identity_actions
from verify.sources.identity_lookups import looks
from verify.sources.merge_actions import merge_sources
from verify.sources.models import ProtectedIdentity, Source, SourceKind
from verify.sources.vault import Identity


def everything_stored() -> str:
    """Every value of every table, and the log as it is exported."""
    rows = [
        str(row._mapping)
        for table in Base.metadata.sorted_tables
        for row in db.session.execute(select(table))
    ]
    return "\n".join([*rows, *export_lines(db.session)])


def files_of(settings: Settings) -> bytes:
    """Every byte under the desk's data folder, and of its database with its journals on SQLite."""
    places = [path for path in settings.data_dir.rglob("*") if path.is_file()]
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        places += list(Path(url.database).parent.glob(f"{Path(url.database).name}*"))
    return b"".join(path.read_bytes() for path in places)


def open_in_browser(page: Page, reason: str) -> Page:
    return page.form("/identity/open").submit(reason=reason)


def test_the_plain_text_is_in_no_table_no_log_and_no_file(keyed: Flask, settings: Settings) -> None:
    with keyed.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        source = make_source(db.session, NAME, SourceKind.ANONYMOUS)
        db.session.commit()
        visitor, address = sign_in(Visitor(keyed), nadia), f"/sources/{source.id}/identity"
    page = visitor.get(address).form("/identity").submit(name=WHO.name, more=WHO.more)
    assert "The identity is sealed." in page.text
    shown = open_in_browser(page, "To call back before we publish.")
    assert "Zeynep Aksungur" in shown.text
    assert "blue-heron-71" in shown.text
    with keyed.app_context():
        stored = everything_stored()
        assert "To call back before we publish." in stored  # the look is logged
        assert not [word for word in SECRETS if word in stored]
    found = files_of(settings)
    assert not [word for word in SECRETS if word.encode() in found]


def test_pages_search_and_history_never_tell_who_it_is(keyed: Flask) -> None:
    with keyed.app_context():
        nadia, source = sealed()
        visitor, number = sign_in(Visitor(keyed), nadia), source.id
        open_ticket(db.session, nadia)
        db.session.commit()
    pages = [
        visitor.get(address)
        for address in (
            f"/sources/{number}", f"/sources/{number}/identity", f"/sources/{number}/edit", "/sources?q=Zeynep",
            "/sources", "/queue?q=Zeynep", "/search?q=Zeynep", "/search?q=aksungr", f"/sources/{number}/merge",
        )
    ]  # fmt: skip
    for page in pages:
        assert page.status == 200
        assert "Aksungur" not in page.html
        assert "heron" not in page.html
    assert "protected" in pages[0].text
    assert "sealed who it is" in pages[0].text


def test_only_people_who_were_named_open_it_whatever_their_role(keyed: Flask) -> None:
    with keyed.app_context():
        nadia, source = sealed()
        every_role = make_person(db.session, "Leila Haddad", *Role)
        with pytest.raises(Forbidden, match="You were not named"):
            identity_actions.open_identity(db.session, every_role, source, VAULT, reason="I run this desk.")
        with pytest.raises(Forbidden):
            identity_actions.name_reader(db.session, every_role, source, every_role)
        with pytest.raises(Forbidden):
            identity_actions.destroy(db.session, every_role, source, VAULT, reason="I run this desk.")
        with pytest.raises(Forbidden):
            identity_actions.seal(db.session, every_role, source, Identity("Nobody Else"), VAULT)
        identity_actions.name_reader(db.session, nadia, source, every_role)
        opened = identity_actions.open_identity(db.session, every_role, source, VAULT, reason="A call back.")
        assert opened == WHO
        assert "Zeynep" not in repr(opened)


def test_every_look_and_every_refused_try_is_logged_without_who_it_is(keyed: Flask) -> None:
    with keyed.app_context():
        nadia, source = sealed()
        tomas = make_person(db.session, "Tomas Rivas", Role.EDITOR)
        db.session.commit()
        number = source.id
        named, other = sign_in(Visitor(keyed), nadia), sign_in(Visitor(keyed), tomas)
        address = f"/sources/{number}/identity"
    form = named.get(address).form("/identity/open")
    assert "Zeynep Aksungur" in form.submit(reason="To call back.").text
    page = other.get(address)
    assert "You were not named to open it" in page.text
    assert not page.select("//form[contains(@action, '/identity')]")
    fields = form.fields()
    fields["reason"], fields["form_key"] = "Curious.", "another"
    fields["csrf_token"] = page.select("//input[@name='csrf_token']/@value")[0]
    assert other.post(f"{address}/open", fields).status == 403
    with keyed.app_context():
        seen = looks(db.session, db.session.get_one(Source, number))
        assert [(one.name, one.opened) for one in seen] == [("Tomas Rivas", False), ("Nadia Rahimi", True)]
        assert seen[1].reason == "To call back."
        assert "Zeynep" not in everything_stored()
    assert "Tomas Rivas tried to open it and was refused" in named.get(address).text


def test_opening_asks_for_the_password_again(keyed: Flask) -> None:
    with keyed.app_context():
        nadia, source = sealed()
        visitor, number = sign_in(Visitor(keyed), nadia), source.id
        db.session.execute(update(AuthSession).values(confirmed_at=now() - timedelta(hours=1)))
        db.session.commit()
    page = open_in_browser(visitor.get(f"/sources/{number}/identity"), "To call back.")
    assert page.status == 403
    assert "Zeynep" not in page.html
    with keyed.app_context():
        opened = select(AuditEntry).where(AuditEntry.action == "source.identity_opened")
        assert db.session.scalars(opened).first() is None


def test_the_page_that_shows_it_is_kept_by_nobody(keyed: Flask) -> None:
    with keyed.app_context():
        nadia, source = sealed()
        visitor, number = sign_in(Visitor(keyed), nadia), source.id
    page = open_in_browser(visitor.get(f"/sources/{number}/identity"), "To call back.")
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert not page.select("//form[@data-keep or @data-autosave]")
    assert visitor.get(f"/sources/{number}/identity/open").status == 405


def test_a_reason_is_needed_and_must_not_tell_who_it_is(keyed: Flask) -> None:
    with keyed.app_context():
        nadia, source = sealed()
        with pytest.raises(Refused, match="Say why you need to know"):
            identity_actions.open_identity(db.session, nadia, source, VAULT, reason="  ")
        with pytest.raises(Refused, match="Do not write who it is into the reason"):
            identity_actions.open_identity(db.session, nadia, source, VAULT, reason="To call ZEYNEP back")


def test_a_card_that_tells_who_it_is_protects_nobody(keyed: Flask) -> None:
    with keyed.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        source = make_source(db.session, "Zeynep at the dam", SourceKind.ANONYMOUS)
        with pytest.raises(Refused, match="The card of this source has a word of this name") as refused:
            identity_actions.seal(db.session, nadia, source, WHO, VAULT)
        assert refused.value.field == "name"
        with pytest.raises(Refused, match="Only an unnamed source"):
            identity_actions.seal(db.session, nadia, make_source(db.session, "Tarik Onal"), WHO, VAULT)


def test_a_history_that_tells_who_it_is_protects_nobody(keyed: Flask) -> None:
    with keyed.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        kind = SourceKind.ANONYMOUS
        source = actions.register_source(db.session, nadia, name="Zeynep at the dam", kind=kind, note="")
        actions.describe_source(
            db.session, nadia, source, name=NAME, kind=kind, note="", version=source.version
        )
        old = next(alias for alias in source.aliases if alias.name != NAME)
        actions.remove_alias(db.session, nadia, source, old)
        db.session.commit()
        with pytest.raises(Refused, match="the history keeps it"):
            identity_actions.seal(db.session, nadia, source, WHO, VAULT)


def test_whatever_somebody_tries_who_was_not_named_is_refused_and_logged(keyed: Flask) -> None:
    with keyed.app_context():
        nadia, source = sealed()
        tomas = make_person(db.session, "Tomas Rivas", Role.EDITOR)
        db.session.commit()
        address, own = f"/sources/{source.id}/identity", str(tomas.id)
        named, other = sign_in(Visitor(keyed), nadia), sign_in(Visitor(keyed), tomas)
        readers = f"{address}/readers"
        tries = {
            address: {"name": "Somebody Else", "more": ""},
            readers: {"person": own},
            f"{readers}/{nadia.id}/withdraw": {},
            f"{address}/destroy": {"reason": "To be rid of it."},
        }
    token = other.get(address).select("//input[@name='csrf_token']/@value")[0]
    for number, (place, fields) in enumerate(tries.items()):
        answer = other.post(place, {**fields, "csrf_token": token, "form_key": f"forged-{number}"})
        assert answer.status == 403
        assert "That you tried is in the log." in answer.text
    page = named.get(address).text
    for tried in ("seal it anew", "name somebody", "withdraw somebody", "destroy it"):
        assert f"Tomas Rivas tried to {tried} and was refused" in page
    assert "Zeynep Aksungur" in open_in_browser(named.get(address), "To call back.").text


def test_the_last_who_may_open_it_stays(keyed: Flask) -> None:
    with keyed.app_context():
        nadia, source = sealed()
        omar = make_person(db.session, "Omar Haidari")
        with pytest.raises(Refused, match="Nobody else may open it"):
            identity_actions.withdraw_reader(db.session, nadia, source, nadia.id)
        with pytest.raises(Refused, match="does not keep sources"):
            identity_actions.name_reader(db.session, nadia, source, make_person(db.session, "R", Role.READER))
        identity_actions.name_reader(db.session, nadia, source, omar)
        with pytest.raises(Refused, match="may open it already"):
            identity_actions.name_reader(db.session, nadia, source, omar)
        identity_actions.withdraw_reader(db.session, omar, source, nadia.id)
        with pytest.raises(Forbidden):
            identity_actions.open_identity(db.session, nadia, source, VAULT, reason="A call.")


def test_a_protected_source_is_neither_named_nor_merged_away(keyed: Flask) -> None:
    with keyed.app_context():
        nadia, source = sealed()
        other = make_source(db.session, "A worker at the dam", SourceKind.ANONYMOUS)
        with pytest.raises(Refused, match="has a protected identity, which stays with it"):
            merge_sources(db.session, nadia, source, other, reason="The same voice.")
        with pytest.raises(Refused, match="stays unnamed"):
            actions.describe_source(
                db.session, nadia, source, name=NAME, kind=SourceKind.PERSON, note="", version=source.version
            )
        named = make_source(db.session, "Zeynep Aksungur")
        with pytest.raises(Refused, match="stays unnamed: the card would show the name Zeynep Aksungur"):
            merge_sources(db.session, nadia, named, source, reason="The same voice.")
        with pytest.raises(Refused, match=r"stays with it\. Have the identity destroyed first"):
            merge_sources(db.session, nadia, source, named, reason="The same voice.")
        merge_sources(db.session, nadia, other, source, reason="The same voice.")
        opened = identity_actions.open_identity(db.session, nadia, source, VAULT, reason="A call back.")
        assert opened == WHO


def test_destroying_leaves_nothing_to_open(keyed: Flask) -> None:
    with keyed.app_context():
        nadia, source = sealed()
        number, person = source.id, nadia.id
        visitor = sign_in(Visitor(keyed), nadia)
    page = visitor.get(f"/sources/{number}/identity").form("/destroy").submit(reason="Zeynep wants it so.")
    assert page.status == 422
    page = page.form("/destroy").submit(reason="As we promised.")
    assert "is destroyed" in page.text
    with keyed.app_context():
        assert db.session.scalars(select(ProtectedIdentity)).first() is None
        source = db.session.get_one(Source, number)
        with pytest.raises(Refused, match="has no protected identity"):
            identity_actions.open_identity(
                db.session, db.session.get_one(Person, person), source, VAULT, reason="Again."
            )
