"""Who is asking: server-side sessions, the gate before every view, and keeping what was typed.

The cookie holds an opaque token; only its SHA-256 is stored. Deleting the row signs that browser out at once.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import cast

from flask import Flask, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from verify.accounts.forms import AgainForm, ConfirmForm, PlainForm
from verify.accounts.models import AuthSession, Person
from verify.config import Settings
from verify.db import db, let_write, now, start_reading, start_writing, writing
from verify.errors import Forbidden
from verify.forms import BESIDE_EVERY_FORM, DeskForm, where_it_went
from verify.permissions import gate_of, may

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
REFUSALS = frozenset({403, 404, 409, 422})
SEEN_EVERY = timedelta(minutes=5)
login_manager = LoginManager()
csrf = CSRFProtect()


class SignedIn(UserMixin):  # type: ignore[misc]  # flask-login ships no types
    """What Flask-Login knows of a visitor: the session row and, through it, the person."""

    def __init__(self, auth: AuthSession, token: str) -> None:
        self.auth = auth
        self.person = auth.person
        self.token = token

    def get_id(self) -> str:
        """The opaque token that the cookie carries instead of the person's number."""
        return self.token


def token_hash(token: str) -> str:
    """What is stored of a token: sessions and invitations are found by it, never by the token itself."""
    return hashlib.sha256(token.encode()).hexdigest()


def settings() -> Settings:
    """The running desk's settings."""
    return cast(Settings, current_app.extensions["verify_settings"])


def current_person() -> Person | None:
    """The person who is signed in, or None."""
    return cast("Person | None", getattr(current_user, "person", None))


def this_session() -> AuthSession | None:
    """The session row of this browser, or None."""
    return cast("AuthSession | None", getattr(current_user, "auth", None))


def reader() -> Person:
    """The person who is signed in; views behind a permission always have one."""
    person = current_person()
    if person is None:
        raise Forbidden("Sign in first.")
    return person


def start_session(session: Session, person: Person, *, address: str, browser: str) -> str:
    """A new signed-in browser; returns the token for its cookie. Every sign-in gets a new one."""
    token = secrets.token_urlsafe(32)
    moment = now()
    session.add(
        AuthSession(
            person_id=person.id, token_hash=token_hash(token), created_at=moment, seen_at=moment,
            confirmed_at=moment, address=address[:64], browser=browser[:200],
        )
    )  # fmt: skip
    session.flush()
    return token


def sign_in_browser(token: str) -> None:
    """Put the token into this browser's cookie."""
    auth = db.session.scalars(select(AuthSession).where(AuthSession.token_hash == token_hash(token))).one()
    login_user(SignedIn(auth, token))


@login_manager.user_loader  # type: ignore[untyped-decorator]  # flask-login ships no types
def _load(token: str) -> SignedIn | None:
    auth = db.session.scalars(
        select(AuthSession).where(AuthSession.token_hash == token_hash(token))
    ).one_or_none()
    if auth is None or not auth.person.active:
        return None
    moment, rules = now(), settings()
    if moment - auth.seen_at > rules.session_idle or moment - auth.created_at > rules.session_absolute:
        return None
    if moment - auth.seen_at > SEEN_EVERY:
        # A short transaction of its own: the page itself only reads.
        db.session.rollback()
        with writing():
            db.session.execute(update(AuthSession).where(AuthSession.id == auth.id).values(seen_at=moment))
            db.session.commit()
        db.session.refresh(auth)
    return SignedIn(auth, token)


def typed_fields() -> list[tuple[str, str]]:
    """The text fields of the form that was just sent, without the ones that belong to the kernel."""
    return [
        (name, value)
        for name, values in request.form.lists()
        if name not in BESIDE_EVERY_FORM and not name.startswith("password")
        for value in values
    ]


def kept_page(template: str, status: int, form: DeskForm, action: str) -> ResponseReturnValue:
    """A page that stands between a form and its answer, holding everything that was typed for `action`."""
    db.session.rollback()
    start_reading()
    kept = typed_fields() if action else []
    files = [upload.filename for upload in request.files.values() if upload.filename]
    page = render_template(template, form=form, kept=kept, action=action, lost_files=files)
    return page, status


def this_address() -> str:
    """The address that was asked for, with its query."""
    return request.full_path.rstrip("?")


def sent_by_our_own_page() -> bool:
    """False when the browser says that a page of another site sent this form: nothing of it is kept."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method in SAFE_METHODS or not sent_by_our_own_page():
        return redirect(url_for("accounts.sign_in", next=this_address()), 303)
    return kept_page("accounts/signed_out.html", 401, AgainForm(), this_address())


def second_factor_missing(person: Person) -> bool:
    """Whether this person must set up a second factor before anything else, and is not on the way to do so."""
    from verify.accounts import second_factor

    return request.endpoint != "accounts.second_factor_set_up" and second_factor.missing(settings(), person)


def _gate() -> ResponseReturnValue | None:
    """Before every view: read-only until the permission holds; then, for a form, the one write transaction."""
    start_reading()
    gate = gate_of(current_app, request.endpoint)
    if gate is None:
        return None  # an unknown address or the wrong method: Flask answers 404 or 405
    writes = request.method not in SAFE_METHODS
    if gate.permission is not None:
        person = current_person()
        if person is None:
            return _ask_to_sign_in()
        if not may(person, gate.permission):
            raise Forbidden(
                "Your role on this desk does not let you do this. Ask an administrator if it should."
            )
        if second_factor_missing(person):
            return redirect(url_for("accounts.second_factor_set_up"), 303)
        auth = this_session()
        stale = auth is not None and now() - auth.confirmed_at > settings().confirm_within
        if gate.confirm and writes and stale:
            return kept_page("accounts/confirm.html", 403, ConfirmForm(), this_address())
    if writes:
        location = where_it_went()
        if location is not None:
            return redirect(location, 303)
        start_writing(db.session)
    return None


def _csrf_failed(error: CSRFError) -> ResponseReturnValue:
    if not sent_by_our_own_page():
        raise Forbidden("Another site sent this form in your name. Nothing was changed.")
    return kept_page("accounts/send_again.html", 400, PlainForm(), this_address())


def _lead_on(response: Response) -> Response:
    """Lead a second click where the first one went, when it came while that one was still being answered.

    By then the rules refuse it, for what it asks is done; a sentence about that would only frighten.
    """
    if request.method in SAFE_METHODS or response.status_code not in REFUSALS:
        return response
    location = where_it_went()
    return response if location is None else redirect(location, 303)  # type: ignore[return-value]  # Flask's own


def _end_request(_error: BaseException | None) -> None:
    """Close uploads that were spooled to disk, and let what runs next in this thread write again."""
    if "files" in request.__dict__:
        for upload in request.files.values():
            upload.close()
    let_write()


def install(app: Flask) -> None:
    """Put the gate before every view. CSRF is checked inside the gate's reading transaction."""
    login_manager.init_app(app)
    login_manager.session_protection = None  # sessions are rows; their address may change with a train ride
    app.before_request(_gate)
    app.after_request(_lead_on)
    app.teardown_request(_end_request)
    csrf.init_app(app)
    app.register_error_handler(CSRFError, _csrf_failed)
    app.context_processor(
        lambda: {
            "current_person": current_person(),
            "may": lambda permission: may(current_person(), permission),
        }
    )
