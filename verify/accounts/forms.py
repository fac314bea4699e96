"""The forms of accounts. Passwords keep their spaces; everything else is trimmed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from email_validator import EmailNotValidError, validate_email
from wtforms import (
    EmailField,
    Field,
    HiddenField,
    PasswordField,
    SelectMultipleField,
    StringField,
    SubmitField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from verify.accounts.passwords import SHORTEST
from verify.forms import AGAIN, DeskForm, not_blank
from verify.permissions import Role

NEW_PASSWORD_HINT = f"{SHORTEST} characters or more. A few words with spaces do well."
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 20, "required": False}
ROLES = {
    Role.READER: "Reader: sees the desk, builds reports",
    Role.CHECKER: "Checker: takes in articles, opens tickets, reviews",
    Role.EDITOR: "Editor: also approves, publishes and corrects",
    Role.ADMINISTRATOR: "Administrator: invites people and gives roles",
}


def trimmed(value: str | None) -> str | None:
    """Without the spaces around it."""
    return value.strip() if value else value


def same_spelling(value: str | None) -> str | None:
    """An address as it is stored: trimmed, in lower case."""
    return value.strip().lower() if value else value


def is_address(form: DeskForm, field: Field) -> None:
    """A validator: an e-mail address; whether it receives mail is not asked."""
    try:
        validate_email(field.data or "", check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as wrong:
        raise ValidationError(f"{str(wrong).rstrip('.')}.") from None


def password_field(label: str, autocomplete: str, **options: str) -> PasswordField:
    """A password, which is never sent back to the page."""
    return PasswordField(
        label,
        validators=[InputRequired("Type the password."), Length(max=1000)],
        render_kw={"autocomplete": autocomplete, "required": False},
        **options,
    )


def name_field() -> StringField:
    """The name under which a person works."""
    return StringField(
        "Name",
        filters=[trimmed],
        validators=[not_blank, Length(max=120)],
        description="As colleagues know you; it stands beside everything you do on the desk.",
        render_kw={"autocomplete": "name", "maxlength": 120},
    )


def email_field(autocomplete: str, *rules: Callable[[DeskForm, Field], None]) -> EmailField:
    """An address, kept in lower case."""
    return EmailField(
        "E-mail address",
        filters=[same_spelling],
        validators=[InputRequired("Type the address."), Length(max=254), *rules],
        render_kw={"autocomplete": autocomplete, "maxlength": 254, "required": False},
    )


class SignInForm(DeskForm):
    """Address and password, and where to go from there."""

    email = email_field("username")
    password = password_field("Password", "current-password")
    next = HiddenField(validators=[Length(max=2000)])
    submit = SubmitField("Sign in")


class AgainForm(DeskForm):
    """Stands between a form and its answer: who are you, before it goes on to where it was sent.

    Everything else that was typed travels through it untouched, so it takes any further field.
    """

    again_email = email_field("username")
    again_password = password_field("Password", "current-password")
    again_action = HiddenField(validators=[Length(max=2000)])

    def also_take(self, names: Iterable[str]) -> None:
        """Accept the fields of the form that waits."""
        self.also_accepts = frozenset(names) | AGAIN


class ConfirmForm(AgainForm):
    """As above, for somebody who is signed in."""

    again_email = None


class CodeForm(AgainForm):
    """The second step of signing in: a code, for the person whom the note says that the password was right."""

    again_email = None
    again_password = None
    again_note = HiddenField(validators=[Length(max=1000)])
    again_next = HiddenField(validators=[Length(max=2000)])
    again_code = StringField(
        "Code",
        filters=[trimmed],
        validators=[InputRequired("Type the six digits."), Length(max=20)],
        description="Six digits from your authenticator app.",
        render_kw=CODE,
    )


class SetUpForm(DeskForm):
    """The first code from an app that has just learnt the secret."""

    sealed = HiddenField(validators=[InputRequired(), Length(max=500)])
    code = StringField(
        "Code",
        filters=[trimmed],
        validators=[InputRequired("Type the six digits."), Length(max=20)],
        description="Six digits that your app shows now.",
        render_kw=CODE,
    )


class NameForm(DeskForm):
    """A person's own name."""

    name = name_field()


class PasswordForm(DeskForm):
    """A new password in place of the present one."""

    password_present = password_field("Present password", "current-password")
    password_new = password_field("New password", "new-password", description=NEW_PASSWORD_HINT)


class RolesField(SelectMultipleField):  # type: ignore[misc]  # wtforms ships no types
    """Roles as a list of checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str = "Roles", **options: object) -> None:
        super().__init__(
            label, choices=[SelectChoice(role.value, words) for role, words in ROLES.items()], **options
        )

    def chosen(self) -> list[Role]:
        """The roles that were ticked."""
        return [Role(value) for value in self.data or []]


class RolesForm(DeskForm):
    """What a person may do."""

    roles = RolesField()


class InvitationForm(DeskForm):
    """Whom to invite, and as what."""

    email = email_field("off", is_address)
    roles = RolesField()


class AcceptForm(DeskForm):
    """How somebody who was invited joins."""

    name = name_field()
    password = password_field("Password", "new-password", description=NEW_PASSWORD_HINT)


class NewPasswordForm(DeskForm):
    """How somebody who lost their password comes back."""

    password = password_field("New password", "new-password", description=NEW_PASSWORD_HINT)


class PlainForm(DeskForm):
    """A button that needs nothing typed."""
