"""Several workers at one queue: every job is done, and each once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from tests.jobs.conftest import Asking, Bell
from tests.jobs.test_each_effect_happens_once import rings
from verify.jobs.worker import run_pending

pytestmark = pytest.mark.both_databases
JOBS, WORKERS = 24, 4


def test_several_workers_do_every_job_once(app: Flask, bell: Bell, asked: Asking) -> None:
    names = [f"bell {number:02}" for number in range(JOBS)]
    for name in names:
        asked(name)

    def worker(_number: int) -> int:
        with app.app_context():
            return run_pending()

    with ThreadPoolExecutor(WORKERS) as workers:
        begun = list(workers.map(worker, range(WORKERS)))
    assert sum(begun) == JOBS
    with app.app_context():
        assert sorted(rings()) == names
