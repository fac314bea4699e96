"""People, what they may do, and where they are signed in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from verify.db import Base, UtcTime, by_value, one_of
from verify.permissions import Permission, Role, may


class Person(Base):
    """Somebody with an account. Accounts are never deleted: the record names who did what."""

    __tablename__ = "person"
    # Addresses are stored in lower case, so that the plain unique constraint covers every spelling.
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    # A second factor is set up when this is filled; its secret follows from it and the desk's key, stored nowhere.
    second_factor_salt: Mapped[str | None] = mapped_column(String(32))
    second_factor_step: Mapped[int] = mapped_column(
        default=0
    )  # the last time step used, so that no code works twice
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    password_changed_at: Mapped[datetime] = mapped_column(UtcTime)
    grants: Mapped[list[RoleGrant]] = relationship(
        back_populates="person",
        foreign_keys="RoleGrant.person_id",
        cascade="all, delete-orphan",
    )

    @property
    def is_active(self) -> bool:
        return self.active

    @property
    def roles(self) -> list[Role]:
        """The roles this person holds, in the order of the enumeration."""
        held = {grant.role for grant in self.grants}
        return [role for role in Role if role in held]

    def may(self, permission: Permission | str) -> bool:
        return may(self, permission)


class RoleGrant(Base):
    """One role of one person, and who gave it."""

    __tablename__ = "role_grant"
    __table_args__ = (CheckConstraint(one_of("role", Role), name="role"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(by_value(Role), primary_key=True)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime] = mapped_column(UtcTime)
    person: Mapped[Person] = relationship(back_populates="grants", foreign_keys=[person_id])


class AuthSession(Base):
    """One browser that is signed in. Only the hash of its token is stored; deleting the row signs it out."""

    __tablename__ = "auth_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
    confirmed_at: Mapped[datetime] = mapped_column(UtcTime)
    address: Mapped[str] = mapped_column(String(64))
    browser: Mapped[str] = mapped_column(String(200))
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class Invitation(Base):
    """A link that lets one address join the desk with stated roles, once and for a while."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    roles: Mapped[str] = mapped_column(String(120))  # role values separated by spaces
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcTime)
    invited_by: Mapped[Person | None] = relationship()


class SignInAttempt(Base):
    """A failed sign-in, counted by address and by address with account; shared by all processes."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_address", "address", "failed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(64))
    email_hash: Mapped[str] = mapped_column(String(64))
    failed_at: Mapped[datetime] = mapped_column(UtcTime)
