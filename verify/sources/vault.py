"""Sealing who an anonymous source is, with keys that the database never holds.

Fernet (AES-128-CBC with HMAC-SHA-256) seals; the first key seals and all open, so that a key can be replaced. What is
sealed names its source, so that a sealed identity copied into another source's row does not open there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from verify.config import Settings
from verify.errors import Refused

NO_KEY = (
    "This desk has no key to seal identities with. Whoever runs it makes one with `verify identities new-key`, sets "
    "VERIFY_IDENTITY_KEYS to it, keeps a copy apart from the database and its backups, and starts the desk anew."
)
UNOPENED = (
    "This identity does not open with the keys of this desk: the key that sealed it ({mark}) was taken out of "
    "VERIFY_IDENTITY_KEYS, or the record was tampered with. Ask whoever runs the desk to put the key back. "
    "If the key is lost, so is what was sealed: seal it anew if you know who it is, or destroy the record."
)


@dataclass(frozen=True)
class Identity:
    """Who a source is; `more` says how to reach them and how the desk knows."""

    name: str = field(repr=False)
    more: str = field(default="", repr=False)


class Vault:
    """Seals and opens identities with the keys of the settings."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = tuple(keys)

    @property
    def ready(self) -> bool:
        """Whether there is a key to seal with."""
        return bool(self._keys)

    @property
    def mark(self) -> str:
        """What tells the sealing key from others, and nothing about it."""
        return hashlib.sha256(f"mark of {self._keys[0]}".encode()).hexdigest()[:8] if self._keys else ""

    def seal(self, source_id: int, identity: Identity) -> str:
        """The sealed text for the database; refuses without a key."""
        said = {"source": source_id, "name": identity.name, "more": identity.more}
        return self._fernet().encrypt(json.dumps(said, ensure_ascii=False).encode()).decode("ascii")

    def open(self, source_id: int, sealed: str, mark: str) -> Identity:
        """Who a source is; refuses what no key opens, or what was sealed for another source."""
        try:
            said = json.loads(self._fernet().decrypt(sealed.encode("ascii")))
        except InvalidToken:
            raise Refused(UNOPENED.format(mark=mark)) from None
        if said.get("source") != source_id:
            raise Refused(UNOPENED.format(mark=mark))
        return Identity(said["name"], said["more"])

    def reseal(self, sealed: str, mark: str) -> str:
        """The same identity sealed with the first key."""
        try:
            return self._fernet().rotate(sealed.encode("ascii")).decode("ascii")
        except InvalidToken:
            raise Refused(UNOPENED.format(mark=mark)) from None

    def _fernet(self) -> MultiFernet:
        if not self._keys:
            raise Refused(NO_KEY)
        return MultiFernet([Fernet(key) for key in self._keys])


def vault_of(settings: Settings) -> Vault:
    """The vault with the keys of these settings."""
    return Vault(settings.identity_keys)


def new_key() -> str:
    """A fresh key, to be kept outside the database."""
    return Fernet.generate_key().decode("ascii")
