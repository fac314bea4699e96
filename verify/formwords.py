"""What a form says where WTForms would say it in fragments: whole sentences that tell what to do."""

from __future__ import annotations

_CHOOSE = "Choose one of those offered; what was sent is not, or no longer, among them."
_SENTENCES = {
    "This field is required.": "Please fill this in.",
    "Not a valid choice.": _CHOOSE,
    "Invalid Choice: could not coerce.": _CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _CHOOSE,
    "'%(value)s' is not a valid choice for this field.": _CHOOSE,
    "'%(value)s' are not valid choices for this field.": _CHOOSE,
    "Not a valid date value.": "Write the day as year-month-day, such as 2026-05-31.",
    "Not a valid integer value.": "Write a whole number, in digits.",
    "Field cannot be longer than %(max)d character.": "Keep this to one character.",
    "Field cannot be longer than %(max)d characters.": "Keep this to %(max)d characters or fewer.",
}


class Sentences:
    """The translation that WTForms asks for: from its English into ours."""

    def gettext(self, message: str) -> str:
        """Our sentence for one of WTForms', or its own where we have none."""
        return _SENTENCES.get(message, message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The same, by number."""
        return self.gettext(one if number == 1 else many)
