"""What an assertion says and who says so, on its way from the spotter or a person into rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from verify.articles.models import Assertion, CueType, Hop, Mode, Polarity
from verify.errors import Refused
from verify.sources import lookups as sources
from verify.sources.models import Source, SourceKind

STATEMENT_LENGTH = 2_000
LONGEST_CHAIN = 6


@dataclass(frozen=True, slots=True)
class Link:
    """One hop of a chain, before it is a row."""

    name: str
    kind: SourceKind
    role: str = ""
    terms: str = ""
    written: str = ""
    speaks_for: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement with its attribution; the chain runs from the hop nearest the reader to the origin."""

    statement: str
    mode: Mode
    chain: Sequence[Link] = ()
    cue: str = ""
    channel: str = ""
    caveat: str = ""
    cue_type: CueType | None = None
    polarity: Polarity = Polarity.ASSERTS


def checked(wording: Wording) -> Wording:
    """Return the wording with blanks trimmed, or refuse it with the reason."""
    statement = " ".join(wording.statement.split())
    chain = tuple(link for link in wording.chain if link.name.strip())
    if not statement:
        raise Refused("Say in one sentence what is asserted.", field="statement")
    if len(statement) > STATEMENT_LENGTH:
        raise Refused(f"Keep the statement under {STATEMENT_LENGTH:,} characters.", field="statement")
    if len(chain) > LONGEST_CHAIN:
        raise Refused(f"A chain has at most {LONGEST_CHAIN} hops.", field="origin_name")
    if wording.mode is Mode.OWN_VOICE and chain:
        raise Refused(
            "In the outlet’s own voice nobody else speaks: leave the chain empty, or choose how it was said.",
            field="mode",
        )
    if wording.mode is not Mode.OWN_VOICE and not chain:
        raise Refused(
            "Name who says so. If the text names nobody, write what it has, such as “reports”, as anonymous.",
            field="origin_name",
        )
    return Wording(
        statement=statement,
        mode=wording.mode,
        chain=chain,
        cue=wording.cue.strip(),
        channel=wording.channel.strip(),
        caveat=wording.caveat.strip(),
        cue_type=wording.cue_type if wording.cue.strip() else None,
        polarity=wording.polarity,
    )


def put(session: Session, assertion: Assertion, wording: Wording) -> None:
    """Write a checked wording into an assertion, its hops resolved to registered sources."""
    assertion.statement = wording.statement
    assertion.mode = wording.mode
    assertion.cue = wording.cue[:200]
    assertion.channel = wording.channel[:100]
    assertion.caveat = wording.caveat[:500]
    assertion.cue_type = wording.cue_type
    assertion.polarity = wording.polarity
    known = sources.resolve_all(session, [link.name for link in wording.chain])
    if links_of(assertion) == list(wording.chain):
        return
    assertion.hops.clear()
    session.flush()  # old hops leave before new ones take their positions
    assertion.hops.extend(hops_for(wording.chain, known))


def hops_for(chain: Sequence[Link], known: dict[str, Source]) -> list[Hop]:
    """Return the rows of a chain; `known` holds the registered source of each name that has one."""
    return [
        Hop(
            position=position,
            name=link.name.strip()[:200],
            written=(link.written or link.name).strip()[:200],
            kind=link.kind,
            role=link.role.strip()[:200],
            terms=link.terms.strip()[:60],
            speaks_for=link.speaks_for.strip()[:200],
            source=known.get(link.name),
        )
        for position, link in enumerate(chain)
    ]


def links_of(assertion: Assertion) -> list[Link]:
    """Return an assertion's chain as it stands."""
    return [
        Link(hop.name, hop.kind, hop.role, hop.terms, hop.written, hop.speaks_for) for hop in assertion.hops
    ]


def as_words(assertion: Assertion) -> dict[str, Any]:
    """Return what an assertion says and who says so, as plain values that the log and a history keep."""
    return {
        "span": [assertion.start, assertion.end],
        "statement": assertion.statement,
        "mode": assertion.mode.value,
        "cue": assertion.cue,
        "cue_type": assertion.cue_type.value if assertion.cue_type else "",
        "polarity": assertion.polarity.value,
        "channel": assertion.channel,
        "caveat": assertion.caveat,
        "chain": [{**asdict(link), "kind": link.kind.value} for link in links_of(assertion)],
    }


def from_words(words: Mapping[str, Any]) -> Wording:
    """Return the wording that `as_words` gave."""
    return Wording(
        statement=words["statement"],
        mode=Mode(words["mode"]),
        chain=[Link(**{**link, "kind": SourceKind(link["kind"])}) for link in words["chain"]],
        cue=words["cue"],
        cue_type=CueType(words["cue_type"]) if words["cue_type"] else None,
        polarity=Polarity(words["polarity"]),
        channel=words["channel"],
        caveat=words["caveat"],
    )
