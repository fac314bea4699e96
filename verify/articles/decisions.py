"""What people decide about assertions: marking by hand, editing, dismissing, and taking either back.

Each decision is kept as a line of the assertion's history, with who, when and why, beside the entry in the log.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from verify.accounts.models import Person
from verify.articles import wording as wordings
from verify.articles.models import Act, ArticleVersion, Assertion, AssertionState, Decision, Ground
from verify.articles.passages import trimmed
from verify.articles.signals import assertion_changed, assertion_decided
from verify.articles.wording import Wording, as_words, from_words
from verify.articles.words import BY_HAND, GROUNDS
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Conflict, Refused
from verify.permissions import Permission, demand

LONGEST_PASSAGE = 5_000
LONGEST_REASON = 500
STALE = (
    "Somebody changed this assertion while you were at it. What you typed is kept below: "
    "compare it with the assertion as it is now, then save again."
)


def mark_by_hand(
    session: Session, actor: Person, version: ArticleVersion, *, start: int, end: int, wording: Wording
) -> Assertion:
    """Make an assertion by hand from a passage of the frozen text."""
    demand(actor, Permission.EDIT_ARTICLE)
    start, end = _span(version, start, end)
    checked = wordings.checked(wording)
    assertion = Assertion(
        version_id=version.id,
        start=start,
        end=end,
        statement=checked.statement,
        mode=checked.mode,
        method=BY_HAND,
        found_at=now(),
    )
    _decide(assertion, actor)
    session.add(assertion)
    wordings.put(session, assertion, checked)
    _keep(session, assertion, actor, Act.MARKED)
    assertion_decided.send(assertion, session=session)
    audit.record(session, actor, "assertion.marked", assertion, as_words(assertion))
    return assertion


def edit_assertion(
    session: Session,
    actor: Person,
    assertion: Assertion,
    *,
    wording: Wording,
    start: int | None = None,
    end: int | None = None,
    reason: str = "",
    row_version: int | None = None,
) -> Assertion:
    """Correct an assertion's span, statement or attribution; from then on it is people's, not the machine's.

    What the machine had suggested stays beside it, so that the edit can be seen and taken back.
    """
    demand(actor, Permission.EDIT_ARTICLE)
    _expect(assertion, row_version)
    reason = _short(reason)
    before = as_words(assertion)
    checked = wordings.checked(wording)
    if start is not None and end is not None:
        assertion.start, assertion.end = _span(assertion.version, start, end)
    wordings.put(session, assertion, checked)
    after = as_words(assertion)
    changed = _changed(before, after)
    if not changed:
        return assertion
    if assertion.method != BY_HAND:
        as_suggested = assertion.suggested or before
        assertion.suggested = as_suggested if as_suggested != after else None
    _finish_edit(session, actor, assertion, Act.EDITED, changed, reason)
    return assertion


def undo_edit(
    session: Session, actor: Person, assertion: Assertion, *, row_version: int | None = None
) -> Assertion:
    """Put back what the machine had suggested; the edit stays in the history."""
    demand(actor, Permission.EDIT_ARTICLE)
    _expect(assertion, row_version)
    if assertion.suggested is None:
        raise Refused("This assertion stands as it was suggested, so there is no edit to take back.")
    before, suggested = as_words(assertion), assertion.suggested
    assertion.start, assertion.end = suggested["span"]
    wordings.put(session, assertion, from_words(suggested))
    assertion.suggested = None
    _finish_edit(session, actor, assertion, Act.EDIT_UNDONE, _changed(before, as_words(assertion)), "")
    return assertion


def _finish_edit(
    session: Session, actor: Person, assertion: Assertion, act: Act, changed: dict[str, Any], reason: str
) -> None:
    assertion.edited = True
    _decide(assertion, actor)
    _keep(session, assertion, actor, act, reason=reason, changes=changed)
    assertion_changed.send(assertion, session=session, actor=actor)
    told = {**changed, **({"reason": reason} if reason else {})}
    action = "assertion.edited" if act is Act.EDITED else "assertion.edit_undone"
    audit.record(session, actor, action, assertion, told)


def dismiss(
    session: Session,
    actor: Person,
    assertion: Assertion,
    *,
    ground: Ground | None,
    reason: str = "",
    row_version: int | None = None,
) -> Assertion:
    """Set an assertion aside, for a reason of the list and in free words; it stays readable and can be restored."""
    demand(actor, Permission.EDIT_ARTICLE)
    _expect(assertion, row_version)
    if assertion.state is AssertionState.FILED:
        raise Refused(
            "This assertion is filed under a ticket. Take it out of the ticket first.", field="reason"
        )
    if assertion.state is AssertionState.DISMISSED:
        raise Refused("This assertion is dismissed already.", field="reason")
    if ground is None:
        raise Refused("Say why, so that nobody has to wonder later.", field="ground")
    reason = _short(reason)
    if ground is Ground.OTHER and not reason:
        raise Refused("Say in a few words what the reason is.", field="reason")
    assertion.state = AssertionState.DISMISSED
    assertion.ground, assertion.reason = ground, reason or GROUNDS[ground]
    _decide(assertion, actor)
    _keep(session, assertion, actor, Act.DISMISSED, ground=ground, reason=reason)
    assertion_decided.send(assertion, session=session)
    audit.record(session, actor, "assertion.dismissed", assertion, {"ground": ground.value, "reason": reason})
    return assertion


def restore(session: Session, actor: Person, assertion: Assertion) -> Assertion:
    """Take a dismissal back; the assertion waits again."""
    demand(actor, Permission.EDIT_ARTICLE)
    if assertion.state is not AssertionState.DISMISSED:
        raise Refused("This assertion is not dismissed, so there is nothing to restore.")
    reason = assertion.reason
    assertion.state = AssertionState.SUGGESTED
    assertion.ground, assertion.reason = None, ""
    # A person looked at it and wants it: a new spotting must not take it away.
    assertion.edited = True
    _decide(assertion, actor)
    _keep(session, assertion, actor, Act.RESTORED)
    assertion_decided.send(assertion, session=session)
    audit.record(session, actor, "assertion.restored", assertion, {"dismissed_because": reason})
    return assertion


def mark_filed(session: Session, actor: Person, assertion: Assertion) -> None:
    """Note that an assertion now appears in a ticket; the ticket's own action logs the act."""
    if assertion.state is AssertionState.FILED:
        raise Refused("This assertion is filed under a ticket already.")
    assertion.state = AssertionState.FILED
    assertion.ground, assertion.reason = None, ""
    _decide(assertion, actor)
    _save(session)


