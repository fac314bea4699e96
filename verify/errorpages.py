"""Errors as plain pages: a sentence that says what to do next, and a number to quote."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from verify.db import db, start_reading
from verify.errors import DeskError
from verify.forms import where_it_went

log = logging.getLogger(__name__)

SENTENCES = {
    400: "Your browser sent something that the desk cannot read. Go back, reload the page and try again.",
    404: "There is nothing at this address that you may see.",
    405: "This address does not take that kind of request. Go back and use the buttons of the page.",
    413: "What you sent is larger than the desk takes. Send a smaller file, or paste the text.",
    429: "Too many attempts. Wait a few minutes and try again.",
}


def page(status: int, message: str, number: str | None = None) -> ResponseReturnValue:
    """The error page, rendered outside any write transaction."""
    db.session.rollback()
    start_reading()
    return render_template("errors/error.html", status=status, message=message, number=number), status


def install(app: Flask) -> None:
    """Answer every error with a page; what the desk did not foresee is logged under a number shown to the person."""

    @app.errorhandler(DeskError)
    def _refused(error: DeskError) -> ResponseReturnValue:
        return page(error.status, error.message)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error.get_response()
        return page(error.code, SENTENCES.get(error.code, error.description or "Something went wrong."))

    @app.errorhandler(StaleDataError)
    @app.errorhandler(IntegrityError)
    def _overtaken(error: Exception) -> ResponseReturnValue:
        log.warning("two writers met: %s", error)
        db.session.rollback()
        location = where_it_went()
        if location is not None:
            return redirect(location, 303)
        return page(409, "Somebody changed this at the same moment. Go back, reload the page and try again.")

    @app.errorhandler(DataError)
    @app.errorhandler(OverflowError)
    def _out_of_range(error: Exception) -> ResponseReturnValue:
        # A number or a character that no row can hold, such as /articles/99999999999: nothing is there.
        log.info("out of range: %s", error)
        return page(404, SENTENCES[404])

    @app.errorhandler(OperationalError)
    def _busy(error: OperationalError) -> ResponseReturnValue:
        log.error("database: %s", error)
        return page(503, "The desk's database did not answer. Nothing was changed; try again in a moment.")

    @app.errorhandler(Exception)
    def _unforeseen(error: Exception) -> ResponseReturnValue:
        number = secrets.token_hex(4)
        log.exception("error %s", number, exc_info=error)
        return page(
            500, "The desk made a mistake. Nothing was changed; please tell an administrator.", number
        )
