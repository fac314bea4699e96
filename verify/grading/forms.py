"""The forms of grading: a review, an adjudication, and the drafts of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from verify.errors import Refused
from verify.evidence.models import Evidence
from verify.forms import BESIDE_EVERY_FORM, DeskForm
from verify.grading.judgement import RATIONALE_LIMIT, REASON_LIMIT, Judged, as_kept, too_long
from verify.grading.models import Confidence, Reliability, Review
from verify.grading.rubric import (
    CONFIDENCE,
    CREDIBILITY,
    HIGHEST,
    LOWEST,
    RATINGS,
    RELIABILITY,
    SCALES,
    Grades,
)
from verify.tickets.workflow import Rating

STEPS = [SelectChoice(str(number)) for number in range(HIGHEST, LOWEST - 1, -1)]

_GRADES = range(LOWEST, HIGHEST + 1)


class _Chosen:
    """A validator: one of the field's choices was picked."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: DeskForm, field: Any) -> None:
        if field.data not in {field.coerce(choice.value) for choice in field.choices}:
            raise ValidationError(self.message)


class _AtMost:
    """A validator: no longer than the desk keeps, said with the length as it is."""

    def __init__(self, what: str, limit: int) -> None:
        self.what, self.limit = what, limit

    def __call__(self, form: DeskForm, field: Any) -> None:
        length = len(as_kept(field.data))
        if length > self.limit:
            raise ValidationError(too_long(self.what, length, self.limit))


class _Filled:
    """A validator: more than spaces, with the sentence that says what is wanted."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: DeskForm, field: Any) -> None:
        if not as_kept(field.data):
            raise ValidationError(self.message)


def _grade(label: str) -> RadioField:
    return RadioField(
        label,
        choices=STEPS,
        coerce=int,
        validate_choice=False,
        validators=[_Chosen("Choose a step from 0 to 4.")],
    )


class JudgementForm(DeskForm):
    """Three grades, a rating, and what they rest on."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    sourcing = _grade("Sourcing")
    attribution = _grade("Attribution")
    confirmation = _grade("Confirmation")
    reliability = SelectField(
        "Reliability of the origin",
        choices=[
            SelectChoice(letter, f"{letter}: {meaning.label}") for letter, meaning in RELIABILITY.items()
        ],
        default=Reliability.F.value,
    )
    credibility = SelectField(
        "Credibility of the information",
        choices=[
            SelectChoice(str(number), f"{number}: {meaning.label}") for number, meaning in CREDIBILITY.items()
        ],
        coerce=int,
        default=6,
    )
    rating = RadioField(
        "Rating",
        choices=[SelectChoice(rating.value, meaning.label) for rating, meaning in RATINGS.items()],
        validate_choice=False,
        validators=[_Chosen("Choose a rating.")],
    )
    override_reason = TextAreaField(
        "Why your rating differs from the rule’s", validators=[_AtMost("reason", REASON_LIMIT)]
    )
    confidence = RadioField(
        "Confidence",
        choices=[SelectChoice(name, meaning.label) for name, meaning in CONFIDENCE.items()],
        validate_choice=False,
        validators=[_Chosen("Say how sure you are.")],
    )
    rationale = TextAreaField(
        "Rationale",
        validators=[
            _Filled("Say what your grades rest on; a grade without its reason cannot be checked."),
            _AtMost("rationale", RATIONALE_LIMIT),
        ],
    )

    def grades(self) -> Grades | None:
        """The three grades, once all are chosen."""
        chosen = [self[name].data for name in SCALES]
        return Grades(*chosen) if all(grade in _GRADES for grade in chosen) else None

    def judged(self) -> Judged:
        """What the form states; call it when the form holds."""
        grades = self.grades()
        if grades is None:
            raise Refused("Choose a step from 0 to 4 on each of the three scales.")
        return Judged(
            grades=grades,
            rating=Rating(self.rating.data),
            confidence=Confidence(self.confidence.data),
            rationale=self.rationale.data,
            reliability=Reliability(self.reliability.data),
            credibility=self.credibility.data,
            override_reason=self.override_reason.data or "",
        )

    def typed(self) -> dict[str, list[str]]:
        """The listed fields exactly as they were sent: what a draft keeps."""
        hidden = {field.name for field in self if isinstance(field.widget, HiddenInput)}
        names = {field.name for field in self} - hidden
        return {name: request.form.getlist(name) for name in sorted(names) if name in request.form}

    def refuse_unknown(self) -> None:
        """Refuse fields that the form does not list; a draft is not validated otherwise."""
        unknown = sorted(set(request.form) - {field.name for field in self} - BESIDE_EVERY_FORM)
        if unknown:
            raise Refused(f"A draft has no field named {', '.join(unknown)}. Reload the page and try again.")


class ReviewForm(JudgementForm):
    """A reviewer's judgement, and the evidence that they considered."""

    considered = SelectMultipleField(
        "Evidence that you considered", coerce=int, widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(), validate_choice=False,
    )  # fmt: skip
    found_nothing = BooleanField("I found no evidence that bears on this claim")

    def offer(self, evidence: Iterable[Evidence]) -> None:
        """List the pieces that may be ticked."""
        self.considered.choices = [
            SelectChoice(str(piece.id), f"{piece.number}: {piece.title}") for piece in evidence
        ]


class AdjudicationForm(JudgementForm):
    """A third person's judgement of a dispute."""


def filled(typed: dict[str, Sequence[str]]) -> MultiDict[str, str]:
    """The fields of a draft as a form takes them."""
    return MultiDict((name, value) for name, values in typed.items() for value in values)


def fields_of(review: Review, considered: Iterable[int]) -> dict[str, Sequence[str]]:
    """An earlier review as the fields of a new form: where a returned ticket starts from."""
    names = [*SCALES, "rating", "confidence", "reliability", "credibility", "rationale", "override_reason"]
    return {
        **{name: [str(getattr(review, name))] for name in names},
        "considered": [str(number) for number in considered],
    }
