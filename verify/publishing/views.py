"""Pages of publishing: the approval page of the desk, and the public site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.accounts.sessions import reader, settings
from verify.db import db, start_reading
from verify.errors import Conflict, DeskError
from verify.forms import finish, form_again, refuse
from verify.grading.pages import WORDS
from verify.grading.proposal import RULES
from verify.grading.rubric import CONFIDENCE, CREDIBILITY, RATINGS, RELIABILITY, RUBRIC
from verify.permissions import Permission, public, requires
from verify.publishing import actions, forms, lookups, parts
from verify.publishing import concerns as impact
from verify.publishing.claimreview import markup
from verify.publishing.content import Publisher
from verify.publishing.desk import approval_desk
from verify.publishing.feed import entry
from verify.publishing.method import METHOD
from verify.publishing.page import claim_page, evidence_cards
from verify.publishing.selection import investigations, key_from, selection_from
from verify.tickets import lookups as ticket_lookups
from verify.tickets import sections
from verify.tickets.models import Ticket
from verify.tickets.moves import expect_version

bp = Blueprint("publishing", __name__)
parts.install()
OPEN_TO_ALL = "published verdicts are for everybody"
PUBLIC_PAGE = "publishing.verdict"
Act = Callable[[Session, Person, Ticket], object]


def publisher() -> Publisher:
    """The desk as the publisher of its verdicts."""
    return Publisher(settings().desk_name, settings().base_url)


# The desk: approval and what follows it


@bp.get("/tickets/<reference>/approval")
@requires(Permission.APPROVE)
def approval(reference: str) -> ResponseReturnValue:
    """The approval page: the judgement, the rules, the wording and what the public would see."""
    ticket = ticket_lookups.ticket_by_reference(db.session, reader(), reference)
    return render_template("publishing/approval.html", **_page(ticket))


@bp.post("/tickets/<reference>/approval/wording")
@requires(Permission.APPROVE)
def wording(reference: str) -> ResponseReturnValue:
    """Save the public explanation."""
    form = forms.WordingForm()
    return _act(reference, "wording", form, "The wording is saved. Read the preview below.",
                lambda s, p, t: actions.write_wording(s, p, t, summary=form.summary.data or ""))  # fmt: skip


@bp.post("/tickets/<reference>/approval")
@requires(Permission.APPROVE, confirm=True)
def approve(reference: str) -> ResponseReturnValue:
    """Approve exactly what was on the screen."""
    form = forms.ApproveForm()
    return _act(reference, "approve", form, "Approved. It can be published now.",
                lambda s, p, t: actions.approve(s, p, t, seen_sha256=form.seen_sha256.data or "",
                                                exception_reason=form.exception_reason.data or ""))  # fmt: skip


@bp.post("/tickets/<reference>/approval/return")
@requires(Permission.APPROVE)
def send_back(reference: str) -> ResponseReturnValue:
    """Return the ticket to its reviewers."""
    form = forms.ReturnForm()
    return _act(reference, "return", form, "Returned to the reviewers with your reason.",
                lambda s, p, t: actions.send_back(s, p, t, reason=form.reason.data or ""), "tickets.show")  # fmt: skip


@bp.post("/tickets/<reference>/approval/withdraw")
@requires(Permission.APPROVE)
def withdraw(reference: str) -> ResponseReturnValue:
    """Take an approval back."""
    form = forms.WithdrawForm()
    return _act(reference, "withdraw", form, "The approval is withdrawn.",
                lambda s, p, t: actions.withdraw_approval(s, p, t, reason=form.reason.data or ""))  # fmt: skip


@bp.post("/tickets/<reference>/approval/publish")
@requires(Permission.PUBLISH, confirm=True)
def publish(reference: str) -> ResponseReturnValue:
    """Publish what was approved."""
    form = forms.PublishForm()
    return _act(reference, "publish", form, "Published. This is what readers see.",
                lambda s, p, t: actions.publish(s, p, t, reason=form.reason.data or ""), PUBLIC_PAGE)  # fmt: skip


@bp.post("/tickets/<reference>/approval/correct")
@requires(Permission.CORRECT, confirm=True)
def correct(reference: str) -> ResponseReturnValue:
    """Correct the wording of a published verdict."""
    form = forms.CorrectForm()
    return _act(reference, "correct", form, "The correction is public. Read it on the page.",
                lambda s, p, t: actions.correct(s, p, t, claim=form.claim.data or "", summary=form.summary.data or "",
                                                reason=form.reason.data or ""))  # fmt: skip


@bp.post("/tickets/<reference>/approval/retract")
@requires(Permission.CORRECT, confirm=True)
def retract(reference: str) -> ResponseReturnValue:
    """Withdraw a published verdict."""
    form = forms.RetractForm()
    return _act(reference, "retract", form, "The verdict is retracted; its page says so.",
                lambda s, p, t: actions.retract(s, p, t, reason=form.reason.data or ""), PUBLIC_PAGE)  # fmt: skip


def _act(
    reference: str, name: str, form: forms.SeenForm, message: str, act: Act, then: str = "publishing.approval"
) -> ResponseReturnValue:
    ticket = ticket_lookups.ticket_by_reference(db.session, reader(), reference)
    if form.validate_on_submit():
        try:
            expect_version(ticket, form.version.data)
            act(db.session, reader(), ticket)
            return finish(form, url_for(then, reference=reference), message)
        except DeskError as error:
            refuse(form, error)
    db.session.rollback()
    start_reading()
    ticket = ticket_lookups.ticket_by_reference(db.session, reader(), reference)
    return form_again("publishing/approval.html", form, **_page(ticket, **{name: form}))


def _page(ticket: Ticket, **sent: forms.SeenForm) -> dict[str, Any]:
    """The context of the approval page; a form that was sent stays as it was typed."""
    desk = approval_desk(db.session, reader(), ticket, publisher())
    last = desk.versions[-1].content if desk.versions else {}
    blank = {
        "wording": forms.WordingForm(None, summary=desk.content["summary"] if desk.content else ""),
        "approve": forms.ApproveForm(None, seen_sha256=desk.sha256),
        "return": forms.ReturnForm(None),
        "withdraw": forms.WithdrawForm(None),
        "publish": forms.PublishForm(None),
        "correct": forms.CorrectForm(None, claim=last.get("claim"), summary=last.get("summary")),
        "retract": forms.RetractForm(None),
    }
    for form in blank.values():
        form.version.data = ticket.version
    for form in sent.values():
        if (
            getattr(form, "status", 0) == Conflict.status
        ):  # told of the change, they see the ticket as it is now
            form.version.raw_data, form.version.data = None, ticket.version
            if "seen_sha256" in form:
                form.seen_sha256.data = desk.sha256
    shown = desk.preview
    preview = (
        {"version": shown, "page": claim_page(shown), "evidence": evidence_cards(shown)} if shown else None
    )
    return {
        "ticket": ticket,
        "desk": desk,
        "forms": blank | sent,
        "preview": preview,
        "sent": set(sent),
        "words": WORDS,
        "notes": sections.notes_of(db.session, reader(), ticket),
    }


@bp.get("/concerns")
@requires(Permission.READ_DESK)
def concerns() -> ResponseReturnValue:
    """Published verdicts whose origins are no longer what they say."""
    return render_template("publishing/concerns.html", **_concerns(forms.StandsForm(formdata=None)))


@bp.post("/concerns/<int:number>")
@requires(Permission.CORRECT)
def let_stand(number: int) -> ResponseReturnValue:
    """Say that a verdict stands as it is."""
    form, concern = forms.StandsForm(), impact.concern_by_id(db.session, reader(), number)
    if form.validate_on_submit():
        try:
            impact.let_stand(db.session, reader(), concern, reason=form.reason.data or "")
            return finish(form, url_for("publishing.concerns"), "The verdict stands; your reason is kept.")
        except DeskError as error:
            refuse(form, error)
    return form_again("publishing/concerns.html", **_concerns(form, number))


def _concerns(form: forms.StandsForm, sent: int = 0) -> dict[str, Any]:
    """What waits, with the reports that hold each verdict."""
    found = impact.open_concerns(db.session, reader())
    reports = {one.id: impact.reports_of(db.session, one.verdict) for one in found}
    return {"form": form, "sent": sent, "concerns": found, "reports": reports}


# The public site


@bp.get("/verdicts")
@public(OPEN_TO_ALL)
def front() -> ResponseReturnValue:
    """The index of published verdicts, with search and filters as links."""
    selection = selection_from(request.args)
    page = lookups.front(
        db.session, selection,
        older_than=key_from(request.args, "older"), newer_than=key_from(request.args, "newer"),
    )  # fmt: skip
    return render_template(
        "public/front.html",
        front=page,
        selection=selection,
        investigations=investigations(db.session),
        ratings=RATINGS,
    )


@bp.get("/verdicts/feed.atom")
@public(OPEN_TO_ALL)
def feed() -> ResponseReturnValue:
    """Publications, corrections and retractions as an Atom feed."""
    entries = [entry(content, change, publisher()) for content, change in lookups.newest_changes(db.session)]
    page = render_template("public/feed.xml", entries=entries, publisher=publisher())
    return Response(page, mimetype="application/atom+xml")


@bp.get("/verdicts/<reference>")
@public(OPEN_TO_ALL)
def verdict(reference: str) -> ResponseReturnValue:
    """The verdict as it stands."""
    found = lookups.published(db.session, reference, publisher())
    return render_template(
        "public/verdict.html", version=found, newest=found, page=claim_page(found), evidence=evidence_cards(found),
        markup=markup(found), seen_again=lookups.seen_again(db.session, reference),
    )  # fmt: skip


@bp.get("/verdicts/<reference>/versions/<int:number>")
@public(OPEN_TO_ALL)
def version(reference: str, number: int) -> ResponseReturnValue:
    """A version as it stood; markup is on the current page alone."""
    newest = lookups.published(db.session, reference, publisher())
    found = lookups.published(db.session, reference, publisher(), number)
    return render_template(
        "public/verdict.html", version=found, newest=newest, page=claim_page(found), evidence=evidence_cards(found),
        markup=None,
    )  # fmt: skip


@bp.get("/method")
@public("how the desk judges is for everybody")
def method() -> ResponseReturnValue:
    """The rubric, the ratings and the corrections policy."""
    return render_template(
        "public/method.html", method=METHOD, rubric=RUBRIC, ratings=RATINGS, rules=RULES, reliability=RELIABILITY,
        credibility=CREDIBILITY, confidence=CONFIDENCE, desk_name=settings().desk_name,
    )  # fmt: skip
