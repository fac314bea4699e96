"""Pages of articles: intake, the list, the reading room, and assertions made or mended by hand."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.articles import (
    actions,
    intake,
    lookups,
    marking,
    pages,
    reading,
    shared_text_views,
    spotting_pages,
)
from verify.articles import relinking as relinking  # listens while the desk runs
from verify.articles.forms import (
    AssertionForm,
    BareForm,
    DescribeForm,
    DismissForm,
    IntakeForm,
    VersionForm,
)
from verify.db import db
from verify.errors import DeskError
from verify.forms import finish, form_again, refuse
from verify.permissions import Permission, requires

bp = Blueprint("articles", __name__, url_prefix="/articles")
bp.register_blueprint(shared_text_views.bp)


@bp.get("")
@requires(Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """Every article, newest first, narrowed by plain GET parameters."""
    return render_template("articles/index.html", **pages.listed(request.args))


@bp.get("/new")
@requires(Permission.TAKE_IN_ARTICLE)
def new() -> ResponseReturnValue:
    """The empty intake form."""
    return render_template("articles/new.html", form=IntakeForm())


@bp.post("/new")
@requires(Permission.TAKE_IN_ARTICLE)
def take_in() -> ResponseReturnValue:
    """Take a text in; a file is read first and offered for confirmation."""
    form = IntakeForm()
    if form.validate_on_submit():
        try:
            if intake.brings_file(form):
                intake.read_into(form)
                return pages.offered(form)
            prepared = intake.prepare(form)
            taken = actions.take_in(db.session, reader(), **prepared.as_arguments())
            message = intake.outcome(taken, later=prepared.spotted is None)
            return finish(form, url_for("articles.show", article_id=taken.article.id), message)
        except DeskError as error:
            refuse(form, error)
    return form_again("articles/new.html", form)


@bp.get("/<int:article_id>")
@requires(Permission.READ_DESK)
def show(article_id: int) -> ResponseReturnValue:
    """The reading room."""
    return render_template("articles/show.html", **reading.reading_room(article_id))


@bp.get("/<int:article_id>/edit")
@requires(Permission.EDIT_ARTICLE)
def edit(article_id: int) -> ResponseReturnValue:
    """What is said about an article, to be corrected."""
    article = lookups.article(db.session, reader(), article_id)
    return render_template("articles/edit.html", form=DescribeForm.of(article), article=article)


@bp.post("/<int:article_id>/edit")
@requires(Permission.EDIT_ARTICLE)
def describe(article_id: int) -> ResponseReturnValue:
    """Correct what is said about an article."""
    article = lookups.article(db.session, reader(), article_id)
    form = DescribeForm()
    if form.validate_on_submit():
        try:
            actions.describe(db.session, reader(), article, form.description(), seen=form.seen.data)
            return finish(form, url_for("articles.show", article_id=article_id), "The description is saved.")
        except DeskError as error:
            refuse(form, error)
    return pages.describing_again(form, article_id)


@bp.get("/<int:article_id>/spotting")
@requires(Permission.READ_DESK)
def spotting(article_id: int) -> ResponseReturnValue:
    """How far the spotting of a long text is: a piece of the reading room, for its script."""
    return render_template("articles/_spotting.html", **spotting_pages.spotting(article_id))


@bp.post("/<int:article_id>/spot")
@requires(Permission.EDIT_ARTICLE)
def spot_again(article_id: int) -> ResponseReturnValue:
    """Replace the suggestions that nobody touched: at once, or in the background for a long text."""
    form = BareForm()
    spotted = spotting_pages.spotted_aside(article_id)
    article = lookups.article(db.session, reader(), article_id)
    version = lookups.frozen_text(db.session, reader(), article)
    message = spotting_pages.spotted_again(version, spotted)
    return finish(form, url_for("articles.show", article_id=article_id), message)


@bp.get("/<int:article_id>/assertions/new")
@requires(Permission.EDIT_ARTICLE)
def marking_form(article_id: int) -> ResponseReturnValue:
    """A passage that was selected or typed, ready to be made an assertion."""
    article = lookups.article(db.session, reader(), article_id)
    version = lookups.frozen_text(db.session, reader(), article)
    places = marking.places(version.text, request.args)
    form = marking.form_for(places, request.args.get("passage", ""))
    return render_template("articles/assertion.html", form=form, article=article, places=places)


@bp.post("/<int:article_id>/assertions/new")
@requires(Permission.EDIT_ARTICLE)
def mark(article_id: int) -> ResponseReturnValue:
    """Make an assertion by hand."""
    article = lookups.article(db.session, reader(), article_id)
    version = lookups.frozen_text(db.session, reader(), article)
    form = AssertionForm()
    if form.validate_on_submit():
        try:
            made = marking.mark(db.session, reader(), version, form)
            return finish(form, reading.after_marking(made), "The assertion is in.")
        except DeskError as error:
            refuse(form, error)
    return form_again("articles/assertion.html", form, article=article, places=[])


@bp.get("/<int:article_id>/assertions/<int:assertion_id>/edit")
@requires(Permission.EDIT_ARTICLE)
def mending_form(article_id: int, assertion_id: int) -> ResponseReturnValue:
    """An assertion as it stands, to be corrected."""
    assertion = lookups.assertion_of(db.session, reader(), article_id, assertion_id)
    form = AssertionForm.of(assertion)
    return render_template("articles/assertion.html", form=form, **pages.mending(assertion))


@bp.post("/<int:article_id>/assertions/<int:assertion_id>/edit")
@requires(Permission.EDIT_ARTICLE)
def mend(article_id: int, assertion_id: int) -> ResponseReturnValue:
    """Correct an assertion's passage, statement or attribution."""
    assertion = lookups.assertion_of(db.session, reader(), article_id, assertion_id)
    form = AssertionForm()
    if form.validate_on_submit():
        try:
            marking.mend(db.session, reader(), assertion, form)
            return finish(form, reading.card_url(assertion), "The assertion is saved.")
        except DeskError as error:
            refuse(form, error)
    return pages.mending_again(form, article_id, assertion_id)


