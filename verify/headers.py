"""What every answer says to the browser: where things may come from, and what may be kept."""

from __future__ import annotations

from flask import Flask, Response, request
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
)

from verify.config import STATIC_FOR, Settings
from verify.permissions import gate_of


def _policy() -> ContentSecurityPolicy:
    own, none = "'self'", "'none'"
    return (
        ContentSecurityPolicy()
        .default_src(none).script_src(own).style_src(own).img_src(own).font_src(own).connect_src(own)
        .form_action(own).base_uri(none).object_src(none).frame_ancestors(none)
    )  # fmt: skip


def install(app: Flask, settings: Settings) -> None:
    """Set the security headers on every answer; pages behind a permission are never stored or indexed."""
    hsts = StrictTransportSecurity().max_age(STATIC_FOR) if settings.secure_cookies else None
    always = Secure(
        csp=_policy(),
        coop=CrossOriginOpenerPolicy().same_origin(),
        corp=CrossOriginResourcePolicy().same_origin(),
        referrer=ReferrerPolicy().same_origin(),
        permissions=PermissionsPolicy().camera().geolocation().microphone(),
        xcto=XContentTypeOptions().nosniff(),
        hsts=hsts,
    ).headers

    @app.after_request
    def _set(response: Response) -> Response:
        for name, value in always.items():
            response.headers.setdefault(name, value)
        gate = gate_of(app, request.endpoint)
        if gate is None or gate.permission is not None or request.method not in {"GET", "HEAD"}:
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex"
        return response
