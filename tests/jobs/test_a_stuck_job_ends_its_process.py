"""A job that outlasts its limit ends the process it runs in, whatever it is stuck in, and the next worker goes on."""

from __future__ import annotations

import signal
import subprocess
import sys

from flask import Flask

from tests.jobs.conftest import Asking, Bell, job
from tests.jobs.test_each_effect_happens_once import fall_silent, rings
from tests.site.source import ROOT
from verify.config import Settings
from verify.jobs.models import JobState
from verify.jobs.worker import run_pending

STUCK = """
import sys
from pathlib import Path
from verify import create_app
from verify.config import Settings
from verify.jobs.kinds import KINDS, Kind
from verify.jobs.worker import Worker

def stuck(work):
    while True:
        pass

settings = Settings("development", "a secret that only tests know, long enough", sys.argv[1], Path(sys.argv[2]),
                    "http://localhost", "Desk")
app = create_app(settings)
KINDS["bell"] = Kind("bell", "Ring the bell", stuck, limit=1)
Worker(app, with_server=False).once()
"""


def test_a_stuck_job_ends_its_process_and_is_taken_again(
    app: Flask, bell: Bell, asked: Asking, settings: Settings
) -> None:
    number = asked()
    command = [sys.executable, "-c", STUCK, settings.database_url, str(settings.data_dir)]
    ended = subprocess.run(command, cwd=ROOT, check=False, timeout=60, capture_output=True)
    assert ended.returncode == -signal.SIGALRM, ended.stderr
    with app.app_context():
        assert (job(number).state, job(number).attempts) == (JobState.RUNNING, 1)
        assert run_pending() == 0
        fall_silent(number)
        assert run_pending() == 1
        assert rings() == ["north"]
