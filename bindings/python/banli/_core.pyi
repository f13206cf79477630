"""Types of banli._core. Days and instants go in as datetime objects or ISO 8601 text."""

import datetime as _dt
from typing import Any, Callable, Optional, Sequence, Union

__version__: str

_Day = Union[_dt.date, str]
_Instant = Union[_dt.datetime, _dt.date, str]
_Progress = Callable[[str, int, int], None]

class Error(ValueError):
    """Something could not be done; `problem` says what and where."""

    problem: Problem
    code: str

class Problem:
    """One thing that is wrong, and where."""

    code: str
    message: str
    message_zh: str
    file: str
    line: int
    column: int

class DayInfo:
    """What is known of one day."""

    date: _dt.date
    kind: str
    name: str
    source: str
    provisional: bool

class DayRun:
    """Neighbouring days with one fate."""

    first: _dt.date
    last: _dt.date
    kind: str
    first_count: int
    last_count: int
    reason: str
    reason_zh: str
    source: str

class Deadline:
    """When a time limit ends, and why."""

    start: _dt.date
    due: Optional[_dt.date]
    due_at: Optional[_dt.datetime]
    limit: str
    remaining: int
    provisional: bool
    calendar: str
    days: list[DayRun]
    def explain(self, lang: str = "en") -> str: ...

class Calendar:
    """Which days an office works."""

    version: str
    @staticmethod
    def cn() -> Calendar: ...
    def is_workday(self, day: _Day) -> bool: ...
    def day(self, day: _Day) -> DayInfo: ...
    def add_workdays(self, day: _Day, n: int) -> _dt.date: ...
    def count_workdays(self, after: _Day, through: _Day) -> int: ...
    def due(
        self,
        start: _Instant,
        limit: str,
        *,
        exclude: Sequence[tuple[str, _Day, Optional[_Day]]] = ...,
        extend: Sequence[tuple[str, _Day]] = ...,
        roll: Optional[str] = None,
    ) -> Deadline: ...

class ServiceItem:
    """One service item; all fields of form A1."""

    code: str
    type: str
    name: str
    body: str
    bases: list[str]
    conditions: list[str]
    promised: str
    statutory: Optional[str]
    department: str
    section: str
    address: str
    phone: str
    flow: str
    supervision_phone: str
    online_link: str
    kind: str
    def check(self) -> list[Problem]: ...

class DisclosureDuty:
    """Who must publish what by when."""

    column: str
    content: str
    unit: str
    when: str

class Configuration:
    """Everything an office has written down."""

    name: str
    items: list[ServiceItem]
    duties: list[DisclosureDuty]
    files: list[str]
    problems: list[Problem]
    good: bool
    calendar: Calendar
    rules: list[str]
    def test_rules(self) -> list[Problem]: ...

class Store:
    """Where the events of cases are kept."""

    event_count: int
    def cases(self) -> list[dict[str, Any]]: ...
    def events(self, case: str) -> list[dict[str, Any]]: ...
    def verify(self) -> list[dict[str, Any]]: ...
    def close(self) -> None: ...
    def __enter__(self) -> Store: ...
    def __exit__(self, *args: Any) -> None: ...

class CaseLog:
    """A log of commands."""

    last: _dt.datetime
    def __len__(self) -> int: ...

class Hit:
    """What supervision found."""

    rule: str
    case: str
    step: str
    level: str
    raised: _dt.datetime
    ended: Optional[_dt.datetime]
    end: str
    message: str
    message_zh: str
    facts: dict[str, str]

class ItemSummary:
    """One row of the table."""

    item: str
    name: str
    received: int
    early: int
    on_time: int
    overdue: int
    open: int
    not_judged: int
    reminders: int
    warnings: int
    alarms: int

class Refusal:
    """A command the engine refused."""

    case: str
    step: str
    problem: Problem
    passed_over: int

class RunResult:
    """What a replay found."""

    items: list[ItemSummary]
    refusals: list[Refusal]
    commands: int
    already_done: int
    events_appended: int
    complete: int
    unfinished: int
    deviating: int
    deadlines: int
    deadlines_reproduced: int
    hits: list[Hit]
    def table(self, lang: str = "zh") -> str: ...

class WrittenReport:
    index: str
    dossiers: int

def load(path: str) -> Configuration: ...
def open_store(path: str) -> Store: ...
def memory_store() -> Store: ...
def read_log(configuration: Configuration, path: str) -> CaseLog: ...
def check_log(configuration: Configuration, path: str) -> list[Problem]: ...
def replay(
    configuration: Configuration,
    log: CaseLog,
    store: Store,
    *,
    until: Optional[_Instant] = None,
    on_progress: _Progress = ...,
) -> RunResult: ...
def write_report(
    folder: str,
    configuration: Configuration,
    result: RunResult,
    store: Store,
    *,
    until: _Instant,
    lang: str = "zh",
    on_progress: _Progress = ...,
) -> WrittenReport: ...
def main(arguments: Sequence[str]) -> int: ...
