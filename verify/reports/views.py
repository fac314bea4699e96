"""Pages of reports: choose, see the count and the first ones, build, and download again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader, settings
from verify.db import db, start_reading, start_writing
from verify.errors import DeskError, Refused
from verify.evidence.blobs import Altered, open_blob
from verify.forms import finish, form_again, refuse
from verify.grading.rubric import RATINGS
from verify.permissions import Permission, requires
from verify.publishing.concerns import register_reports
from verify.publishing.selection import Selection, investigations, key_from, selection_from
from verify.publishing.views import publisher
from verify.reports import actions, lookups
from verify.reports.formats import FORMATS
from verify.reports.forms import BuildForm
from verify.reports.lookups import FILTERS

bp = Blueprint("reports", __name__)
register_reports(lookups.reports_holding)


@bp.get("/reports")
@requires(Permission.BUILD_REPORT)
def index() -> ResponseReturnValue:
    """Filters, what they come to, and the reports built so far."""
    selection = selection_from(request.args)
    form = BuildForm(None)
    for name in FILTERS:
        form[name].data = selection.as_json().get(name, "")
    return render_template("reports/index.html", form=form, **_page(selection))


@bp.post("/reports")
@requires(Permission.BUILD_REPORT)
def build() -> ResponseReturnValue:
    """Build the file while only reading, then keep its row."""
    form, selection = BuildForm(), selection_from(request.form)
    if form.validate_on_submit():
        start_reading()
        try:
            built = actions.build(db.session, reader(), selection, form=form.format.data, title=form.title.data or "",
                                  publisher=publisher(), root=settings().blob_dir)  # fmt: skip
            start_writing(db.session)
            report = actions.keep(db.session, reader(), built)
            chosen = {name: part for name, part in selection.as_json().items() if name in FILTERS}
            return finish(form, url_for("reports.index", built=report.id, **chosen), "The report is ready.")
        except DeskError as error:
            refuse(form, error)
    db.session.rollback()
    start_reading()
    return form_again("reports/index.html", form, **_page(selection))


@bp.get("/reports/<int:number>/<file_name>")
@requires(Permission.BUILD_REPORT)
def download(number: int, file_name: str) -> ResponseReturnValue:
    """The file as it was built, read through against its checksum."""
    report = lookups.report(db.session, reader(), number)
    form = FORMATS[report.format.value]
    try:
        file = open_blob(settings().blob_dir, report.sha256)
    except Altered as fault:
        raise Refused(
            "The stored file no longer has the checksum it was built with. Build it again."
        ) from fault
    response: Response = send_file(file, form.media_type, as_attachment=True, download_name=report.file_name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _page(selection: Selection) -> dict[str, Any]:
    built = key_from(request.args, "built")
    reports, older = lookups.reports(db.session, reader(), older_than=key_from(request.args, "older"))
    return {
        "selection": selection,
        "preview": lookups.preview(db.session, selection),
        "picked": set(selection.references),
        "ratings": RATINGS,
        "investigations": investigations(db.session),
        "formats": FORMATS,
        "reports": reports,
        "older": older,
        "built": next((report for report in reports if report.id == built), None),
        "sentence_of": lambda report: lookups.selection_of(report.criteria).sentence,
    }
