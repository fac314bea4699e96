"""The second factor: time-based one-time codes (RFC 6238). Compulsory for editors and administrators in production.

The secret is derived from the desk's key and a salt in the person's row, so that neither a copy of the database nor
the key alone yields a code. Changing the desk's key asks everybody to set up their codes again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time

import pyotp
import segno
from itsdangerous import BadSignature, URLSafeTimedSerializer
from markupsafe import Markup
from sqlalchemy.orm import Session

from verify.accounts.actions import sign_out_everywhere
from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.config import Settings
from verify.errors import Refused
from verify.permissions import Permission, Role, demand

STEP = (
    30  # seconds that one code lasts; the one before and the one after are taken too, for clocks that differ
)
BETWEEN = 300  # seconds between the password and the code
COMPULSORY = frozenset({Role.EDITOR, Role.ADMINISTRATOR})
WRONG = "This code is not right, or was used already. Wait for the next one and type it."


def new_salt() -> str:
    """What a new second factor starts from."""
    return secrets.token_hex(16)


def _codes(settings: Settings, salt: str) -> pyotp.TOTP:
    digest = hmac.new(settings.secret_key.encode(), f"second factor {salt}".encode(), hashlib.sha256).digest()
    return pyotp.TOTP(base64.b32encode(digest[:20]).decode(), interval=STEP)


def missing(settings: Settings, person: Person) -> bool:
    """Whether this person must set up a second factor before doing anything else."""
    return (
        settings.production and person.second_factor_salt is None and not COMPULSORY.isdisjoint(person.roles)
    )


def secret_of(settings: Settings, salt: str) -> str:
    """The secret to type into an authenticator app, in groups of four letters."""
    secret = _codes(settings, salt).secret
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def picture_of(settings: Settings, person: Person, salt: str) -> Markup:
    """The same secret as a picture to scan: inline SVG without style or script."""
    address = _codes(settings, salt).provisioning_uri(name=person.email, issuer_name=settings.desk_name)
    drawing = segno.make(address, error="m").svg_inline(scale=4, svgclass="qr", lineclass=None, omitsize=True)
    return Markup(drawing)  # nosec B704  # drawn by segno from an address that we made


def _use_code(settings: Settings, person: Person, salt: str, code: str) -> None:
    """Accept a code once: the step it belongs to must be newer than the last one used."""
    codes, present = _codes(settings, salt), int(time.time()) // STEP
    typed = "".join(code.split())
    for step in (present, present - 1, present + 1):
        if step > person.second_factor_step and hmac.compare_digest(codes.at(step * STEP), typed):
            person.second_factor_step = step
            return
    raise Refused(WRONG, "code")


def check_code(settings: Settings, person: Person, code: str) -> None:
    """Raise Refused unless this is a present, unused code of the person."""
    if person.second_factor_salt is None:
        raise Refused(WRONG, "code")
    _use_code(settings, person, person.second_factor_salt, code)


def set_up(session: Session, settings: Settings, person: Person, *, salt: str, code: str) -> None:
    """Keep a second factor once its first code proves that the app has it; signs out other browsers."""
    if person.second_factor_salt is not None:
        raise Refused("You have a second factor already. Ask an administrator to remove it first.")
    _use_code(settings, person, salt, code)
    person.second_factor_salt = salt
    audit.record(session, person, "person.second_factor_set_up", person)


def remove(session: Session, actor: Person | None, person: Person) -> None:
    """Take away a second factor that its owner lost; signs them out everywhere. None is the command line."""
    if actor is not None:
        demand(actor, Permission.MANAGE_PEOPLE)
        if actor.id == person.id:
            raise Refused("You cannot remove your own second factor; ask another administrator.")
    person.second_factor_salt, person.second_factor_step = None, 0
    sign_out_everywhere(session, person)
    audit.record(session, actor, "person.second_factor_removed", person)


def _signer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key, salt="password was right")


def pass_on(settings: Settings, person: Person) -> str:
    """A signed note that this person's password was right; good for five minutes and until it changes."""
    return _signer(settings).dumps([person.id, person.password_hash[-12:]])


def passed_on(session: Session, settings: Settings, note: str) -> Person:
    """The person a note speaks of; raises Refused when it is forged, old, or the password has changed."""
    try:
        number, tail = _signer(settings).loads(note, max_age=BETWEEN)
    except BadSignature:
        raise Refused("This took longer than five minutes. Go back and type your password again.") from None
    person = session.get(Person, number)
    if person is None or not person.active or person.password_hash[-12:] != tail:
        raise Refused("Go back and type your password again.")
    return person


def seal_salt(settings: Settings, person: Person, salt: str) -> str:
    """A salt on its way through the set-up form, signed for this person."""
    return URLSafeTimedSerializer(settings.secret_key, salt="set-up").dumps([person.id, salt])


def open_salt(settings: Settings, person: Person, sealed: str) -> str:
    """The salt that came back; raises Refused when it is not the one that was shown to this person."""
    try:
        number, salt = URLSafeTimedSerializer(settings.secret_key, salt="set-up").loads(sealed, max_age=3600)
    except BadSignature:
        number, salt = None, ""
    if number != person.id:
        raise Refused("This page is too old. Reload it and scan the picture again.")
    return str(salt)
