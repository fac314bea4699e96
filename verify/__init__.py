"""Verify: a fact-checking workbench for newsrooms. `create_app` is its table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from verify.config import Settings

# Packages with pages, in the order of their imports.
ROOMS = (
    *("accounts", "audit", "jobs", "sources", "articles", "claimreviews", "tickets", "matching", "origins"),
    *("evidence", "grading", "publishing", "reports", "insights", "search"),
)

# Packages with work for the background.
AT_WORK = ("articles", "claimreviews", "matching")


def create_app(settings: Settings | None = None) -> Flask:
    """The desk as a WSGI application; raises UnsafeSettings or RuntimeError rather than start unsafe."""
    # Imported here, so that `verify spot` and `verify --help` load neither Flask nor a database.
    from importlib import import_module

    from flask import Flask
    from werkzeug.middleware.proxy_fix import ProxyFix

    from verify import db, errorpages, filters, headers
    from verify.accounts import sessions
    from verify.config import RESOURCES, for_flask, read_settings
    from verify.permissions import public, refuse_undeclared_routes

    settings = settings or read_settings()
    app = Flask(
        "verify", static_folder=str(RESOURCES / "static"), template_folder=str(RESOURCES / "templates")
    )
    app.config.from_mapping(
        for_flask(settings), SQLALCHEMY_ENGINES={"default": db.engine_options(settings.database_url)}
    )
    app.extensions["verify_settings"] = settings
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # the documented way
    db.db.init_app(app)
    with app.app_context():
        db.prepare(db.db.engine)
    sessions.install(app)
    filters.install(app, settings)
    errorpages.install(app)
    headers.install(app, settings)
    public("style sheets, scripts and fonts hold nothing of the desk's")(app.view_functions["static"])
    for room in ROOMS:
        app.register_blueprint(import_module(f"verify.{room}.views").bp)
    for room in AT_WORK:
        import_module(f"verify.{room}.jobs")
    refuse_undeclared_routes(app)
    return app
