"""Pages of other organisations' reviews: the list, one review, importing, and what came of imports."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.claimreviews import curation_views, lookups, pages
from verify.claimreviews.forms import ImportForm
from verify.db import db
from verify.errors import DeskError
from verify.forms import finish, form_again, refuse
from verify.permissions import Permission, requires

bp = Blueprint("claimreviews", __name__, url_prefix="/claimreviews")
bp.register_blueprint(curation_views.bp)


@bp.get("")
@requires(Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """Reviews of other organisations, newest first, narrowed by plain GET parameters."""
    return render_template("claimreviews/index.html", **pages.listed(request.args))


@bp.get("/new")
@requires(Permission.IMPORT_CLAIMREVIEWS)
def new() -> ResponseReturnValue:
    """The empty form of an import."""
    return render_template("claimreviews/new.html", form=ImportForm(formdata=None))


@bp.post("/new")
@requires(Permission.IMPORT_CLAIMREVIEWS)
def bring_in() -> ResponseReturnValue:
    """Import a file at once, or have an address fetched."""
    form = ImportForm()
    if form.validate_on_submit():
        try:
            taken, said = pages.import_from(form)
            return finish(form, url_for("claimreviews.import_", number=taken.id), said)
        except DeskError as error:
            refuse(form, error)
    return form_again("claimreviews/new.html", form)


@bp.get("/imports")
@requires(Permission.READ_DESK)
def imports() -> ResponseReturnValue:
    """What was imported, when and by whom."""
    return render_template("claimreviews/imports.html", **pages.imports_page())


@bp.get("/imports/<int:number>")
@requires(Permission.READ_DESK)
def import_(number: int) -> ResponseReturnValue:
    """What came of one import, with what could not be read and why."""
    return render_template("claimreviews/import.html", **pages.import_page(number))


@bp.get("/<int:number>")
@requires(Permission.READ_DESK)
def show(number: int) -> ResponseReturnValue:
    """One review, with all that its publisher says, and how it came."""
    return render_template("claimreviews/show.html", **pages.one(number))


@bp.get("/<int:number>/versions/<int:version>.json")
@requires(Permission.READ_DESK)
def source(number: int, version: int) -> ResponseReturnValue:
    """The JSON of a review as it came."""
    review = lookups.review(db.session, reader(), number)
    kept = lookups.version(db.session, reader(), review, version)
    answer = Response(kept.source_json, mimetype="application/ld+json")
    answer.headers.set("Content-Disposition", "attachment", filename=pages.file_name(review, kept))
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
