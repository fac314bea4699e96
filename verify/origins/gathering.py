"""Putting together what the count of origins needs, for one ticket or for many, always in the same few queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

from sqlalchemy.orm import Session

from verify.db import now
from verify.origins import decided, sharing
from verify.origins import material as core
from verify.origins.models import EdgeDecision
from verify.origins.passages import Passage, Registry, TieLine, keys_of, passages_of, registry_around
from verify.sources.apart import told_apart
from verify.sources.models import SourceKind, TieKind
from verify.sources.names import name_key
from verify.sources.periods import overlap
from verify.sources.reliability import Reliability
from verify.sources.reliability_lookups import reliability_on
from verify.tickets.records import Record, records_of

_LONGEST_TITLE = 90


@dataclass(frozen=True)
class Gathered:
    """What is known around some passages: the registry, shared text, decisions, judgements, what was told apart."""

    registry: Registry
    shared: Sequence[sharing.SharedLine]
    decisions: Mapping[int | None, Sequence[EdgeDecision]]
    moved: Mapping[str, str]
    discredited: Mapping[int, str]
    apart: tuple[tuple[str, str], ...]
    records: Mapping[int, Sequence[Record]]
    """The records in evidence, by ticket."""


def materials(session: Session, ticket_ids: Sequence[int]) -> dict[int, core.Material]:
    """What the count needs, for each of these tickets; the same few queries, however many there are."""
    passages = passages_of(session, ticket_ids)
    gathered = gather(session, ticket_ids, passages)
    filed: dict[int, list[Passage]] = {number: [] for number in ticket_ids}
    for passage in passages:
        filed[passage.ticket_id].append(passage)
    return {number: material_of(gathered, number, mine) for number, mine in filed.items()}


def gather(session: Session, ticket_ids: Sequence[int], passages: Sequence[Passage]) -> Gathered:
    """Read everything around some passages."""
    in_evidence: dict[int, list[Record]] = {}
    for record in records_of(session, ticket_ids):
        in_evidence.setdefault(record.ticket_id, []).append(record)
    whose = {record.source_id for found in in_evidence.values() for record in found}
    registry = registry_around(session, passages, whose)
    sources = sorted(registry.sources)
    nodes = [f"source:{number}" for number in sources]
    nodes += sorted({f"article:{passage.article_id}" for passage in passages})
    decisions = decided.standing(session, ticket_ids, nodes) if passages or whose else {}
    return Gathered(
        registry,
        sharing.shared_among(session, passages),
        decisions,
        decided.merged_now(session, (one for some in decisions.values() for one in some)),
        _discredited(session, sources),
        _apart(session, sources),
        in_evidence,
    )


def _discredited(session: Session, sources: Collection[int]) -> dict[int, str]:
    """The sources that the desk judges unreliable today, with the reason."""
    if not sources:
        return {}
    judged = reliability_on(session, sources, now().date())
    return {
        number: f"reliability {one.grade.value} since {one.since.day} {one.since:%B %Y}: {one.reason}"
        for number, one in judged.items()
        if one.grade is Reliability.E
    }


def _apart(session: Session, sources: Collection[int]) -> tuple[tuple[str, str], ...]:
    if not sources:
        return ()
    told = told_apart(session, sources)
    pairs = [(f"source:{one}", f"source:{other}") for one, other in told.pairs]
    return tuple(sorted(pairs + [(f"name:{key}", f"source:{number}") for number, key in told.spellings]))


def material_of(gathered: Gathered, ticket_id: int, passages: Sequence[Passage]) -> core.Material:
    """Put one ticket's material together; a tie counts when it held in the days of the articles."""
    registry = gathered.registry
    counted = [passage for passage in passages if not passage.withdrawn]
    days = sorted(passage.published_on for passage in counted if passage.published_on)
    period = (days[0], days[-1]) if days else (None, None)
    ties = {
        number: [tie for tie in held if overlap((tie.since, tie.until), period)]
        for number, held in registry.ties.items()
    }
    records = gathered.records.get(ticket_id, ())
    around = _around(registry, ties, counted, (record.source_id for record in records))
    printed_by = {passage.article_id: printed(registry, passage) for passage in counted}
    claimant = registry.by_key.get(name_key(counted[0].claimant)) if counted and counted[0].claimant else None
    stated = [*gathered.decisions.get(None, ()), *gathered.decisions.get(ticket_id, ())]
    return core.Material(
        appearances=tuple(_appearance(registry, passage) for passage in counted),
        sources=tuple(_source(gathered, number, ties.get(number, [])) for number in sorted(around)),
        ties=tuple(
            {
                tie.id: core.Tie(tie.kind.value, str(tie.source_id), str(tie.other_id), str(tie.id))
                for number in sorted(around)
                for tie in ties.get(number, [])
                if tie.other_id is not None
            }.values()
        ),
        credits=tuple(credit for passage in counted for credit in _credits(registry, passage)),
        shared=tuple(sharing.shared_of(gathered.shared, counted, printed_by)),
        decisions=tuple(decided.as_material(one, gathered.moved) for one in stated),
        claimant=str(claimant) if claimant in around else None,
        records=tuple(_record(registry, record) for record in records),
        apart=gathered.apart,
    )


