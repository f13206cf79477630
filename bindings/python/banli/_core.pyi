"""Types of banli._core. Days and instants go in as datetime or datetime64 objects or ISO 8601 text."""

import datetime as _dt
import os as _os
from typing import Any, Callable, Literal, Mapping, Optional, Protocol, Sequence, Union, overload

import numpy as _np
from numpy.typing import NDArray as _Array

__version__: str

NO_COUNT: int
STOP_TYPES: tuple[str, ...]

_Day = Union[_dt.date, str, _np.datetime64]
_Instant = Union[_dt.datetime, _dt.date, str, _np.datetime64]
_Path = Union[str, _os.PathLike[str]]
_Progress = Callable[[str, int, int], None]

class _Column(Protocol):
    def __array__(self) -> Any: ...
    def __len__(self) -> int: ...

_Days = Union[_Array[Any], list[Any], tuple[Any, ...], _Column]
_Counts = Union[_Array[Any], list[int], tuple[int, ...], _Column]
_DayArray = _Array[_np.datetime64]
_IntArray = _Array[_np.int64]
_BoolArray = _Array[_np.bool_]

_Lang = Literal["en", "zh"]
_Limit = Union[TimeLimit, str]
_Hours = Union[WorkingHours, str]
_Week = Union[str, Mapping[str, str]]
_Stop = tuple[str, _Day, Optional[_Day]]
_Extension = Union[tuple[_Limit, _Day], tuple[_Limit, _Day, str]]
_StopColumns = Union[
    tuple[_Counts, _Days, _Days], tuple[_Counts, _Days, _Days, Union[_Array[Any], Sequence[str], None]]
]
_Roll = Literal["following", "preceding", "none"]
_Edges = Literal["closed", "half_open_from", "half_open_to", "open"]
_StartRule = Literal["after_event", "on_event"]
_Before = Union[bool, Literal["nth", "clear_days"]]
_Resume = Literal["remaining", "full"]
_Order = Literal["extend_then_roll", "roll_then_extend"]
_Opening = Literal["open", "closed"]

class Error(ValueError):
    """Something could not be done; `problem` says what and where."""

    problem: Problem
    problems: list[Problem]
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

class TimeLimit:
    """A count and a unit."""

    count: int
    unit: str
    iso: str
    def __init__(self, text: str) -> None: ...
    @staticmethod
    def parse(text: str) -> TimeLimit: ...
    def text(self, lang: _Lang = "en") -> str: ...

class WorkingHours:
    """At what times of a working day an office works."""

    def __init__(
        self,
        week: Optional[_Week] = None,
        *,
        seasons: Sequence[tuple[str, str, str, Optional[_Week]]] = ...,
        dates: Mapping[_Day, str] = ...,
    ) -> None: ...
    @staticmethod
    def load(path: str) -> WorkingHours: ...
    def sessions_on(self, day: _Day) -> str: ...
    def add_work_time(
        self, calendar: Calendar, start: _Instant, minutes: Union[int, _dt.timedelta]
    ) -> _dt.datetime: ...
    def work_time_between(self, calendar: Calendar, start: _Instant, end: _Instant) -> int: ...

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

class Usage:
    """How much of a limit is used at an instant."""

    total: int
    used: int
    remaining: int
    unit: str
    changes_at: Optional[_dt.datetime]

class Deadline:
    """When a time limit ends, and why."""

    start: _dt.date
    due: Optional[_dt.date]
    due_at: Optional[_dt.datetime]
    nominal: Optional[_dt.date]
    limit: TimeLimit
    total: int
    remaining: int
    provisional: bool
    calendar: str
    days: list[DayRun]
    def at(self, now: _Instant) -> Usage: ...
    def urgency(
        self, now: _Instant, thresholds: Union[Literal["by_days"], Sequence[Mapping[str, Any]], None] = None
    ) -> Urgency: ...
    def in_time(self, done: _Instant) -> bool: ...
    def days_late(self, done: _Instant) -> int: ...
    def workdays_late(self, done: _Instant) -> int: ...
    def explain(self, lang: _Lang = "en") -> str: ...
    def json(self, now: Optional[_Instant] = None) -> str: ...
    def svg(self, lang: _Lang = "zh") -> str: ...
    def _repr_html_(self) -> str: ...

