"""A desk that listens on this machine, and people who sit at it in Chromium."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from verify.accounts.models import Person
from verify.accounts.sessions import start_session
from verify.db import db

PHONE, TABLET, DESK, WIDE = 390, 768, 1280, 1920
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The application behind a free port of this machine; the address, without a slash at the end."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()


def sit_down(
    browser: Browser,
    app: Flask,
    address: str,
    email: str | None = None,
    *,
    width: int = DESK,
    scheme: str = "light",
    script: bool = True,
) -> BrowserContext:
    """A browser window of this width, in paper or night, in which the person with this email is signed in."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=script,
        has_touch=width == PHONE,
        is_mobile=width == PHONE,
        locale="en-GB",
        timezone_id="Europe/Berlin",
    )
    context.set_default_timeout(10_000)
    if email is not None:
        name = str(app.config["SESSION_COOKIE_NAME"])
        context.add_cookies([{"name": name, "value": cookie(app, email), "url": address}])
    return context


def cookie(app: Flask, email: str) -> str:
    """What the browser of this person carries once signed in."""
    with app.app_context():
        person = db.session.query(Person).filter_by(email=email).one()
        token = start_session(db.session, person, address="127.0.0.1", browser="Chromium")
        db.session.commit()
    interface = app.session_interface
    assert isinstance(interface, SecureCookieSessionInterface)
    signer = interface.get_signing_serializer(app)
    assert signer is not None
    signed = signer.dumps({"_user_id": token, "_fresh": True})
    return signed if isinstance(signed, str) else signed.decode()


def complaints(page: Page) -> list[str]:
    """A list that fills with whatever the browser complains about: script errors, refused or missing files."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(f"script: {error}"))
    page.on("console", lambda said: found.append(f"console: {said.text}") if said.type == "error" else None)
    return found
