"""How reliable a source is: judged from a day on, and taken back."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError
from verify.forms import finish, form_again, refuse
from verify.permissions import Permission, requires
from verify.sources import identity_pages, lookups, pages, reliability_actions, reliability_lookups
from verify.sources.blueprint import bp
from verify.sources.forms import ReasonForm, ReliabilityForm
from verify.sources.reliability import Reliability


@bp.get("/<int:source_id>/reliability/new")
@requires(Permission.EDIT_SOURCE)
def judgement(source_id: int) -> ResponseReturnValue:
    """The empty form for a judgement."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    return render_template("sources/judge.html", form=ReliabilityForm(), source=source)


@bp.post("/<int:source_id>/reliability/new")
@requires(Permission.EDIT_SOURCE)
def judge(source_id: int) -> ResponseReturnValue:
    """Judge how reliable a source is from a day on."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    form = ReliabilityForm()
    if form.validate_on_submit():
        try:
            grade = Reliability(form.grade.data)
            said = {"since": form.since.data, "reason": form.reason.data}
            identity_pages.refuse_telling(source, form, "reason")
            reliability_actions.judge(db.session, reader(), source, grade=grade, **said)
            location = url_for("sources.show", source_id=source_id, _anchor="reliability")
            return finish(form, location, "The judgement is on the card.")
        except DeskError as error:
            refuse(form, error)
    return form_again("sources/judge.html", form, source=source)


@bp.post("/<int:source_id>/reliability/<int:judgement_id>/end")
@requires(Permission.EDIT_SOURCE)
def take_judgement_back(source_id: int, judgement_id: int) -> ResponseReturnValue:
    """Take a judgement back with a reason."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    judged = reliability_lookups.judgement_by_id(db.session, source, judgement_id)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            identity_pages.refuse_telling(source, form, "reason")
            reliability_actions.take_judgement_back(
                db.session, reader(), source, judged, reason=form.reason.data
            )
            location = url_for("sources.show", source_id=source_id, _anchor="reliability")
            return finish(form, location, "The judgement is taken back; what held before holds again.")
        except DeskError as error:
            refuse(form, error)
    context = pages.card(db.session, reader(), source, failed_form=form, failed_judgement=judgement_id)
    return form_again("sources/show.html", form, **context)
