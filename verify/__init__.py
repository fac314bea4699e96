"""Verify: a fact-checking workbench for newsrooms. `create_app` is its table of contents."""

from __future__ import annotations

from importlib import import_module

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from verify import db, errorpages, filters, headers
from verify.config import RESOURCES, Settings, read_settings
from verify.permissions import public, refuse_undeclared_routes

# Packages with pages, in the order of their imports.
ROOMS = (
    "accounts",
    "audit",
    "sources",
    "articles",
    "tickets",
    "origins",
    "evidence",
    "grading",
    "publishing",
    "reports",
)


def create_app(settings: Settings | None = None) -> Flask:
    """The desk as a WSGI application; raises UnsafeSettings or RuntimeError rather than start unsafe."""
    settings = settings or read_settings()
    app = Flask(
        "verify", static_folder=str(RESOURCES / "static"), template_folder=str(RESOURCES / "templates")
    )
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_ENGINES={"default": db.engine_options(settings.database_url)},
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,  # so that a file over the desk's own limit is refused by its form
        MAX_FORM_MEMORY_SIZE=8 * 1024 * 1024,
        MAX_FORM_PARTS=200,
        SEND_FILE_MAX_AGE_DEFAULT=headers.STATIC_FOR,
        SESSION_COOKIE_NAME="__Host-verify" if settings.secure_cookies else "verify",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=settings.trusted_hosts,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a long rationale must not outlive its token
    )
    app.extensions["verify_settings"] = settings
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # the documented way
    db.db.init_app(app)
    with app.app_context():
        db.prepare(db.db.engine)
    from verify.accounts import sessions

    sessions.install(app)
    filters.install(app, settings)
    errorpages.install(app)
    headers.install(app, settings)
    public("style sheets, scripts and fonts hold nothing of the desk's")(app.view_functions["static"])
    for room in ROOMS:
        app.register_blueprint(import_module(f"verify.{room}.views").bp)
    refuse_undeclared_routes(app)
    return app
