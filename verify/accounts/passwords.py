"""Passwords: argon2id, checked as typed, refused when short or on everybody's list."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from verify.config import Settings
from verify.errors import Refused

SHORTEST = 15  # characters, without a second factor (NIST SP 800-63B-4)
LONGEST = 256

# What people choose when they must choose something long. Compared without case, spaces and digits at the end.
COMMON = frozenset(
    {
        "passwordpassword",
        "passwordpasswordpassword",
        "qwertyuiopasdfghjkl",
        "qwertyuiopasdfgh",
        "qwertyuiopasdfghjklzxcvbnm",
        "correcthorsebatterystaple",
        "iloveyouiloveyou",
        "letmeinletmeinletmein",
        "abcdefghijklmnop",
        "abcdefghijklmnopqrstuvwxyz",
        "administrator",
        "administratoradministrator",
        "adminadminadmin",
        "changemechangeme",
        "changemechangemechangeme",
        "welcometoverify",
        "thisismypassword",
        "mypasswordispassword",
        "ihatepasswords",
        "asdfghjklasdfghjkl",
        "zxcvbnmzxcvbnm",
        "trustnootrustno",
        "onetwothreefourfive",
        "footballfootball",
        "princessprincess",
        "sunshinesunshine",
        "newsroomnewsroom",
        "factcheckfactcheck",
        "factcheckerfactchecker",
        "verifyverifyverify",
    }
)


@cache
def _hasher(time: int, memory: int) -> PasswordHasher:
    return PasswordHasher(time_cost=time, memory_cost=memory, parallelism=1)


def hash_password(settings: Settings, password: str) -> str:
    """The argon2id hash to store."""
    return _hasher(settings.argon2_time, settings.argon2_memory_kib).hash(password)


def matches(settings: Settings, stored: str, password: str) -> bool:
    """Whether this is the password; takes as long for a wrong one as for the right one."""
    try:
        return _hasher(settings.argon2_time, settings.argon2_memory_kib).verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def needs_rehash(settings: Settings, stored: str) -> bool:
    """Whether the cost has been raised since this hash was made."""
    return _hasher(settings.argon2_time, settings.argon2_memory_kib).check_needs_rehash(stored)


def refuse_weak(password: str, *, about: tuple[str, ...] = (), field: str = "password") -> None:
    """Raise Refused when a password is too short, too long, repeated, common, or the person's own name."""
    if len(password) < SHORTEST:
        raise Refused(f"Use {SHORTEST} characters or more; a sentence that only you know works well.", field)
    if len(password) > LONGEST:
        raise Refused(f"Use at most {LONGEST} characters.", field)
    folded = "".join(password.lower().split())
    plain = folded.rstrip("0123456789!?.")
    if plain in COMMON or not plain or len(set(folded)) < 5:
        raise Refused("This password is among the first that an attacker tries. Choose another.", field)
    if any(len(word) > 3 and plain == word.lower().replace(" ", "") for word in about):
        raise Refused("This password is your own name or address. Choose another.", field)
