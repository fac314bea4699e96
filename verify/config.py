"""Settings: read once from the environment into a frozen dataclass, and refused at start when unsafe."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PACKAGE = Path(__file__).resolve().parent
# A wheel carries templates, static files and migrations inside the package; a checkout has them beside it.
RESOURCES = PACKAGE / "_data" if (PACKAGE / "_data").is_dir() else PACKAGE.parent


class UnsafeSettings(Exception):
    """A setting that the desk must not start with; the message says which one and what to set."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between one installation and the next.

    Lifetimes are timedeltas, sizes are bytes. `argon2_time` and `argon2_memory_kib` are argon2id's cost
    parameters; the defaults are RFC 9106's second recommended option.
    """

    environment: str
    secret_key: str
    database_url: str
    data_dir: Path
    base_url: str
    desk_name: str
    trusted_proxies: int = 0
    session_idle: timedelta = timedelta(hours=12)
    session_absolute: timedelta = timedelta(days=14)
    confirm_within: timedelta = timedelta(minutes=15)
    invitation_lifetime: timedelta = timedelta(days=7)
    # Keys that seal protected identities: the first seals, all open. Never shown, never in the database.
    identity_keys: tuple[str, ...] = field(default=(), repr=False)
    argon2_time: int = 3
    argon2_memory_kib: int = 65536
    long_text_words: int = 20_000  # a text with more is spotted in the background
    fetch_loopback: bool = False  # for tests: fetch from this very machine too, on any port

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def secure_cookies(self) -> bool:
        """Whether pages travel over https, so that cookies may and must be Secure."""
        return self.base_url.startswith("https://")

    @property
    def trusted_hosts(self) -> list[str] | None:
        """Host names that requests may ask for: the base address's own in production, any elsewhere."""
        return [urlsplit(self.base_url).hostname or ""] if self.production else None

    @property
    def blob_dir(self) -> Path:
        """Where uploaded and exported files lie, each under its SHA-256."""
        return self.data_dir / "blobs"


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name, "").strip() or str(default)
    try:
        number = int(value)
    except ValueError:
        raise UnsafeSettings(f"{name} is “{value}”; set it to a whole number.") from None
    if number < 0:
        raise UnsafeSettings(f"{name} is {number}; set it to zero or more.")
    return number


def _keys(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Keys separated by commas, each 32 random bytes in URL-safe base64; none of them is ever repeated in a message."""
    keys = tuple(key.strip() for key in environ.get(name, "").split(",") if key.strip())
    for place, key in enumerate(keys, 1):
        try:
            length = len(base64.b64decode(key.encode(), altchars=b"-_", validate=True))
        except ValueError:
            length = 0
        if length != 32:
            raise UnsafeSettings(
                f"Key {place} in {name} is no key; make one with `verify identities new-key`. Commas part keys."
            )
    return keys


def _kept_secret(data_dir: Path) -> str:
    """The development secret: made once and kept in the data folder, so that restarts keep sign-ins."""
    path = data_dir / "secret-key"
    if path.is_file():
        return path.read_text(encoding="ascii").strip()
    secret = secrets.token_hex(32)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret)
    return secret


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment (`VERIFY_…`); raises UnsafeSettings with one sentence when they are unsafe."""
    env = os.environ if environ is None else environ
    environment = env.get("VERIFY_ENV", "development")
    if environment not in {"development", "production"}:
        raise UnsafeSettings(f"VERIFY_ENV is “{environment}”; set it to “development” or “production”.")
    data_dir = Path(env.get("VERIFY_DATA", "var")).resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    base_url = env.get("VERIFY_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    secret_key = env.get("VERIFY_SECRET_KEY", "")
    if environment == "production":
        if len(secret_key) < 32:
            raise UnsafeSettings(
                "VERIFY_SECRET_KEY is missing or shorter than 32 characters; set a random one."
            )
        if not base_url.startswith("https://"):
            raise UnsafeSettings("VERIFY_BASE_URL must begin with https:// in production.")
        if env.get("FLASK_DEBUG", "0") not in {"", "0", "false"}:
            raise UnsafeSettings("FLASK_DEBUG is on; production refuses to start with it.")
        if env.get("VERIFY_FETCH_LOOPBACK", "0") not in {"", "0"}:
            raise UnsafeSettings("VERIFY_FETCH_LOOPBACK is for tests; production refuses to start with it.")
    return Settings(
        environment=environment,
        secret_key=secret_key or _kept_secret(data_dir),
        database_url=env.get("VERIFY_DATABASE_URL", f"sqlite:///{data_dir / 'verify.sqlite'}"),
        data_dir=data_dir,
        base_url=base_url,
        desk_name=env.get("VERIFY_DESK_NAME", "Verify desk"),
        trusted_proxies=_number(env, "VERIFY_TRUSTED_PROXIES", 0),
        long_text_words=_number(env, "VERIFY_LONG_TEXT_WORDS", 20_000),
        fetch_loopback=bool(_number(env, "VERIFY_FETCH_LOOPBACK", 0)),
        identity_keys=_keys(env, "VERIFY_IDENTITY_KEYS"),
        session_idle=timedelta(hours=_number(env, "VERIFY_SESSION_IDLE_HOURS", 12)),
        session_absolute=timedelta(days=_number(env, "VERIFY_SESSION_DAYS", 14)),
    )


STATIC_FOR = (
    31_536_000  # seconds; every address of a static file carries a version, so it may be kept for a year
)


def for_flask(settings: Settings) -> dict[str, Any]:
    """What Flask and its extensions read from these settings."""
    return {
        "SECRET_KEY": settings.secret_key,
        # Room above the desk's own limit, so that a file over it is refused by its form and the rest is kept.
        "MAX_CONTENT_LENGTH": 64 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 8 * 1024 * 1024,
        "MAX_FORM_PARTS": 200,
        "SEND_FILE_MAX_AGE_DEFAULT": STATIC_FOR,
        # Browsers take a __Host- cookie only over https, without a domain and for the whole site.
        "SESSION_COOKIE_NAME": "__Host-verify" if settings.secure_cookies else "verify",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "TRUSTED_HOSTS": settings.trusted_hosts,
        # As long as the session: a long rationale must not outlive its token.
        "WTF_CSRF_TIME_LIMIT": None,
    }