@bp.post("/<int:article_id>/assertions/<int:assertion_id>/dismiss")
@requires(Permission.EDIT_ARTICLE)
def dismiss(article_id: int, assertion_id: int) -> ResponseReturnValue:
    """Set an assertion aside with a reason."""
    assertion = lookups.assertion_of(db.session, reader(), article_id, assertion_id)
    form = DismissForm()
    if form.validate_on_submit():
        try:
            marking.dismiss(db.session, reader(), assertion, form)
            return finish(form, reading.card_url(assertion), "Dismissed. It can be restored from its card.")
        except DeskError as error:
            refuse(form, error)
    return reading.reading_room_again(form, assertion)


@bp.post("/<int:article_id>/assertions/<int:assertion_id>/restore")
@requires(Permission.EDIT_ARTICLE)
def restore(article_id: int, assertion_id: int) -> ResponseReturnValue:
    """Take a dismissal back."""
    assertion = lookups.assertion_of(db.session, reader(), article_id, assertion_id)
    form = BareForm()
    if form.validate_on_submit():
        try:
            actions.restore(db.session, reader(), assertion)
            return finish(form, reading.card_url(assertion), "Restored: it waits again.")
        except DeskError as error:
            refuse(form, error)
    return reading.reading_room_again(form, assertion)


@bp.post("/<int:article_id>/assertions/<int:assertion_id>/undo-edit")
@requires(Permission.EDIT_ARTICLE)
def undo_edit(article_id: int, assertion_id: int) -> ResponseReturnValue:
    """Put back what the machine had suggested."""
    assertion = lookups.assertion_of(db.session, reader(), article_id, assertion_id)
    form = VersionForm()
    if form.validate_on_submit():
        try:
            actions.undo_edit(db.session, reader(), assertion, row_version=form.row_version.data)
            return finish(
                form, reading.card_url(assertion), "The edit is taken back: it stands as suggested."
            )
        except DeskError as error:
            refuse(form, error)
    return reading.reading_room_again(form, assertion)
