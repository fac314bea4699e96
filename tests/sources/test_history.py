"""The card of a source tells what people did to it, in words, and leaves out nothing but looks at an identity."""

from __future__ import annotations

from datetime import date

from flask import Flask

from tests.cast import make_person, make_source
from verify.db import db
from verify.sources import actions, apart_actions, identity_actions, reliability_actions, tie_actions
from verify.sources.history import history_of
from verify.sources.merge_actions import merge_sources, split_back, split_off
from verify.sources.models import Source, SourceKind, TieKind
from verify.sources.reliability import Reliability
from verify.sources.tie_actions import Statement
from verify.sources.vault import Identity, Vault, new_key


def told(source_id: int) -> list[str]:
    db.session.commit()
    source = db.session.get_one(Source, source_id)
    return [
        f"{one.who.name if one.who else 'The desk'} {one.words}" for one in history_of(db.session, source)
    ]


def test_every_act_is_a_line_in_words(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia")
        board = make_source(db.session, "Water Board", SourceKind.ORGANISATION)
        one = actions.register_source(db.session, nadia, name="Lale Demir", kind=SourceKind.PERSON)
        actions.describe_source(
            db.session,
            nadia,
            one,
            name="Lale Demirci",
            kind=SourceKind.ACCOUNT,
            note="x",
            version=one.version,
        )
        alias = actions.add_alias(db.session, nadia, one, "L. D.")
        actions.remove_alias(db.session, nadia, one, alias)
        stated = Statement(TieKind.SPEAKS_FOR, "Her page", other=board)
        tie = tie_actions.state_tie(db.session, nadia, one, stated)
        tie_actions.close_tie(db.session, nadia, one, tie, until=date(2021, 9, 5), reason="Dismissed.")
        tie_actions.end_tie(db.session, nadia, one, tie, reason="Never held.")
        since = date(2021, 9, 1)
        judged = reliability_actions.judge(
            db.session, nadia, one, grade=Reliability.C, since=since, reason="Cases."
        )
        reliability_actions.take_judgement_back(db.session, nadia, one, judged, reason="A mix-up.")
        difference = apart_actions.refuse_spelling(db.session, nadia, one, "Lale Demirel")
        apart_actions.take_back(db.session, nadia, one, difference)
        assert told(one.id) == [
            "Nadia took back what was told apart: the name “Lale Demirel”",
            "Nadia told apart: the name “Lale Demirel”",
            "Nadia took back the C from 1 September 2021",
            "Nadia judged its reliability C from 1 September 2021",
            "Nadia took back: Lale Demirci speaks for Water Board",
            "Nadia ended on 5 September 2021: Lale Demirci speaks for Water Board",
            "Nadia stated: Lale Demirci speaks for Water Board",
            "Nadia removed the name “L. D.”",
            "Nadia confirmed the name “L. D.”",
            "Nadia changed the kind from “Person” to “Account on a network” and "
            "the name from “Lale Demir” to “Lale Demirci” and the note",
            "Nadia registered this source",
        ]


def test_mergings_and_identities_are_told_and_looks_are_not(app: Flask) -> None:
    with app.app_context():
        nadia, vault = make_person(db.session, "Nadia"), Vault([new_key()])
        omar = make_person(db.session, "Omar")
        one = make_source(db.session, "A worker", SourceKind.ANONYMOUS)
        other = make_source(db.session, "A labourer", SourceKind.ANONYMOUS)
        merge_sources(db.session, nadia, other, one, reason="The same voice.")
        split_back(db.session, nadia, other, reason="Another voice.")
        alias = actions.add_alias(db.session, nadia, one, "A welder")
        split_off(db.session, nadia, one, [alias], kind=one.kind, reason="Another.")
        identity_actions.seal(db.session, nadia, one, Identity("Zeynep"), vault)
        identity_actions.open_identity(db.session, nadia, one, vault, reason="To call back.")
        identity_actions.name_reader(db.session, nadia, one, omar)
        identity_actions.withdraw_reader(db.session, nadia, one, omar.id)
        identity_actions.destroy(db.session, nadia, one, vault, reason="Promised.")
        assert told(one.id) == [
            "Nadia destroyed the record of who it is",
            "Nadia let one person open its identity no longer",
            "Nadia let one more person open its identity",
            "Nadia sealed who it is",
            "Nadia made a source of its own of A welder",
            "Nadia confirmed the name “A welder”",
            "Nadia merged A labourer into it",
        ]
        assert told(other.id) == ["Nadia split it off from A worker again"]
