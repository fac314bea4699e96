"""The page of jobs: what waits, what runs, what failed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError
from verify.forms import DeskForm, finish, form_again, refuse
from verify.jobs import actions, lookups
from verify.jobs.forms import JobForm
from verify.jobs.kinds import KINDS
from verify.jobs.models import Job, JobState
from verify.permissions import Permission, requires

bp = Blueprint("jobs", __name__, url_prefix="/jobs")


@bp.get("")
@requires(Permission.MANAGE_JOBS)
def index() -> ResponseReturnValue:
    """Jobs in one state, with what can be done about each."""
    return render_template("jobs/index.html", form=JobForm(formdata=None), **_page())


@bp.post("/<int:number>/cancel")
@requires(Permission.MANAGE_JOBS)
def cancel(number: int) -> ResponseReturnValue:
    """Cancel a job that waits or runs."""
    form, job = JobForm(), lookups.job(db.session, reader(), number)
    if form.validate_on_submit():
        try:
            actions.cancel(db.session, reader(), job)
            return finish(form, url_for("jobs.index", state="cancelled"), "The job is cancelled.")
        except DeskError as error:
            refuse(form, error)
    return _again(form)


@bp.post("/<int:number>/again")
@requires(Permission.MANAGE_JOBS)
def try_again(number: int) -> ResponseReturnValue:
    """Have a job that failed or was cancelled tried again."""
    form, job = JobForm(), lookups.job(db.session, reader(), number)
    if form.validate_on_submit():
        try:
            actions.try_again(db.session, reader(), job)
            return finish(form, url_for("jobs.index", state="waiting"), "The job is back in the queue.")
        except DeskError as error:
            refuse(form, error)
    return _again(form)


def _again(form: DeskForm) -> ResponseReturnValue:
    db.session.rollback()
    return form_again("jobs/index.html", form, **_page())


def _page() -> dict[str, Any]:
    """What the page shows; without a state asked for, the first that has any jobs to look after."""
    counts = lookups.counts(db.session, reader())
    asked = request.args.get("state", "")
    order = (JobState.RUNNING, JobState.WAITING, JobState.FAILED)
    state = (
        JobState(asked)
        if asked in set(JobState)
        else next((one for one in order if counts[one]), JobState.DONE)
    )
    after = request.args.get("after", type=int)
    page = lookups.jobs(
        db.session, reader(), state, after=after if after and 0 < after < lookups.LARGEST else None
    )
    return {
        "page": page,
        "state": state,
        "states": list(JobState),
        "counts": counts,
        "nobody_works": lookups.nobody_works(db.session),
        "label_of": lambda job: KINDS[job.kind].label if job.kind in KINDS else job.kind,
        "address_of": address_of,
    }


def address_of(job: Job) -> str | None:
    """The page that a job is about."""
    kind = KINDS.get(job.kind)
    return kind.address(job.payload) if kind is not None and kind.address is not None else None
