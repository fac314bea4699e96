"""From words that a person selected or typed to the place in the frozen text that they mean."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles import actions
from verify.articles.forms import AssertionForm, DismissForm, typed
from verify.articles.models import ArticleVersion, Assertion
from verify.articles.passages import Place, place_at, places_of, trimmed
from verify.articles.plaintext import plain
from verify.articles.wording import links_of
from verify.errors import Refused


def places(text: str, asked: Mapping[str, str]) -> list[Place]:
    """Return the places that a request means: the one selected, or each where the typed words stand."""
    start, end = _number(asked.get("start")), _number(asked.get("end"))
    if start is not None and end is not None and 0 <= start < end <= len(text):
        start, end = trimmed(text, start, end)
        return [place_at(text, start, end)] if start < end else []
    return places_of(text, asked.get("passage", ""))


def form_for(found: list[Place], typed: str) -> AssertionForm:
    """Return the form for the one place found, or for the words as they were typed."""
    if len(found) != 1:
        return AssertionForm(data={"passage": typed})
    place = found[0]
    statement = " ".join(plain(place.passage).split())
    return AssertionForm(data={"passage": place.passage, "start": place.start, "statement": statement})


def mark(session: Session, actor: Person, version: ArticleVersion, form: AssertionForm) -> Assertion:
    """Make an assertion by hand from what the form says."""
    start, end = span(version.text, form.passage.data or "", form.start.data)
    return actions.mark_by_hand(session, actor, version, start=start, end=end, wording=form.wording())


def mend(session: Session, actor: Person, assertion: Assertion, form: AssertionForm) -> Assertion:
    """Correct an assertion by what the form says."""
    start, end = span(assertion.version.text, form.passage.data or "", assertion.start)
    return actions.edit_assertion(
        session,
        actor,
        assertion,
        wording=form.wording(before=links_of(assertion)),
        start=start,
        end=end,
        reason=form.why.data or "",
        row_version=form.row_version.data,
    )


def dismiss(session: Session, actor: Person, assertion: Assertion, form: DismissForm) -> Assertion:
    """Set an assertion aside for the reason that the form gives."""
    return actions.dismiss(
        session,
        actor,
        assertion,
        ground=form.chosen(),
        reason=typed(form.reason),
        row_version=form.row_version.data,
    )


def span(text: str, passage: str, near: int | None) -> tuple[int, int]:
    """Return where the passage stands: its only place, or the one nearest to where it was."""
    found = places_of(text, passage, limit=1_000)
    if not found:
        raise Refused(
            "These words do not stand in the article like this. Copy the passage from the text, letter by letter.",
            field="passage",
        )
    if near is None and len(found) > 1:
        raise Refused(
            f"These words stand in the article {len(found)} times. Add the words around them, so that one "
            "place is left.",
            field="passage",
        )
    place = min(found, key=lambda one: abs(one.start - (near or 0)))
    return place.start, place.end


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 9 else None
