"""Browsers in which somebody signed in before. Their failed tries are counted apart from those of the network, so
that nobody in the same building, and no attacker elsewhere, can keep the owner of an account out of it."""

from __future__ import annotations

import hashlib
import secrets

from flask import request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from verify.config import Settings

A_YEAR = 365 * 24 * 60 * 60


def _cookie(settings: Settings) -> str:
    return "__Host-verify-known" if settings.secure_cookies else "verify-known"


def _signer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key, salt="known browser")


def _hash_of(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def known_for(settings: Settings, email: str) -> str | None:
    """What tries from this browser at this account are counted by; None in a browser that it does not know."""
    try:
        owner, number = _signer(settings).loads(request.cookies.get(_cookie(settings), ""), max_age=A_YEAR)
    except (BadSignature, ValueError, TypeError):
        return None
    return f"browser {number}" if owner == _hash_of(email) else None


def remember(settings: Settings, email: str, answer: Response) -> None:
    """Give this browser a number of its own for this account."""
    known = _signer(settings).dumps([_hash_of(email), secrets.token_hex(12)])
    answer.set_cookie(
        _cookie(settings),
        known,
        max_age=A_YEAR,
        secure=settings.secure_cookies,
        httponly=True,
        samesite="Lax",
    )
