"""The states of a ticket and the moves between them: one table, read by everybody, pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a ticket stands. What the desk concluded is its rating, a different thing."""

    OPEN = "open"
    IN_REVIEW = "in_review"
    DISPUTED = "disputed"
    GRADED = "graded"
    APPROVED = "approved"
    PUBLISHED = "published"
    RETRACTED = "retracted"
    DROPPED = "dropped"
    MERGED = "merged"


class Rating(StrEnum):
    """What the desk concludes about a claim."""

    CONFIRMED = "confirmed"
    MOSTLY_RIGHT = "mostly_right"
    UNVERIFIED = "unverified"
    MISLEADING = "misleading"
    FALSE = "false"


class Move(StrEnum):
    """A way from one state to another."""

    START_REVIEW = "start_review"
    STOP_REVIEW = "stop_review"
    DISPUTE = "dispute"
    SETTLE = "settle"
    ADJUDICATE = "adjudicate"
    APPROVE = "approve"
    VOID_APPROVAL = "void_approval"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    RETRACT = "retract"
    REOPEN = "reopen"
    DROP = "drop"
    MERGE = "merge"


@dataclass(frozen=True)
class Rule:
    """From which states a move starts, where it leads, whether it needs a reason and starts a new round."""

    start: frozenset[Status]
    end: Status
    needs_reason: bool = False
    new_round: bool = False


_S = Status
_AT_WORK = frozenset({_S.OPEN, _S.IN_REVIEW, _S.DISPUTED, _S.GRADED})

MOVES: dict[Move, Rule] = {
    Move.START_REVIEW: Rule(frozenset({_S.OPEN}), _S.IN_REVIEW),
    Move.STOP_REVIEW: Rule(frozenset({_S.IN_REVIEW}), _S.OPEN),
    Move.DISPUTE: Rule(frozenset({_S.IN_REVIEW}), _S.DISPUTED),
    Move.SETTLE: Rule(frozenset({_S.IN_REVIEW}), _S.GRADED),
    Move.ADJUDICATE: Rule(frozenset({_S.DISPUTED}), _S.GRADED),
    Move.APPROVE: Rule(frozenset({_S.GRADED}), _S.APPROVED),
    Move.VOID_APPROVAL: Rule(frozenset({_S.APPROVED}), _S.GRADED, needs_reason=True),
    Move.SEND_BACK: Rule(
        frozenset({_S.GRADED, _S.APPROVED}), _S.IN_REVIEW, needs_reason=True, new_round=True
    ),
    Move.PUBLISH: Rule(frozenset({_S.APPROVED}), _S.PUBLISHED),
    # What is public can be retracted at once, also while the reopened ticket is graded anew.
    Move.RETRACT: Rule(_AT_WORK | {_S.PUBLISHED, _S.DROPPED}, _S.RETRACTED, needs_reason=True),
    Move.REOPEN: Rule(
        frozenset({_S.PUBLISHED, _S.RETRACTED, _S.DROPPED}), _S.OPEN, needs_reason=True, new_round=True
    ),
    Move.DROP: Rule(_AT_WORK, _S.DROPPED, needs_reason=True),
    Move.MERGE: Rule(_AT_WORK, _S.MERGED, needs_reason=True),
}

EDITABLE = _AT_WORK | {Status.APPROVED}
"""States in which claim, appearances and evidence may change; a change while approved voids the approval."""

CLOSED = frozenset({Status.PUBLISHED, Status.RETRACTED, Status.DROPPED, Status.MERGED})
"""States in which nothing waits for anybody."""
