"""The recipe of docs/verdicts.md, run as it stands there: nothing but the standard library is needed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.publishing.samples import content
from tests.reports.test_every_format_tells_the_same import written
from verify.publishing.content import canonical

RECIPE = Path(__file__).parents[2] / "docs" / "verdicts.md"


def check(tmp_path: Path, report: Any) -> subprocess.CompletedProcess[str]:
    """Run the recipe over a report, isolated from every installed package."""
    found = re.search(r"```python\n(.*?)```", RECIPE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    (tmp_path / "check.py").write_text(found[1], encoding="utf-8")
    (tmp_path / "report.json").write_text(json.dumps(report), encoding="utf-8")
    command = [sys.executable, "-I", "-S", str(tmp_path / "check.py"), str(tmp_path / "report.json")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_report_as_it_was_built_passes(tmp_path: Path) -> None:
    done = check(tmp_path, json.loads(written("json")))
    assert done.returncode == 0, done.stderr
    assert "3 verdicts are what they were" in done.stdout


@pytest.mark.parametrize("act", ["reword", "drop", "swap"])
def test_a_report_that_was_tampered_with_does_not(tmp_path: Path, act: str) -> None:
    report = json.loads(written("json"))
    if act == "reword":
        report["verdicts"][1]["content"]["evidence"][0]["note"] += "!"
    elif act == "drop":
        del report["verdicts"][2]
    else:
        report["verdicts"].reverse()
    assert check(tmp_path, report).returncode == 1


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_the_standard_library_writes_the_same_canonical_form(text: str) -> None:
    verdict = content(claim=text, summary=text)
    plain = json.dumps(verdict, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert plain.encode() == canonical(verdict)
