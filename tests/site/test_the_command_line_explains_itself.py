"""The `verify` command: every word explains itself, help is fast, and problems are sentences."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.site.source import ROOT
from verify.cli import COMMANDS, cli
from verify.server import free_port, shown_address


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "verify.cli", *words], capture_output=True, text=True, check=False, timeout=60,
        env={"PATH": "/usr/bin:/bin", **environment}, cwd=ROOT,
    )  # fmt: skip


@pytest.mark.parametrize("word", COMMANDS)
def test_every_word_explains_itself(word: str) -> None:
    shown = CliRunner().invoke(cli, [word, "--help"])
    assert shown.exit_code == 0, shown.output
    assert len(shown.output.splitlines()) > 3


def test_help_lists_every_word_and_loads_nothing_for_it() -> None:
    loaded = "import sys; from verify.cli import cli; cli(['--help'], standalone_mode=False); print([*sys.modules])"
    shown = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert all(f"  {word} " in shown.stdout for word in COMMANDS)
    assert not {
        name for name in ("flask", "sqlalchemy", "trafilatura", "numpy") if f"'{name}'" in shown.stdout
    }


def test_an_unsafe_setting_is_one_sentence_and_no_start(tmp_path: Path) -> None:
    tried = run("migrate", VERIFY_ENV="production", VERIFY_DATA=str(tmp_path))
    assert tried.returncode == 2
    assert tried.stderr == (
        "verify: VERIFY_SECRET_KEY is missing or shorter than 32 characters; set a random one.\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"id": 1, "text": "Seven hundred people left the valley."}\n')
    words = [sys.executable, "-m", "verify.cli", "rank", "--batch", str(texts)]
    with Path("/dev/full").open("w") as full:
        tried = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    assert tried.returncode == 4
    assert tried.stderr.startswith("verify: There is no room left")


def test_a_desk_is_not_served_before_its_database_is_there(tmp_path: Path) -> None:
    tried = run("serve", VERIFY_DATA=str(tmp_path))
    assert tried.returncode == 1
    assert "Run `verify migrate`" in tried.stderr


def test_a_command_on_a_new_desk_makes_its_database_first(tmp_path: Path) -> None:
    article = tmp_path / "ferry.txt"
    article.write_text("The harbour master said on Monday that the ferry had been stopped for two days.\n")
    tried = run("ingest", str(article), VERIFY_DATA=str(tmp_path / "data"))
    assert tried.returncode == 0, tried.stderr
    assert "from empty" in tried.stderr
    assert "1 of 1 file" in tried.stdout


def test_a_command_in_production_leaves_the_database_to_migrate(tmp_path: Path) -> None:
    secret, address = "a secret that only this test knows, long enough", "https://desk.example.org"
    tried = run(
        "people", "list", VERIFY_ENV="production", VERIFY_SECRET_KEY=secret, VERIFY_BASE_URL=address,
        VERIFY_DATA=str(tmp_path),
    )  # fmt: skip
    assert tried.returncode == 1
    assert "Run `verify migrate`" in tried.stderr


def test_an_empty_desk_says_how_to_invite_somebody(tmp_path: Path) -> None:
    assert "verify people invite" in run("people", "list", VERIFY_DATA=str(tmp_path)).stdout


def test_migrating_twice_does_nothing_the_second_time(tmp_path: Path) -> None:
    assert "from empty" in run("migrate", VERIFY_DATA=str(tmp_path)).stdout
    assert "up to date" in run("migrate", VERIFY_DATA=str(tmp_path)).stdout


def test_the_demo_with_its_known_passwords_does_not_start_in_production(tmp_path: Path) -> None:
    tried = run(
        "demo", VERIFY_ENV="production", VERIFY_SECRET_KEY="k" * 40, VERIFY_DATA=str(tmp_path),
        VERIFY_BASE_URL="https://verify.example.org",
    )  # fmt: skip
    assert tried.returncode == 1
    assert "known passwords" in tried.stderr


def test_a_taken_port_leads_to_the_next_and_far_too_many_to_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port("127.0.0.1", port) > port
    assert free_port("127.0.0.1", port) == port


def test_an_address_to_listen_on_is_shown_as_one_to_open() -> None:
    assert shown_address("0.0.0.0", 8000) == "http://127.0.0.1:8000"
    assert shown_address("::1", 8000) == "http://[::1]:8000"
    assert shown_address("desk.local", 80) == "http://desk.local:80"


def test_an_old_python_is_told_which_one_is_needed() -> None:
    source = (ROOT / "run.py").read_text(encoding="utf-8")
    check = source.index("sys.version_info < (3, 11)")
    assert check < source.index("def "), "functions with modern annotations must come after the check"