class Urgency:
    """How pressing a limit is at an instant."""

    state: str
    level: int
    name: str
    name_zh: str
    card: str
    total: int
    used: int
    remaining: int
    due_at: Optional[_dt.datetime]
    changes_at: Optional[_dt.datetime]

class ClockStart:
    """On which day a limit starts, from what happened."""

    start: Optional[_dt.date]
    why: str
    reason: str
    reason_zh: str
    decided_by: Optional[_dt.date]
    notice_due: Optional[_dt.date]
    provisional: bool

class Deadlines:
    """When the limits of many cases end."""

    due: _DayArray
    remaining: _IntArray
    provisional: _BoolArray
    limit: TimeLimit
    calendar: str
    def __len__(self) -> int: ...
    def __getitem__(self, case: int) -> Optional[Deadline]: ...

class Usages:
    """What is used and left of many limits."""

    used: _IntArray
    remaining: _IntArray
    def __len__(self) -> int: ...

class Moved:
    """Deadlines that an amended calendar moves."""

    index: _IntArray
    before: _DayArray
    after: _DayArray
    by: _Array[_np.timedelta64]
    def __len__(self) -> int: ...

class Calendar:
    """Which days an office works."""

    version: str
    first: _dt.date
    last: _dt.date
    horizon: _dt.date
    @staticmethod
    def cn() -> Calendar: ...
    def as_known_on(self, day: _Day) -> Calendar: ...
    def with_overlay(
        self, name: str, days: Mapping[_Day, Union[_Opening, tuple[_Opening, str]]]
    ) -> Calendar: ...
    def with_overlay_file(self, path: _Path) -> Calendar: ...
    @staticmethod
    def load(path: Union[_Path, Sequence[_Path]]) -> Calendar: ...
    def day(self, day: _Day) -> DayInfo: ...
    def following(self, day: _Day) -> _dt.date: ...
    def preceding(self, day: _Day) -> _dt.date: ...
    @overload
    def is_workday(self, day: _Day) -> bool: ...
    @overload
    def is_workday(self, day: _Days, *, out: Optional[_BoolArray] = None) -> _BoolArray: ...
    @overload
    def add_workdays(self, day: _Day, n: int) -> _dt.date: ...  # type: ignore[overload-overlap]
    @overload
    def add_workdays(
        self, day: Union[_Day, _Days], n: Union[int, _Counts], *, out: Optional[_DayArray] = None
    ) -> _DayArray: ...
    @overload
    def count_workdays(self, after: _Day, through: _Day) -> int: ...  # type: ignore[overload-overlap]
    @overload
    def count_workdays(
        self, after: Union[_Day, _Days], through: Union[_Day, _Days], *, out: Optional[_IntArray] = None
    ) -> _IntArray: ...
    @overload
    def due(
        self,
        start: _Instant,
        limit: _Limit,
        *,
        exclude: Optional[Sequence[_Stop]] = None,
        suspend: Optional[Sequence[_Stop]] = None,
        restart: Optional[Sequence[_Stop]] = None,
        extend: Optional[Sequence[_Extension]] = None,
        hours: Optional[_Hours] = None,
        roll: Optional[_Roll] = None,
        edges: Optional[_Edges] = None,
        start_rule: Optional[_StartRule] = None,
        before: Optional[_Before] = None,
        resume: Optional[_Resume] = None,
        order: Optional[_Order] = None,
        extensions_allowed: Optional[int] = None,
    ) -> Deadline: ...
    @overload
    def due(
        self,
        start: _Days,
        limit: _Limit,
        *,
        exclude: Optional[_StopColumns] = None,
        counts: Union[int, _Counts, None] = None,
        roll: Optional[_Roll] = None,
        edges: Optional[_Edges] = None,
        start_rule: Optional[_StartRule] = None,
        before: Optional[_Before] = None,
        resume: Optional[_Resume] = None,
        order: Optional[_Order] = None,
        extensions_allowed: Optional[int] = None,
    ) -> Deadlines: ...
    @overload
    def usage(
        self,
        now: _Instant,
        start: _Instant,
        limit: _Limit,
        *,
        exclude: Optional[Sequence[_Stop]] = None,
        suspend: Optional[Sequence[_Stop]] = None,
        restart: Optional[Sequence[_Stop]] = None,
        extend: Optional[Sequence[_Extension]] = None,
        hours: Optional[_Hours] = None,
        roll: Optional[_Roll] = None,
        edges: Optional[_Edges] = None,
        start_rule: Optional[_StartRule] = None,
        before: Optional[_Before] = None,
        resume: Optional[_Resume] = None,
        order: Optional[_Order] = None,
        extensions_allowed: Optional[int] = None,
    ) -> Usage: ...
    @overload
    def usage(
        self,
        now: _Instant,
        start: _Days,
        limit: _Limit,
        *,
        exclude: Optional[_StopColumns] = None,
        counts: Union[int, _Counts, None] = None,
        roll: Optional[_Roll] = None,
        edges: Optional[_Edges] = None,
        start_rule: Optional[_StartRule] = None,
        before: Optional[_Before] = None,
        resume: Optional[_Resume] = None,
        order: Optional[_Order] = None,
        extensions_allowed: Optional[int] = None,
    ) -> Usages: ...

