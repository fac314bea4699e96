"""Passwords: argon2id, checked as typed, refused when short or among those that are tried first.

Hashing takes a tenth of a second and 64 MiB on purpose. It runs outside transactions, and only twice at a time in
one process, so that a flood of sign-ins neither holds up writers nor fills the memory.
"""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from verify.config import Settings
from verify.errors import Refused

SHORTEST = 15  # characters, without a second factor (NIST SP 800-63B-4)
LONGEST = 200
# zxcvbn grades 0 to 4: three means that a hundred million guesses, best first, do not find it.
WEAK_BELOW = 3
_LOOKED_AT = 72  # characters, as far as zxcvbn looks
_hashing = BoundedSemaphore(2)


@cache
def _hasher(time: int, memory: int) -> PasswordHasher:
    return PasswordHasher(time_cost=time, memory_cost=memory, parallelism=1)


@cache
def _nobodys(time: int, memory: int) -> str:
    return _hasher(time, memory).hash("the password of nobody")


def hash_password(settings: Settings, password: str) -> str:
    """The argon2id hash to store."""
    with _hashing:
        return _hasher(settings.argon2_time, settings.argon2_memory_kib).hash(password)


def matches(settings: Settings, stored: str | None, password: str) -> bool:
    """Whether this is the password; takes as long for nobody (None) and a wrong one as for the right one."""
    costs = settings.argon2_time, settings.argon2_memory_kib
    try:
        with _hashing:
            return _hasher(*costs).verify(stored or _nobodys(*costs), password) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def needs_rehash(settings: Settings, stored: str) -> bool:
    """Whether the cost has been raised since this hash was made."""
    return _hasher(settings.argon2_time, settings.argon2_memory_kib).check_needs_rehash(stored)


def refuse_weak(password: str, *, about: tuple[str, ...] = (), field: str = "password") -> None:
    """Raise Refused when a password is too short, too long, common, patterned, or made of its owner's names."""
    if len(password) < SHORTEST:
        raise Refused(f"Use {SHORTEST} characters or more; a sentence that only you know works well.", field)
    if len(password) > LONGEST:
        raise Refused(f"Use at most {LONGEST} characters.", field)
    from zxcvbn import zxcvbn  # its word lists take a moment to load, and few requests need them

    known = [part for words in about for part in [words, *words.replace("@", " ").replace(".", " ").split()]]
    if zxcvbn(password[:_LOOKED_AT], user_inputs=known)["score"] < WEAK_BELOW:
        raise Refused("This password is among the first that an attacker tries. Choose another.", field)
