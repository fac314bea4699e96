"""Walking the desk as a browser without JavaScript does: pages, forms, and what a pressed button sends."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from lxml import html
from lxml.html import FormElement, HtmlElement
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

SIGN_IN = "/sign-in"


class Page:
    """An answer of the desk, and what a person can do with it."""

    def __init__(self, visitor: Visitor, response: TestResponse) -> None:
        self.visitor, self.response = visitor, response
        self.status = response.status_code
        self.path = response.request.path
        self.html = response.get_data(as_text=True)
        self.tree: HtmlElement = html.document_fromstring(self.html or "<html></html>")

    @property
    def text(self) -> str:
        """What the page says, with single spaces."""
        return " ".join(self.tree.text_content().split())

    def select(self, selector: str) -> list[HtmlElement]:
        """The elements that an XPath finds."""
        found: list[HtmlElement] = self.tree.xpath(selector)
        return found

    def get_link(self, words: str) -> Page:
        """Follow the first link that reads so."""
        links = [link for link in self.select("//a[@href]") if words in said(link)]
        assert links, f"{self.path} ({self.status}) has no link “{words}”:\n{self.html}"
        return self.visitor.get(links[0].get("href"))

    def form_to(self, address: str) -> Form:
        """The one form that is sent to this address, whatever else the address asks for."""
        forms = [Form(self, form) for form in self.tree.forms]
        (fitting,) = [form for form in forms if form.address.partition("?")[0].endswith(address)]
        return fitting

    def form(self, action: str = "", button: str = "") -> Form:
        """The one form whose address ends as said, or that has a button reading so."""
        forms = [Form(self, form) for form in self.tree.forms]
        fitting = [form for form in forms if form.address.endswith(action) and form.has_button(button)]
        wanted = action or button
        assert len(fitting) == 1, (
            f"{self.path} ({self.status}) has {len(fitting)} forms for “{wanted}”:\n{self.html}"
        )
        return fitting[0]


class Form:
    """One form of a page, filled as the page came."""

    def __init__(self, page: Page, element: FormElement) -> None:
        self.page, self.element = page, element
        self.address: str = element.get("action") or page.response.request.full_path.rstrip("?")
        self.method: str = (element.get("method") or "get").lower()

    def buttons(self) -> list[HtmlElement]:
        """Everything that sends the form, also from outside it by its form attribute."""
        outside = self.element.get("id")
        found: list[HtmlElement] = self.element.xpath(
            ".//button[not(@type) or @type='submit'] | .//input[@type='submit']"
        )
        if outside:
            found += self.page.tree.xpath("//button[@form=$id]", id=outside)
        return found

    def has_button(self, words: str) -> bool:
        """Whether a button reads so; no words fit any form."""
        return not words or any(words in said(button) for button in self.buttons())

    def fields(self) -> MultiDict[str, Any]:
        """What would be sent now."""
        values = MultiDict((name, value) for name, value in self.element.form_values())
        for area in self.element.xpath(".//textarea[@name]"):
            # A browser drops the newline that follows the tag; lxml keeps it.
            kept = [re.sub(r"^\r?\n", "", value, count=1) for value in values.getlist(area.get("name"))]
            values.setlist(area.get("name"), kept)
        return values

    def submit(self, button: str = "", **typed: Any) -> Page:
        """Type into fields and press a button. A list fills a field several times, None leaves it out."""
        sent = self.fields()
        names = {field.get("name") for field in self.element.xpath(".//*[@name]")}
        for name, value in typed.items():
            assert name in names, (
                f"the form at {self.address} has no field {name}, only {sorted(filter(None, names))}"
            )
            sent.poplist(name)
            for part in value if isinstance(value, list) else [] if value is None else [value]:
                sent.add(name, part)
        return self.send(sent, button)

    def send(self, fields: MultiDict[str, Any], button: str = "") -> Page:
        """Send exactly these fields, and what the pressed button adds."""
        address = self.address
        pressed = next((one for one in self.buttons() if button in said(one)), None) if button else None
        if pressed is not None:
            address = pressed.get("formaction") or address
            if pressed.get("name"):
                fields.setlist(pressed.get("name"), [pressed.get("value", "")])
        if self.method == "get":
            return self.page.visitor.get(address, query=fields)
        return self.page.visitor.post(address, fields)


class Visitor:
    """A person's browser: keeps cookies, follows redirects, sends forms."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, address: str, query: Any = None) -> Page:
        """Open an address."""
        return Page(self, self.client.get(address, query_string=query, follow_redirects=True))

    def post(self, address: str, fields: Any) -> Page:
        """Send fields to an address, and see where that leads; 307 sends them on, as browsers do."""
        response = self._sent(address, fields)
        while response.status_code == 307:
            response = self._sent(response.location, fields)
        if response.status_code in {301, 302, 303}:
            return self.get(response.location)
        return Page(self, response)

    def _sent(self, address: str, fields: Any) -> TestResponse:
        response = self.client.post(address, data=fields)
        response.request.environ["wsgi.input"].close()  # a large upload travels in a temporary file
        return response

    def sign_in(self, email: str, password: str) -> Page:
        """Sign in through the form."""
        return self.get(SIGN_IN).form(SIGN_IN).submit(email=email, password=password)


def said(button: HtmlElement) -> str:
    """The words on a button."""
    return button.get("value", "") if button.tag == "input" else " ".join(button.text_content().split())