class DutyClause:
    """One clause of a duty."""

    scope: list[str]
    trigger: str
    subject: str
    pace: str
    limit: Optional[TimeLimit]
    count: int
    text: str

class Obligation:
    """One thing to be done in time."""

    clause: int
    start: _dt.date
    due: _dt.date
    met: Optional[_dt.date]
    def days_late(self, today: _Day) -> int: ...

class Duty:
    """What must be published, and by when."""

    clauses: list[DutyClause]
    text: str
    @staticmethod
    def parse(text: str) -> Duty: ...
    def obligations(
        self,
        calendar: Calendar,
        since: _Day,
        until: _Day,
        *,
        published: Sequence[_Day] = ...,
        occurrences: Sequence[tuple[str, _Day]] = ...,
        scope: str = "",
        immediate: Optional[_Limit] = None,
        prompt: Optional[_Limit] = None,
    ) -> list[Obligation]: ...
    def next_due(
        self,
        calendar: Calendar,
        since: _Day,
        until: _Day,
        *,
        published: Sequence[_Day] = ...,
        occurrences: Sequence[tuple[str, _Day]] = ...,
        scope: str = "",
        immediate: Optional[_Limit] = None,
        prompt: Optional[_Limit] = None,
    ) -> Optional[_dt.date]: ...

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
    duty: Duty

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

def moved_by(
    old: Calendar,
    new: Calendar,
    starts: _Days,
    limit: _Limit,
    *,
    exclude: Optional[_StopColumns] = None,
    counts: Union[int, _Counts, None] = None,
    roll: Optional[_Roll] = None,
    edges: Optional[_Edges] = None,
    start_rule: Optional[_StartRule] = None,
    before: Optional[_Before] = None,
    resume: Optional[_Resume] = None,
    order: Optional[_Order] = None,
    extensions_allowed: Optional[int] = None,
) -> Moved: ...
def application_start(
    calendar: Calendar,
    received: _Day,
    today: _Day,
    *,
    notified: Optional[_Day] = None,
    completed: Optional[_Day] = None,
    complete: bool = True,
) -> ClockStart: ...
def review_start(
    calendar: Calendar,
    received: _Day,
    today: _Day,
    *,
    accepted: Optional[_Day] = None,
    refused: Optional[_Day] = None,
) -> ClockStart: ...
def information_start(
    calendar: Calendar,
    received: _Day,
    today: _Day,
    *,
    correction_asked: Optional[_Day] = None,
    corrected: Optional[_Day] = None,
    correct_by: Optional[_Day] = None,
) -> ClockStart: ...
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
