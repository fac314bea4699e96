"""The page of insights, and its table for download."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.insights import csv, lookups, pages
from verify.permissions import Permission, requires

bp = Blueprint("insights", __name__, url_prefix="/insights")


@bp.get("")
@requires(Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """Figures about the desk's own work in a period."""
    return render_template("insights/index.html", **pages.index(request.args))


@bp.get("/suggestions.csv")
@requires(Permission.READ_DESK)
def download() -> ResponseReturnValue:
    """What became of suggestions, as CSV."""
    period = pages.period_asked(request.args)
    methods = lookups.acceptance(db.session, reader(), period)
    headers = {"Content-Disposition": 'attachment; filename="suggestions.csv"'}
    return Response(csv.written(methods, period), content_type="text/csv; charset=utf-8", headers=headers)
