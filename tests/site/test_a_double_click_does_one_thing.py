"""Every form that changes something, sent twice as an impatient hand does, has one effect."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from tests.cast import make_person, sign_in
from tests.pages import Form, Visitor
from tests.site.crawl import Seen, endpoint_of, visitor_for
from verify import models
from verify.accounts.models import Person
from verify.audit.models import AuditEntry
from verify.db import db

pytestmark = pytest.mark.xdist_group("the walk")  # one process walks the desk for all of these

# What nobody changes by sending a form twice, and what the kernel keeps for itself.
OF_THE_KERNEL = {"form_answer", "auth_session", "sign_in_attempt"}
TYPED = {
    "email": "newcomer@desk.example", "url": "https://example.org/report", "date": "2021-09-06", "number": "1",
    "datetime-local": "2031-09-06T12:00",
}  # fmt: skip
WORDS = "The gates were opened before dawn, and nobody on the lower bank had been told."


def filled(form: Form) -> MultiDict[str, Any]:
    """The form as a person might send it: what the page offers, and something plausible in every gap."""
    fields = form.fields()
    for control in form.element.xpath(".//input | .//textarea | .//select"):
        name, kind = (
            control.get("name"),
            control.get("type", "text") if control.tag == "input" else control.tag,
        )
        alone = kind == "checkbox" and len(form.element.xpath(".//input[@name=$name]", name=name)) == 1
        if not name or fields.get(name) or alone or kind in {"hidden", "submit", "button"}:
            continue
        if kind in {"radio", "checkbox"}:
            fields[name] = control.get("value")
        elif kind == "select":
            values = [value for value in control.xpath(".//option/@value") if value]
            fields[name] = str(values[-1]) if values else ""
        elif kind == "file":
            fields[name] = (BytesIO(WORDS.encode()), "report.txt")
        else:
            fields[name] = TYPED.get(kind, WORDS[: int(control.get("maxlength") or 2000)])
    return fields


def again(fields: MultiDict[str, Any]) -> MultiDict[str, Any]:
    """The same fields, with files that can be read once more."""
    copied: MultiDict[str, Any] = MultiDict()
    for name, value in fields.items(multi=True):
        copied.add(name, (BytesIO(WORDS.encode()), value[1]) if isinstance(value, tuple) else value)
    return copied


def counts(app: Flask) -> dict[str, int]:
    """How many rows each table of the desk holds, and how far its log goes."""
    with app.app_context():
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in models.metadata.sorted_tables
            if table.name not in OF_THE_KERNEL
        }


def forms_of(app: Flask, seen: list[Seen]) -> dict[str, tuple[Seen, str]]:
    """Every kind of form that changes something, with a page on which it stands."""
    found: dict[str, tuple[Seen, str]] = {}
    for one in seen:
        for element in one.page.tree.forms:
            form = Form(one.page, element)
            if form.method == "post" and form.address.startswith("/"):
                found.setdefault(post_endpoint(app, form.address), (one, form.address))
    return found


def post_endpoint(app: Flask, address: str) -> str:
    with app.test_request_context(address, method="POST") as context:
        rule = context.request.url_rule
        return rule.endpoint if rule else endpoint_of(app, address)


@pytest.mark.timeout(400)  # it walks the whole desk, and sends each form to a copy of its own
def test_every_form_sent_twice_has_one_effect(demo_copy: Callable[[], Flask], seen: list[Seen]) -> None:
    effective, doubled = set(), {}
    for endpoint, (one, address) in forms_of(demo_copy(), seen).items():
        app = demo_copy()
        visitor = visitor_for(app, one.email)
        forms = [Form(page, element) for page in [visitor.get(one.address)] for element in page.tree.forms]
        form = next(form for form in forms if form.address == address and form.method == "post")
        fields, before = filled(form), counts(app)
        visitor.client.post(address, data=again(fields)).close()
        once = counts(app)
        visitor.client.post(address, data=again(fields)).close()
        twice = counts(app)
        if once != before:
            effective.add(endpoint)
        if twice != once:
            doubled[endpoint] = {
                name: (once[name], twice[name]) for name in once if once[name] != twice[name]
            }
    assert not doubled
    # Most forms can be sent as they come, or with a few words: else this would prove nothing.
    assert len(effective) >= 20, sorted(effective)


def test_two_clicks_at_the_same_moment_lead_to_one_place(app: Flask) -> None:
    with app.app_context():
        visitor = sign_in(Visitor(app), make_person(db.session, "Nadia Rahimi"))
    fields = visitor.get("/account").form("/account/name").fields()
    fields["name"] = "Nadia R."
    cookie = visitor.client.get_cookie("verify")
    assert cookie is not None

    def click(_number: int) -> tuple[int, str | None]:
        other = Visitor(app)
        other.client.set_cookie("verify", cookie.value)
        answer = other.client.post("/account/name", data=fields)
        return answer.status_code, answer.location

    with ThreadPoolExecutor(6) as hands:
        answers = set(hands.map(click, range(6)))
    assert answers == {(303, "/account")}
    with app.app_context():
        renamed = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "person.renamed")).all()
        assert len(renamed) == 1
        assert db.session.scalars(select(Person.name)).one() == "Nadia R."


def test_what_is_typed_after_going_back_is_taken_in_and_not_mistaken_for_a_second_click(app: Flask) -> None:
    with app.app_context():
        visitor = sign_in(Visitor(app), make_person(db.session, "Nadia Rahimi"))
    page = visitor.get("/account")
    for name in ("Nadia R.", "Nadia Rahimi-Noor", "Nadia R."):
        page.form("/account/name").submit(name=name)
    with app.app_context():
        assert (
            db.session.scalars(select(Person.name)).one() == "Nadia Rahimi-Noor"
        )  # the third was sent before
        renamed = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "person.renamed")
        assert db.session.scalar(renamed) == 2
