"""Pages of audit: the log, its check, and its export."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import Any

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from verify.accounts.sessions import reader, settings
from verify.audit import actions, chain, lookups
from verify.audit.forms import ExportForm
from verify.db import db, now, start_reading
from verify.errors import Missing
from verify.forms import finish, form_again
from verify.permissions import Permission, requires

bp = Blueprint("audit", __name__, url_prefix="/audit")
FIVE_MINUTES = 300
HOW_TO_CHECK = "Check this log with Python alone, on any machine:\n\n    python3 chain.py log.jsonl\n"


def chosen() -> dict[str, Any]:
    """The filters in the address, without the empty ones."""
    return {
        name: value
        for name in ("actor", "action", "subject")
        if (value := request.args.get(name, "").strip())
    }


@bp.get("")
@requires(Permission.READ_AUDIT)
def log() -> ResponseReturnValue:
    filters, find = chosen(), request.args.get
    page = lookups.page(
        db.session, reader(), actor=find("actor", type=int), action=filters.get("action", ""),
        subject=filters.get("subject", ""), before=find("before", type=int), after=find("after", type=int),
    )  # fmt: skip
    older = url_for("audit.log", **filters, before=page.before) if page.before else None
    newer = url_for("audit.log", **filters, after=page.after) if page.after else None
    return render_template(
        "audit/log.html", page=page, filters=filters, older=older, newer=newer, names=lookups.names(db.session, page),
        actions=lookups.actions(db.session, reader()), form=ExportForm(formdata=None),
    )  # fmt: skip


@bp.get("/check")
@requires(Permission.READ_AUDIT)
def check() -> ResponseReturnValue:
    found = lookups.check_for(db.session, reader())
    return render_template("audit/check.html", found=found, checked_at=now())


@bp.post("/export")
@requires(Permission.READ_AUDIT, confirm=True)
def export() -> ResponseReturnValue:
    form = ExportForm()
    if not form.validate_on_submit():
        start_reading()
        found = lookups.check_for(db.session, reader())
        return form_again("audit/check.html", form, found=found, checked_at=now())
    actions.record(db.session, reader(), "audit.exported", "log")
    return finish(form, url_for("audit.download", permit=permits().dumps(reader().id)))


@bp.get("/export/<permit>")
@requires(Permission.READ_AUDIT)
def download(permit: str) -> ResponseReturnValue:
    try:
        allowed = permits().loads(permit, max_age=FIVE_MINUTES)
    except BadSignature:
        allowed = None
    if allowed != reader().id:
        raise Missing("This download has ended. Export the log again.")
    name = f"audit-log-{now():%Y-%m-%d}.zip"
    return send_file(packed(), mimetype="application/zip", as_attachment=True, download_name=name)


def permits() -> URLSafeTimedSerializer:
    """Signs the address of a download for whoever just confirmed that they want it."""
    return URLSafeTimedSerializer(settings().secret_key, salt="audit export")


def packed() -> tempfile.SpooledTemporaryFile[bytes]:
    """The log and the program that checks it, in one file."""
    packed = tempfile.SpooledTemporaryFile(max_size=8 * 1024 * 1024)  # noqa: SIM115  # closed by who sends it
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("log.jsonl", "w", force_zip64=True) as log:
            for line in lookups.export_lines(db.session):
                log.write(line.encode())
        archive.write(Path(chain.__file__), "chain.py")
        archive.writestr("README.txt", HOW_TO_CHECK)
    packed.seek(0)
    return packed
