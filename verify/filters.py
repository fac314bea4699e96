"""What templates may do to a value on its way to the page."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import Flask, request
from markupsafe import Markup, escape

from verify.config import Settings

# Controls that change how text looks without being seen: C0 and C1, bidi marks and overrides, zero-width characters.
# The two joiners are spelling in Arabic, Persian and Indic scripts and in emoji: inside such words they stay.
_SPELLED = (
    "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe0f\ufe70-\ufefc"
    "\u2600-\u27bf\U0001f000-\U0001faff"
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    f"|(?<![{_SPELLED}])[\u200c\u200d]|[\u200c\u200d](?![{_SPELLED}])"
)


def number(value: int | float) -> str:
    """12345 as 12,345."""
    return f"{value:,}"


def day(value: date | datetime | None) -> str:
    """5 September 2021, or nothing."""
    return f"{value.day} {value:%B %Y}" if value else ""


def moment(value: datetime | None) -> Markup:
    """A time element: UTC for machines and on hover; a script shows it in the reader's zone."""
    if value is None:
        return Markup("")
    stamp = value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return Markup('<time datetime="{}" title="{} UTC">{}</time>').format(
        stamp, value.strftime("%Y-%m-%d %H:%M:%S"), f"{value.day} {value:%b %Y, %H:%M} UTC"
    )


def _mark(found: re.Match[str]) -> str:
    name = unicodedata.name(found[0], "control character").lower()
    return f'<span class="control-mark" title="{name}">U+{ord(found[0]):04X}</span>'


def shown(text: str) -> Markup:
    """Text from elsewhere with its bidi and invisible controls made visible instead of obeyed."""
    return Markup(_UNSEEN.sub(_mark, str(escape(text))))  # nosec B704  # escaped first; the marks hold hex and names


def plain(text: str) -> str:
    """Text without what cannot be seen, for places that would obey it and can show no marks, such as a title."""
    return _UNSEEN.sub("", text)


def plural(count: int, one: str, many: str | None = None) -> str:
    """“1 article”, “7 articles”."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def _version_of_static(app: Flask) -> str:
    """A short hash over the static files, put into their addresses so that browsers may keep them for long."""
    digest = hashlib.sha256()
    root = Path(app.static_folder or "")
    for path in sorted(root.rglob("*")):
        if path.is_file():
            digest.update(
                f"{path.relative_to(root)}:{path.stat().st_size}:{path.stat().st_mtime_ns}".encode()
            )
    return digest.hexdigest()[:10]


def _keep_static_addresses(app: Flask) -> None:
    """Build the address of each static file once: a page names dozens, and building one costs 25 microseconds."""
    version, kept = _version_of_static(app), dict[tuple[str, str], str]()

    @app.url_defaults
    def _add_version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values.setdefault("v", version)

    def url_for(endpoint: str, **values: Any) -> str:
        if endpoint != "static" or values.keys() != {"filename"}:
            return app.url_for(endpoint, **values)
        place = (request.script_root, values["filename"])
        if place not in kept:
            kept[place] = app.url_for(endpoint, **values)
        return kept[place]

    app.jinja_env.globals["url_for"] = url_for


def install(app: Flask, settings: Settings) -> None:
    """Give filters and the desk's name to every template, and a version to every static address."""
    for function in (number, day, moment, shown, plain, plural):
        app.add_template_filter(function)
    app.jinja_env.globals.update(desk_name=settings.desk_name, plural=plural)
    _keep_static_addresses(app)