def unmark_filed(session: Session, assertion: Assertion) -> None:
    """Note that an assertion no longer appears in a ticket; it waits again, kept from new spotting."""
    assertion.state = AssertionState.SUGGESTED
    assertion.edited = True
    _save(session)


def _decide(assertion: Assertion, actor: Person) -> None:
    assertion.decided_by_id = actor.id
    assertion.decided_at = now()


def _expect(assertion: Assertion, row_version: int | None) -> None:
    if row_version is not None and row_version != assertion.row_version:
        raise Conflict(STALE)


def _keep(
    session: Session,
    assertion: Assertion,
    actor: Person,
    act: Act,
    *,
    ground: Ground | None = None,
    reason: str = "",
    changes: dict[str, Any] | None = None,
) -> None:
    """Write the assertion, and the decision into its history."""
    _save(session)
    session.add(
        Decision(
            assertion_id=assertion.id,
            act=act,
            ground=ground,
            reason=reason,
            changes=changes or {},
            person_id=actor.id,
            decided_at=assertion.decided_at,
        )
    )
    session.flush()


def _short(reason: str) -> str:
    reason = " ".join(reason.split())
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Keep the reason under {LONGEST_REASON} characters.", field="reason")
    return reason


def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def _save(session: Session) -> None:
    """Write, and notice when somebody else wrote the same row first."""
    try:
        session.flush()
    except StaleDataError as error:
        raise Conflict(STALE) from error


def _span(version: ArticleVersion, start: int, end: int) -> tuple[int, int]:
    """Return the span without blanks at its ends, or refuse one that the text does not have."""
    if not 0 <= start < end <= version.length:
        raise Refused("This passage is not in the article’s text. Select it again.", field="passage")
    start, end = trimmed(version.text, start, end)
    if start >= end:
        raise Refused("This passage is blank. Select the words that assert something.", field="passage")
    if end - start > LONGEST_PASSAGE:
        raise Refused(f"A passage has at most {LONGEST_PASSAGE:,} characters; select less.", field="passage")
    return start, end
