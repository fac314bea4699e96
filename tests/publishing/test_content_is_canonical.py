"""The content of a verdict has one byte form, one hash and one shape."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.publishing.samples import content
from verify.publishing.content import WrongContent, canonical, checked, content_hash


def test_the_order_of_fields_does_not_change_the_hash() -> None:
    verdict = content()
    backwards = dict(reversed(verdict.items()))
    assert content_hash(verdict) == content_hash(backwards)


def test_every_single_field_changes_the_hash() -> None:
    original = content_hash(content())
    for name in content():
        assert content_hash(content() | {name: "another"}) != original, name


def test_a_stranger_can_repeat_the_hash_from_the_json() -> None:
    body = canonical(content())
    assert hashlib.sha256(body).hexdigest() == content_hash(json.loads(body))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"rating": "debunked"}, "content.rating"),
        ({"claim": "  "}, "content.claim"),
        ({"claimed_on": "yesterday"}, "content.claimed_on"),
        ({"confidence": None}, "content.confidence"),
        ({"credibility": True}, "content.credibility"),
        ({"grades": {"sourcing": 5, "attribution": 0, "confirmation": 0}}, "a sourcing grade"),
        ({"grades": {"sourcing": 3, "attribution": 0}}, "content.grades.confirmation"),
        ({"reviewer": "Somebody"}, "content.reviewer"),
        ({"schema": "verify.verdict/9"}, "content.schema"),
        ({"origins": content()["origins"] | {"lower": 3}}, "content.origins"),
        (
            {"evidence": [content()["evidence"][0] | {"url": "javascript:alert(1)"}]},
            "content.evidence[0].url",
        ),
        (
            {"appearances": [content()["appearances"][0] | {"text_sha256": "abc"}]},
            "content.appearances[0].text_sha256",
        ),
    ],
)
def test_a_content_out_of_shape_is_refused_by_name(change: dict[str, object], place: str) -> None:
    with pytest.raises(WrongContent) as refusal:
        checked(content() | change)
    assert str(refusal.value).startswith(place)


def test_a_right_content_passes_unchanged() -> None:
    assert checked(content()) == content()


def test_a_version_from_before_maps_were_kept_is_still_right() -> None:
    older = content()
    del older["origins"]["map"], older["origins"]["beside"]
    assert checked(older) == older


def test_a_map_with_a_line_to_nowhere_is_refused() -> None:
    astray = content()
    astray["origins"]["map"]["lines"][0]["parent"] = 99
    with pytest.raises(WrongContent, match="line to nowhere"):
        checked(astray)
