"""The page of results."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.permissions import Permission, requires
from verify.search import pages, vocabulary

bp = Blueprint("search", __name__, url_prefix="/search")
vocabulary.install()


@bp.get("")
@requires(Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """What was found; a reference alone leads to its ticket, except while somebody still types."""
    if "X-Live" not in request.headers:
        reference = pages.straight_to(db.session, reader(), request.args.get("q", ""))
        if reference is not None:
            return redirect(url_for("tickets.show", reference=reference))
    return render_template("search/index.html", **pages.index(request.args))
