"""The sources that the demo desk knows: names, other names, and how they stand to each other."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.sources.actions import add_alias, register_source
from verify.sources.models import Source, SourceKind, TieKind
from verify.sources.reliability import Reliability
from verify.sources.reliability_actions import judge
from verify.sources.tie_actions import Statement, state_tie

_K, _T = SourceKind, TieKind

# name, kind, other names, note
SOURCES: list[tuple[str, SourceKind, tuple[str, ...], str]] = [
    ("Taliban", _K.ORGANISATION, ("Islamic Emirate of Afghanistan",), "Party to the fighting in Panjshir."),
    ("Zabihullah Mujahid", _K.PERSON, ("Mujahid",), "Chief spokesman; speaks to reporters in Kabul."),
    ("Bilal Karimi", _K.PERSON, (), "Spokesman; writes on Twitter."),
    (
        "National Resistance Front",
        _K.ORGANISATION,
        ("NRF", "National Resistance Front of Afghanistan", "NRFA", "National Resistance Force"),
        "Party to the fighting in Panjshir.",
    ),
    ("Ahmad Massoud", _K.PERSON, ("Massoud",), "Leads the front; son of Ahmad Shah Massoud."),
    ("Fahim Dashti", _K.PERSON, ("Fahim Dashty", "Dashti"), "Journalist and spokesman of the front."),
    ("Amrullah Saleh", _K.PERSON, ("Saleh",), "Former vice president; calls himself acting president."),
    ("Associated Press", _K.AGENCY, ("AP",), ""),
    ("Reuters", _K.AGENCY, (), ""),
    ("AFP", _K.AGENCY, ("Agence France-Presse",), ""),
    ("Tass", _K.AGENCY, ("Russian News Agency Tass",), "State agency."),
    ("Republic TV", _K.OUTLET, (), "Indian television channel."),
    ("Samaa News", _K.OUTLET, ("Samaa TV",), ""),
    ("Emergency", _K.ORGANISATION, (), "Italian aid group; runs the hospital in Anabah."),
    ("A nurse in Anabah", _K.ANONYMOUS, (), "Works where the wounded are brought; speaks to this desk alone."),
    ("Residents of Dara", _K.ANONYMOUS, (), "Three people whom the desk reached by telephone on 7 September."),
    ("Federation of Journalists", _K.ORGANISATION, (), "Speaks with the families of colleagues who are killed."),
    ("Islamabad", _K.ORGANISATION, ("Government of Pakistan",), "Said by outlets for the government of Pakistan."),
]  # fmt: skip

# who, how, to whom (or to which event), known from
TIES: list[tuple[str, TieKind, str, str]] = [
    ("Zabihullah Mujahid", _T.SPEAKS_FOR, "Taliban", "News conference in Kabul, 17 August 2021"),
    ("Bilal Karimi", _T.SPEAKS_FOR, "Taliban", "His own account, which the movement's site links to"),
    ("Fahim Dashti", _T.SPEAKS_FOR, "National Resistance Front", "The front's own account"),
    ("Ahmad Massoud", _T.SPEAKS_FOR, "National Resistance Front", "His statement of 18 August 2021"),
    ("Amrullah Saleh", _T.ALLIED_WITH, "National Resistance Front", "His statement of 17 August 2021"),
    ("Taliban", _T.HOSTILE_TO, "National Resistance Front", "Statements of both sides"),
    ("Taliban", _T.PARTY_TO, "Fighting in Panjshir, 2021", "Statements of both sides"),
    ("National Resistance Front", _T.PARTY_TO, "Fighting in Panjshir, 2021", "Statements of both sides"),
]

# who, how reliable, from which day, why
JUDGEMENTS: list[tuple[str, Reliability, date, str]] = [
    ("Associated Press", Reliability.B, date(2021, 1, 1), "Names its reporters, and corrects in the open."),
    ("Republic TV", Reliability.C, date(2021, 1, 1), "Seldom seen on this desk; nothing against it so far."),
    (
        "Republic TV",
        Reliability.F,
        date(2021, 8, 15),
        "No reporter of its own in the country from this day on.",
    ),
    (
        "Republic TV",
        Reliability.D,
        date(2021, 9, 7),
        "Its pictures of drones over the valley did not show them.",
    ),
    (
        "Zabihullah Mujahid",
        Reliability.D,
        date(2021, 8, 17),
        "Announces gains of his side before anybody sees them.",
    ),
    (
        "Emergency",
        Reliability.F,
        date(2021, 8, 15),
        "Speaks of the wounded it treats; too little to judge by yet.",
    ),
]


def register_sources(session: Session, actor: Person) -> dict[str, Source]:
    """Register every source with its names, then state the ties between them."""
    known: dict[str, Source] = {}
    for name, kind, others, note in SOURCES:
        known[name] = register_source(session, actor, name=name, kind=kind, note=note)
        for other in others:
            add_alias(session, actor, known[name], other)
    for who, how, whom, known_from in TIES:
        event = whom if how is _T.PARTY_TO else ""
        stated = Statement(how, known_from, other=None if event else known[whom], event=event)
        state_tie(session, actor, known[who], stated)
    for who, grade, since, reason in JUDGEMENTS:
        judge(session, actor, known[who], grade=grade, since=since, reason=reason)
    return known
