"""A clock whose hands the tests move: true time, what it is set to, and restarts of the machine."""

import uuid
from datetime import UTC, datetime, timedelta

from posada.ground import clock

BEGUN = datetime(2030, 3, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Hands:
    """The hands of the clock: true time, what the clock is set to beside it, and which start of the machine it is."""

    def __init__(self) -> None:
        self.true = timedelta(0)
        self.wrong = timedelta(0)
        self.boot = uuid.uuid4()
        self.booted = timedelta(0)

    def now(self) -> datetime:
        return BEGUN + self.true + self.wrong

    def running(self) -> clock.Running:
        return clock.Running(self.boot, int((self.true - self.booted).total_seconds()))

    def real_seconds(self) -> float:
        return self.now().timestamp()

    def restart(self) -> None:
        self.boot, self.booted = uuid.uuid4(), self.true
