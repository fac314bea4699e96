"""What people decide about assertions: marking one by hand, editing, dismissing, restoring."""

from __future__ import annotations

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from verify.accounts.models import Person
from verify.articles import wording as wordings
from verify.articles.models import ArticleVersion, Assertion, AssertionState
from verify.articles.passages import trimmed
from verify.articles.signals import assertion_changed
from verify.articles.suggestions import BY_HAND
from verify.articles.wording import Wording
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Conflict, Refused
from verify.permissions import Permission, demand

LONGEST_PASSAGE = 5_000
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
    )
    _decide(assertion, actor)
    session.add(assertion)
    wordings.put(session, assertion, checked)
    session.flush()
    audit.record(session, actor, "assertion.marked", assertion, _as_words(assertion))
    return assertion


def edit_assertion(
    session: Session,
    actor: Person,
    assertion: Assertion,
    *,
    wording: Wording,
    start: int | None = None,
    end: int | None = None,
    row_version: int | None = None,
) -> Assertion:
    """Correct an assertion's span, statement or attribution; from then on it is people's, not the machine's."""
    demand(actor, Permission.EDIT_ARTICLE)
    _expect(assertion, row_version)
    before = _as_words(assertion)
    checked = wordings.checked(wording)
    if start is not None and end is not None:
        assertion.start, assertion.end = _span(assertion.version, start, end)
    wordings.put(session, assertion, checked)
    after = _as_words(assertion)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if not changed:
        return assertion
    assertion.edited = True
    _decide(assertion, actor)
    _save(session)
    assertion_changed.send(assertion, session=session, actor=actor)
    audit.record(session, actor, "assertion.edited", assertion, changed)
    return assertion


def dismiss(
    session: Session, actor: Person, assertion: Assertion, *, reason: str, row_version: int | None = None
) -> Assertion:
    """Set an assertion aside with a reason; it stays readable and can be restored."""
    demand(actor, Permission.EDIT_ARTICLE)
    _expect(assertion, row_version)
    reason = " ".join(reason.split())
    if assertion.state is AssertionState.FILED:
        raise Refused(
            "This assertion is filed under a ticket. Take it out of the ticket first.", field="reason"
        )
    if assertion.state is AssertionState.DISMISSED:
        raise Refused("This assertion is dismissed already.", field="reason")
    if not reason:
        raise Refused("Say why, so that nobody has to wonder later.", field="reason")
    if len(reason) > 500:
        raise Refused("Keep the reason under 500 characters.", field="reason")
    assertion.state = AssertionState.DISMISSED
    assertion.reason = reason
    _decide(assertion, actor)
    _save(session)
    audit.record(session, actor, "assertion.dismissed", assertion, {"reason": reason})
    return assertion


def restore(session: Session, actor: Person, assertion: Assertion) -> Assertion:
    """Take a dismissal back; the assertion waits again."""
    demand(actor, Permission.EDIT_ARTICLE)
    if assertion.state is not AssertionState.DISMISSED:
        raise Refused("This assertion is not dismissed, so there is nothing to restore.")
    reason = assertion.reason
    assertion.state = AssertionState.SUGGESTED
    assertion.reason = ""
    # A person looked at it and wants it: a new spotting must not take it away.
    assertion.edited = True
    _decide(assertion, actor)
    _save(session)
    audit.record(session, actor, "assertion.restored", assertion, {"dismissed_because": reason})
    return assertion


def mark_filed(session: Session, actor: Person, assertion: Assertion) -> None:
    """Note that an assertion now appears in a ticket; the ticket's own action logs the act."""
    if assertion.state is AssertionState.FILED:
        raise Refused("This assertion is filed under a ticket already.")
    assertion.state = AssertionState.FILED
    assertion.reason = ""
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


def _as_words(assertion: Assertion) -> dict[str, object]:
    return {
        "span": [assertion.start, assertion.end],
        "statement": assertion.statement,
        "mode": assertion.mode.value,
        "cue": assertion.cue,
        "channel": assertion.channel,
        "caveat": assertion.caveat,
        "denies": assertion.denies,
        "chain": [[hop.name, hop.kind.value, hop.role] for hop in assertion.hops],
    }