def _around(
    registry: Registry,
    ties: Mapping[int, Sequence[TieLine]],
    passages: Sequence[Passage],
    whose: Iterable[int],
) -> set[int]:
    """The sources that these passages mention, those whose record is in evidence, and all that they are tied to."""
    around: set[int] = set()
    waiting = [*whose]
    waiting += [number for passage in passages for number in _mentioned(registry, passage)]
    while waiting:
        number = waiting.pop()
        if number in around or number not in registry.sources:
            continue
        around.add(number)
        for tie in ties.get(number, ()):
            waiting += [end for end in (tie.source_id, tie.other_id) if end is not None]
    return around


def _mentioned(registry: Registry, passage: Passage) -> list[int]:
    """The sources of a passage's outlet, hops, credits and claimant."""
    found = [passage.outlet_id, *(hop.source_id for hop in passage.hops)]
    unlinked = [hop.name for hop in passage.hops if hop.source_id is None]
    found += [registry.by_key.get(key) for name in unlinked for key in keys_of(name)]
    found += [registry.by_key.get(name_key(hop.speaks_for)) for hop in passage.hops if hop.speaks_for]
    found += [int(credit.source) for credit in _credits(registry, passage) if credit.source]
    found += [registry.by_key.get(name_key(passage.claimant))] if passage.claimant else []
    return [number for number in found if number is not None]


def _record(registry: Registry, record: Record) -> core.Record:
    source = registry.sources[record.source_id]
    whose = core.Hop(source.name, source.kind.value, str(source.id))
    title = shorten(record.title, _LONGEST_TITLE, placeholder=" …")
    name = f"evidence {record.number} (“{title}”)"
    return core.Record(str(record.id), name, whose, record.denies, title, record.number, record.content)


def _source(gathered: Gathered, number: int, ties: Sequence[TieLine]) -> core.Source:
    source = gathered.registry.sources[number]
    names = tuple(sorted(gathered.registry.names.get(number, [])))
    party = any(tie.kind is TieKind.PARTY_TO and tie.source_id == number for tie in ties)
    unreliable = gathered.discredited.get(number, "")
    return core.Source(str(number), source.name, source.kind.value, names, party, unreliable)


def printed(registry: Registry, passage: Passage) -> core.Hop:
    """The outlet of a passage; one for each article where it is not known."""
    outlet = registry.sources.get(passage.outlet_id) if passage.outlet_id is not None else None
    if outlet is not None:
        return core.Hop(outlet.name, outlet.kind.value, str(outlet.id))
    return core.Hop(f"The outlet of article {passage.article_id}", "outlet")


def _appearance(registry: Registry, passage: Passage) -> core.Appearance:
    chain = tuple(
        core.Hop(
            hop.name,
            hop.kind.value,
            str(hop.source_id) if hop.source_id else None,
            hop.role or None,
            hop.terms or None,
            hop.speaks_for or None,
        )
        for hop in passage.hops
    )
    article, outlet = str(passage.article_id), printed(registry, passage)
    said = (passage.statement, passage.cue, passage.admits)
    return core.Appearance(article, outlet, chain, passage.denies, *said)


def _credits(registry: Registry, passage: Passage) -> list[core.Credit]:
    """The agencies in an article's byline, and whom its text names as where it comes from; not its own outlet."""
    article = str(passage.article_id)
    found = []
    for name in passage.credited:
        number = registry.by_key.get(name_key(name))
        source = registry.sources.get(number) if number is not None else None
        if source is not None and source.kind is SourceKind.AGENCY and source.id != passage.outlet_id:
            found.append(core.Credit(article, source.name, str(source.id)))
    for credit in passage.credits:
        number = registry.by_key.get(name_key(credit["name"])) if credit["name"] else None
        source = registry.sources.get(number) if number is not None else None
        if source is None:
            found.append(core.Credit(article, credit["name"], None, credit["how"]))
        elif source.id != passage.outlet_id:
            found.append(core.Credit(article, source.name, str(source.id), credit["how"]))
    return found
