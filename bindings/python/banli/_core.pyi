"""Types of banli._core. Days and instants go in as datetime or datetime64 objects or ISO 8601 text."""

import datetime as _dt
import decimal as _decimal
import os as _os
from typing import Any, Callable, Iterator, Literal, Mapping, Optional, Protocol, Sequence, Union, overload

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

class LegalBasis:
    """One article on which the power rests."""

    rank: str
    title: str
    article: str
    words: str
    law: str
    def __init__(
        self,
        *,
        rank: str = ...,
        title: str = ...,
        article: str = ...,
        words: str = ...,
        law: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> LegalBasis: ...
    def as_dict(self) -> dict[str, Any]: ...

class Charge:
    """One charge and what permits it."""

    name: str
    basis: str
    standard: str
    def __init__(
        self,
        *,
        name: str = ...,
        basis: str = ...,
        standard: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> Charge: ...
    def as_dict(self) -> dict[str, Any]: ...

class Material:
    """One document the applicant hands in."""

    name: str
    format: str
    carrier: str
    required: str
    when: str
    way: str
    storage: str
    applicant: str
    def __init__(
        self,
        *,
        name: str = ...,
        format: str = ...,
        carrier: str = ...,
        required: str = ...,
        when: str = ...,
        way: str = ...,
        storage: str = ...,
        applicant: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> Material: ...
    def as_dict(self) -> dict[str, Any]: ...

class ServiceForm:
    """A form offered for download."""

    number: str
    name: str
    description: str
    instructions: str
    link: str
    sample: str
    def __init__(
        self,
        *,
        number: str = ...,
        name: str = ...,
        description: str = ...,
        instructions: str = ...,
        link: str = ...,
        sample: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> ServiceForm: ...
    def as_dict(self) -> dict[str, Any]: ...

class ItemDocument:
    """A document the office makes, and at which step."""

    name: str
    step: str
    way: str
    format: str
    def __init__(
        self,
        *,
        name: str = ...,
        step: str = ...,
        way: str = ...,
        format: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> ItemDocument: ...
    def as_dict(self) -> dict[str, Any]: ...

class Question:
    """A frequent question and its answer."""

    asked: str
    answered: str
    def __init__(
        self,
        *,
        asked: str = ...,
        answered: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> Question: ...
    def as_dict(self) -> dict[str, Any]: ...

class FormFact:
    """A value that a case carries."""

    name: str
    label: str
    type: str
    def __init__(
        self,
        *,
        name: str = ...,
        label: str = ...,
        type: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> FormFact: ...
    def as_dict(self) -> dict[str, Any]: ...

class Certificate:
    """A certificate issued on closing; without validity it has no end."""

    name: str
    validity: Optional[str]
    note: str
    def __init__(
        self,
        *,
        name: str = ...,
        validity: Optional[_Limit] = ...,
        note: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> Certificate: ...
    def as_dict(self) -> dict[str, Any]: ...

class RelatedApproval:
    """An approval before or after this one."""

    item: str
    name: str
    office: str
    def __init__(
        self,
        *,
        item: str = ...,
        name: str = ...,
        office: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> RelatedApproval: ...
    def as_dict(self) -> dict[str, Any]: ...

class IntermediaryService:
    """A service of an intermediary."""

    name: str
    institution: str
    basis: str
    charge: str
    def __init__(
        self,
        *,
        name: str = ...,
        institution: str = ...,
        basis: str = ...,
        charge: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> IntermediaryService: ...
    def as_dict(self) -> dict[str, Any]: ...

class RenewalRules:
    """What renewing a permit is bound to."""

    ask_before: TimeLimit
    answer_in: TimeLimit
    at_most: TimeLimit
    times: int
    silence_grants: bool
    def __init__(
        self,
        *,
        ask_before: _Limit = ...,
        answer_in: _Limit = ...,
        at_most: _Limit = ...,
        times: int = ...,
        silence_grants: bool = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> RenewalRules: ...
    def as_dict(self) -> dict[str, Any]: ...

class ServiceTest:
    """What makes a power a government service."""

    direct: bool
    on_application: bool
    beneficial: bool
    def __init__(
        self,
        *,
        direct: bool = ...,
        on_application: bool = ...,
        beneficial: bool = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> ServiceTest: ...
    def as_dict(self) -> dict[str, Any]: ...
    passed: bool

class ServiceWindow:
    """One window that serves an item."""

    hall: str
    window: str
    address: str
    hours: str
    phone: str
    def __init__(
        self,
        *,
        hall: str = ...,
        window: str = ...,
        address: str = ...,
        hours: str = ...,
        phone: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> ServiceWindow: ...
    def as_dict(self) -> dict[str, Any]: ...

class Delegation:
    """A town or village that receives, acts or handles."""

    unit: str
    window: str
    role: str
    def __init__(
        self,
        *,
        unit: str = ...,
        window: str = ...,
        role: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> Delegation: ...
    def as_dict(self) -> dict[str, Any]: ...

class RiskPoint:
    """A point where the power could be abused."""

    name: str
    type: str
    description: str
    measure: str
    def __init__(
        self,
        *,
        name: str = ...,
        type: str = ...,
        description: str = ...,
        measure: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> RiskPoint: ...
    def as_dict(self) -> dict[str, Any]: ...

class FactCondition:
    """What a band asks of one fact: a range, or a value."""

    fact: str
    from_: Optional[float]
    below: Optional[float]
    is_: str
    def __init__(
        self,
        *,
        fact: str = ...,
        from_: Optional[float] = ...,
        below: Optional[float] = ...,
        is_: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> FactCondition: ...
    def as_dict(self) -> dict[str, Any]: ...

class OutcomeExtent:
    """One kind of outcome and how much of it."""

    kind: str
    least: Optional[float]
    most: Optional[float]
    unit: str
    def __init__(
        self,
        *,
        kind: str = ...,
        least: Optional[float] = ...,
        most: Optional[float] = ...,
        unit: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> OutcomeExtent: ...
    def as_dict(self) -> dict[str, Any]: ...

class DiscretionBand:
    """If these facts, then these outcomes."""

    name: str
    when: list[FactCondition]
    outcomes: list[OutcomeExtent]
    def __init__(
        self,
        *,
        name: str = ...,
        when: Sequence[Union[FactCondition, Mapping[str, Any]]] = ...,
        outcomes: Sequence[Union[OutcomeExtent, Mapping[str, Any]]] = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> DiscretionBand: ...
    def as_dict(self) -> dict[str, Any]: ...

class DiscretionBenchmark:
    """Which facts lead to which outcomes."""

    name: str
    basis: str
    bands: list[DiscretionBand]
    def __init__(
        self,
        *,
        name: str = ...,
        basis: str = ...,
        bands: Sequence[Union[DiscretionBand, Mapping[str, Any]]] = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> DiscretionBenchmark: ...
    def as_dict(self) -> dict[str, Any]: ...
    def band_of(self, facts: Mapping[str, Union[bool, float, str]]) -> str: ...
    def judge(
        self,
        facts: Mapping[str, Union[bool, float, str]],
        decision: Sequence[tuple[str, Optional[float]]],
    ) -> list[Problem]: ...

class CatalogueEntry:
    """An entry of the catalogue, whose fields its items share."""

    id: str
    name: str
    type: str
    description: str
    base_code: str
    bases: list[LegalBasis]
    body: str
    nature: Optional[str]
    entruster: str
    conditions: list[str]
    charges: list[Charge]
    statutory: Optional[str]
    department: str
    supervision_phone: str
    name_kind: Optional[str]
    public_field: Optional[str]
    service: Optional[ServiceTest]
    superior_body: str
    def __init__(
        self,
        *,
        id: str = ...,
        name: str = ...,
        type: str = ...,
        description: str = ...,
        base_code: str = ...,
        bases: Sequence[Union[LegalBasis, Mapping[str, Any]]] = ...,
        body: str = ...,
        nature: Optional[str] = ...,
        entruster: str = ...,
        conditions: Sequence[str] = ...,
        charges: Sequence[Union[Charge, Mapping[str, Any]]] = ...,
        statutory: Optional[_Limit] = ...,
        department: str = ...,
        supervision_phone: str = ...,
        name_kind: Optional[str] = ...,
        public_field: Optional[str] = ...,
        service: Union[ServiceTest, Mapping[str, bool], None] = ...,
        superior_body: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> CatalogueEntry: ...
    def as_dict(self) -> dict[str, Any]: ...
    def inherit(self, item: ServiceItem) -> ServiceItem: ...
    def check(self) -> list[Problem]: ...

class MaterialNeed:
    """Whether a case needs one material."""

    material: str
    position: int
    needed: Optional[bool]
    missing: list[str]
    problem: Optional[Problem]

class ServiceItem:
    """One service item; its keyword arguments are the keys of its document."""

    code: str
    type: str
    name: str
    bases: list[LegalBasis]
    body: str
    conditions: list[str]
    charges: list[Charge]
    statutory: Optional[str]
    promised: str
    department: str
    section: str
    address: str
    phone: str
    flow: str
    forms: list[ServiceForm]
    questions: list[Question]
    supervision_phone: str
    online_link: str
    nature: str
    entruster: str
    case_kind: str
    co_handlers: list[str]
    materials: list[Material]
    documents: list[ItemDocument]
    excluded_procedures: list[str]
    facts: list[FormFact]
    supplement: str
    counting: dict[str, Any]
    description: str
    name_kind: str
    catalogue: str
    base_code: str
    delegated_from_above: bool
    superior_body: str
    service: Optional[ServiceTest]
    public_field: Optional[str]
    applicants: list[str]
    certificates: list[Certificate]
    approvals_before: list[RelatedApproval]
    approvals_after: list[RelatedApproval]
    risks: list[RiskPoint]
    benchmarks: list[DiscretionBenchmark]
    intermediaries: list[IntermediaryService]
    supervision_channel: str
    windows: list[ServiceWindow]
    delegations: list[Delegation]
    hall: str
    business_system: str
    on_platform: bool
    supervised: bool
    overtime: str
    refusals_reported: bool
    completion_told: bool
    extension_authority: str
    renewal: Optional[RenewalRules]
    def __init__(
        self,
        *,
        code: str = ...,
        type: str = ...,
        name: str = ...,
        bases: Sequence[Union[LegalBasis, Mapping[str, Any]]] = ...,
        body: str = ...,
        conditions: Sequence[str] = ...,
        charges: Sequence[Union[Charge, Mapping[str, Any]]] = ...,
        statutory: Optional[_Limit] = ...,
        promised: _Limit = ...,
        department: str = ...,
        section: str = ...,
        address: str = ...,
        phone: str = ...,
        flow: str = ...,
        forms: Sequence[Union[ServiceForm, Mapping[str, Any]]] = ...,
        questions: Sequence[Union[Question, Mapping[str, Any]]] = ...,
        supervision_phone: str = ...,
        online_link: str = ...,
        nature: str = ...,
        entruster: str = ...,
        case_kind: str = ...,
        co_handlers: Sequence[str] = ...,
        materials: Sequence[Union[Material, Mapping[str, Any]]] = ...,
        documents: Sequence[Union[str, ItemDocument]] = ...,
        excluded_procedures: Sequence[str] = ...,
        facts: Sequence[Union[FormFact, Mapping[str, Any]]] = ...,
        supplement: str = ...,
        counting: Mapping[str, Any] = ...,
        description: str = ...,
        name_kind: str = ...,
        catalogue: str = ...,
        base_code: str = ...,
        delegated_from_above: bool = ...,
        superior_body: str = ...,
        service: Union[ServiceTest, Mapping[str, bool], None] = ...,
        public_field: Optional[str] = ...,
        applicants: Sequence[str] = ...,
        certificates: Sequence[Union[Certificate, Mapping[str, Any]]] = ...,
        approvals_before: Sequence[Union[RelatedApproval, Mapping[str, Any]]] = ...,
        approvals_after: Sequence[Union[RelatedApproval, Mapping[str, Any]]] = ...,
        risks: Sequence[Union[RiskPoint, Mapping[str, Any]]] = ...,
        benchmarks: Sequence[Union[DiscretionBenchmark, Mapping[str, Any]]] = ...,
        intermediaries: Sequence[Union[IntermediaryService, Mapping[str, Any]]] = ...,
        supervision_channel: str = ...,
        windows: Sequence[Union[ServiceWindow, Mapping[str, Any]]] = ...,
        delegations: Sequence[Union[Delegation, Mapping[str, Any]]] = ...,
        hall: str = ...,
        business_system: str = ...,
        on_platform: bool = ...,
        supervised: bool = ...,
        overtime: str = ...,
        refusals_reported: bool = ...,
        completion_told: bool = ...,
        extension_authority: str = ...,
        renewal: Union[RenewalRules, Mapping[str, Any], None] = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> ServiceItem: ...
    def as_dict(self) -> dict[str, Any]: ...
    kind: str
    complete: bool
    def check(self) -> list[Problem]: ...
    def needed_materials(self, facts: Mapping[str, Union[bool, float, str]]) -> list[MaterialNeed]: ...
    @overload
    def completeness(self) -> list[SectionMark]: ...
    @overload
    def completeness(self, list: str) -> SectionMark: ...
    def to_yaml(self) -> str: ...
    @staticmethod
    def from_yaml(text: str, file: str = "item.yaml") -> ServiceItem: ...

class SectionMark:
    """Whether a section is filled in, and what is missing."""

    section: str
    label: str
    complete: bool
    asked: int
    filled: int
    missing: list[tuple[str, str]]

class ItemLoad:
    """The items of a folder."""

    items: list[ServiceItem]
    entries: list[CatalogueEntry]
    files: int
    problems: list[Problem]
    good: bool

def load_items(path: str) -> ItemLoad:
    """Reads the items and catalogue entries of a folder, without flowcharts."""

def check_items(
    items: Sequence[ServiceItem],
    *,
    flows: Optional[Sequence[str]] = None,
    systems: Optional[Sequence[str]] = None,
    laws: Optional[Sequence[str]] = None,
    entries: Optional[Sequence[str]] = None,
) -> list[Problem]:
    """What is wrong between items."""

class DisclosureDuty:
    """Who must publish what by when."""

    column: str
    content: str
    unit: str
    when: str
    baseline: list[int]
    duty: Duty
    units: list[str]
    def __init__(
        self,
        *,
        column: str = ...,
        content: str = ...,
        unit: str = ...,
        when: Union[str, Duty] = ...,
        baseline: Sequence[int] = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> DisclosureDuty: ...
    def as_dict(self) -> dict[str, Any]: ...

class Configuration:
    """Everything an office has written down."""

    name: str
    items: list[ServiceItem]
    catalogue: list[CatalogueEntry]
    duties: list[DisclosureDuty]
    disclosure: DisclosureBook
    posts: list[Post]
    persons: list[Person]
    laws: LawLibrary
    systems: list[BusinessSystem]
    files: list[str]
    problems: list[Problem]
    good: bool
    calendar: Calendar
    rules: list[str]
    def keep_former(self, earlier: Configuration) -> None: ...
    def save_items(self) -> dict[str, str]: ...
    def save_rules(self) -> str: ...
    def export_item(self, code: str) -> dict[str, str]: ...
    def test_rules(self) -> list[Problem]: ...

class Post:
    """A post: its department, duty, powers and limit (岗位说明)."""

    id: str
    name: str
    department: str
    duty: str
    powers: list[str]
    limit: Optional[str]
    missing_window_powers: list[str]
    def __init__(
        self,
        *,
        id: str = ...,
        name: str = ...,
        department: str = ...,
        duty: str = ...,
        powers: Sequence[str] = ...,
        limit: Union[str, TimeLimit, None] = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> Post: ...
    def as_dict(self) -> dict[str, Any]: ...

class Person:
    """A person, and the posts held."""

    id: str
    name: str
    posts: list[str]
    def __init__(
        self, *, id: str = ..., name: str = ..., posts: Sequence[str] = ...
    ) -> None: ...
    def replace(self, **changes: Any) -> Person: ...
    def as_dict(self) -> dict[str, Any]: ...

class AssigneeRule:
    """Who may do a step beside whoever holds its post, and on what condition."""

    posts: list[str]
    departments: list[str]
    condition: str
    def __init__(
        self,
        *,
        posts: Sequence[str] = ...,
        departments: Sequence[str] = ...,
        condition: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> AssigneeRule: ...
    def as_dict(self) -> dict[str, Any]: ...

class FormUse:
    """A form at a step: the fields it writes, and those it reads besides."""

    form: str
    writes: list[str]
    reads: list[str]
    def __init__(
        self, *, form: str = ..., writes: Sequence[str] = ..., reads: Sequence[str] = ...
    ) -> None: ...
    def replace(self, **changes: Any) -> FormUse: ...
    def as_dict(self) -> dict[str, Any]: ...

class FormField:
    """One field of an electronic form."""

    id: str
    label: str
    type: Literal[
        "text", "integer", "decimal", "boolean", "date", "choice", "choices", "attachment"
    ]
    required: bool
    given: bool
    choices: list[str]
    format: str
    least: int
    most: int
    personal: Literal["none", "name", "certificate", "phone", "address"]
    def __init__(
        self,
        *,
        id: str = ...,
        label: str = ...,
        type: str = ...,
        required: bool = ...,
        given: bool = ...,
        choices: Sequence[str] = ...,
        format: str = ...,
        least: int = ...,
        most: int = ...,
        personal: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> FormField: ...
    def as_dict(self) -> dict[str, Any]: ...
    def refuse(self, value: str) -> Optional[Problem]: ...

class Separation:
    """Duties of a case that one person must not hold together."""

    name: str
    steps: list[str]
    decision: bool
    basis: str
    def __init__(
        self,
        *,
        name: str = ...,
        steps: Sequence[str] = ...,
        decision: bool = ...,
        basis: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> Separation: ...
    def as_dict(self) -> dict[str, Any]: ...

class Form:
    """An electronic form that travels with a case."""

    id: str
    name: str
    description: str
    fields: list[FormField]
    def __init__(
        self,
        *,
        id: str = ...,
        name: str = ...,
        description: str = ...,
        fields: Sequence[Union[FormField, Mapping[str, Any]]] = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> Form: ...
    def as_dict(self) -> dict[str, Any]: ...

class FlowNode:
    """A box, diamond, ellipse or bar; node= says which."""

    id: str
    node: Literal[
        "start", "step", "decision", "fork", "join", "end", "inclusive_decision", "inclusive_join"
    ]
    label: str
    post: str
    department: str
    duty: str
    limit: Optional[str]
    excluded: str
    documents: list[str]
    risks: list[RiskPoint]
    persons: list[str]
    supervision_points: list[str]
    assignees: AssigneeRule
    forms: list[FormUse]
    def __init__(
        self,
        *,
        id: str = ...,
        node: str = ...,
        label: str = ...,
        post: str = ...,
        department: str = ...,
        duty: str = ...,
        limit: Union[str, TimeLimit, None] = ...,
        excluded: str = ...,
        documents: Sequence[str] = ...,
        risks: Sequence[Union[RiskPoint, Mapping[str, Any]]] = ...,
        persons: Sequence[str] = ...,
        supervision_points: Sequence[str] = ...,
        assignees: Union[AssigneeRule, Mapping[str, Any]] = ...,
        forms: Sequence[Union[FormUse, Mapping[str, Any]]] = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> FlowNode: ...
    def as_dict(self) -> dict[str, Any]: ...

class FlowArrow:
    """One arrow of the flow."""

    from_: str
    to: str
    label: str
    condition: str
    at_most: Optional[int]
    def __init__(
        self,
        *,
        from_: str = ...,
        to: str = ...,
        label: str = ...,
        condition: str = ...,
        at_most: Optional[int] = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> FlowArrow: ...
    def as_dict(self) -> dict[str, Any]: ...

class Marking:
    """Where a case stands on its flowchart; it does not change."""

    steps: list[str]
    enabled: list[str]
    waiting: list[tuple[str, str]]
    choices: list[tuple[str, str, str]]
    finished: bool
    def fire(self, step: str) -> Marking: ...
    def choose(self, label: str) -> Marking: ...
    def follow(self, decision: str, to: Union[str, Sequence[str]]) -> Marking: ...
    def return_targets(self, step: str) -> list[str]: ...
    def send_back(self, step: str, to: str) -> Marking: ...
    def migrate(self, after: Flowchart, moves: Mapping[str, str] = {}) -> Marking: ...
    def migration_targets(
        self, place: str, after: Flowchart, moves: Mapping[str, str] = {}
    ) -> list[str]: ...
    def _repr_svg_(self) -> Optional[str]: ...

class FlowDifference:
    """What a new version of a flowchart changes."""

    steps: tuple[int, int]
    days: tuple[float, float]
    promised: bool
    step_compression: float
    day_compression: float
    added: list[str]
    removed: list[str]
    changed: dict[str, list[str]]
    rerouted: bool

class DecisionTable:
    """A decision table."""

    id: str
    name: str
    policy: str
    inputs: list[str]
    outputs: list[str]
    reads: list[str]
    analysis: dict[str, Any]
    @staticmethod
    def load(path: str) -> DecisionTable: ...
    @staticmethod
    def from_yaml(text: str, file: str = "table.yaml") -> DecisionTable: ...
    @staticmethod
    def from_csv(text: str, file: str = "table.csv") -> DecisionTable: ...
    def check(self) -> list[Problem]: ...
    def evaluate(self, values: Mapping[str, Any]) -> Any: ...
    def explain(self, values: Mapping[str, Any]) -> dict[str, Any]: ...
    def to_csv(self) -> str: ...
    def to_yaml(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def __len__(self) -> int: ...

class FlowConstraint:
    """What must and must not happen in the course of a case: a template of Declare."""

    template: str
    def __init__(
        self,
        template: str,
        a: Sequence[str],
        b: Sequence[str] = ...,
        *,
        count: int = 1,
        where_a: str = "",
        where_b: str = "",
        correlation: str = "",
        least: _dt.timedelta = ...,
        most: Optional[_dt.timedelta] = None,
        activities: Sequence[str] = ...,
        data: Mapping[str, str] = ...,
    ) -> None: ...
    @staticmethod
    def templates() -> list[str]: ...
    def judge(
        self,
        events: Sequence[Mapping[str, Any]],
        now: Union[_dt.datetime, _dt.date, str],
        *,
        closed: bool = False,
    ) -> dict[str, Any]: ...

class RuleSet:
    """Supervision rules and decision tables of a file or a folder."""

    ids: list[str]
    reads: dict[str, list[str]]
    index: dict[str, list[str]]
    tables: list[DecisionTable]
    @staticmethod
    def load(path: str) -> RuleSet: ...
    @staticmethod
    def from_yaml(text: str, file: str = "rules.yaml") -> RuleSet: ...
    def check(self) -> list[Problem]: ...
    def test(self) -> list[Problem]: ...
    def evaluate(self, values: Mapping[str, Any]) -> dict[str, dict[str, Any]]: ...
    def explain(
        self, values: Mapping[str, Any], rule: Optional[str] = None
    ) -> dict[str, dict[str, Any]]: ...
    def to_yaml(self) -> str: ...
    def __len__(self) -> int: ...

class Flowchart:
    """A flowchart. Keyword arguments are the keys of its document."""

    id: str
    name: str
    nodes: list[FlowNode]
    arrows: list[FlowArrow]
    forms: list[Form]
    separations: list[Separation]
    sound: Optional[bool]
    dead_steps: list[str]
    bpmn_processes: list[str]
    bpmn_elements: list[dict[str, Any]]
    faults: list[dict[str, Any]]
    states: int
    reductions: int
    steps: list[FlowNode]
    longest_workdays: float
    workdays_with_returns: float
    unbounded: list[FlowArrow]
    critical_path: list[str]
    def __init__(
        self,
        *,
        id: str = ...,
        name: str = ...,
        nodes: Sequence[Union[FlowNode, Mapping[str, Any]]] = ...,
        arrows: Sequence[Union[FlowArrow, Mapping[str, Any]]] = ...,
        forms: Sequence[Union[Form, Mapping[str, Any]]] = ...,
        separations: Sequence[Union[Separation, Mapping[str, Any]]] = ...,
    ) -> None: ...
    @staticmethod
    def load(path: str, states: int = 1_000_000, *, process: str = "") -> Flowchart: ...
    @staticmethod
    def from_yaml(text: str, file: str = "flowchart.yaml", states: int = 1_000_000) -> Flowchart: ...
    @staticmethod
    def from_bpmn(
        text: Union[str, bytes],
        file: str = "flowchart.bpmn",
        states: int = 1_000_000,
        *,
        process: str = "",
    ) -> Flowchart: ...
    def replace(self, **changes: Any) -> Flowchart: ...
    def as_dict(self) -> dict[str, Any]: ...
    def to_yaml(self) -> str: ...
    def to_bpmn(self) -> str: ...
    def form_rights(
        self, step: str
    ) -> dict[str, dict[str, Literal["hidden", "read", "write"]]]: ...
    def check(self) -> list[Problem]: ...
    def compare(
        self,
        after: Flowchart,
        *,
        promised_before: Optional[str] = None,
        promised_after: Optional[str] = None,
    ) -> FlowDifference: ...
    def to_svg(
        self,
        at: Optional[Marking] = None,
        *,
        faults: bool = False,
        lanes: bool = False,
        lang: Literal["zh", "en"] = "zh",
    ) -> str: ...
    def to_mermaid(
        self, at: Optional[Marking] = None, *, faults: bool = False, lang: Literal["zh", "en"] = "zh"
    ) -> str: ...
    def start(self) -> Marking: ...
    def marking(self, text: str) -> Marking: ...
    def _repr_svg_(self) -> Optional[str]: ...

class FlowchartBuilder:
    """Draws a chart piece by piece. Every method gives the builder back, to go on with."""

    def __init__(self, id: str, name: str) -> None: ...
    def start(self, id: str, **fields: Any) -> FlowchartBuilder: ...
    def step(self, id: str, **fields: Any) -> FlowchartBuilder: ...
    def decision(self, id: str, **fields: Any) -> FlowchartBuilder: ...
    def fork(self, id: str, **fields: Any) -> FlowchartBuilder: ...
    def join(self, id: str, **fields: Any) -> FlowchartBuilder: ...
    def inclusive_decision(self, id: str, **fields: Any) -> FlowchartBuilder: ...
    def inclusive_join(self, id: str, **fields: Any) -> FlowchartBuilder: ...
    def end(self, id: str, **fields: Any) -> FlowchartBuilder: ...
    def arrow(self, start: str, end: str, **fields: Any) -> FlowchartBuilder: ...
    def path(self, *ids: str) -> FlowchartBuilder: ...
    def form(self, id: str, **fields: Any) -> FlowchartBuilder: ...
    def separation(self, name: str, **fields: Any) -> FlowchartBuilder: ...
    def chart(self) -> Flowchart: ...

class ItemCode:
    """The code of a service item: 62052400MZ-XK-0001."""

    area: str
    department: str
    type: str
    body: str
    number: int
    level: Literal["province", "city", "county", "town"]
    @staticmethod
    def parse(text: str) -> ItemCode: ...

class CodeScheme:
    """How codes of one kind are built up, as a pattern."""

    id: str
    pattern: str
    highest: int
    def __init__(self, pattern: str, id: str = "own") -> None: ...
    @staticmethod
    def named(id: str) -> CodeScheme: ...
    @staticmethod
    def built_in() -> list[str]: ...
    def parse(self, text: str) -> dict[str, Union[str, int]]: ...
    def format(self, values: Mapping[str, str], n: int = 0) -> str: ...
    def next(
        self, used: Sequence[str], values: Mapping[str, str], *, gaps: Literal["leave", "fill"] = "leave"
    ) -> str: ...

class CatalogueLine:
    """One line of a catalogue."""

    part: Literal["disclosure", "power", "convenience"]
    number: int
    sector: str
    name: str
    unit: str

class Coverage:
    """How a local catalogue covers the baseline."""

    complete: bool
    missing: list[int]
    extra: list[int]
    extensions: list[int]
    matches: list[tuple[int, int, str]]

class Catalogue:
    """What an area discloses, decides and offers."""

    lines: list[CatalogueLine]
    @staticmethod
    def baseline() -> Catalogue: ...
    @staticmethod
    def of_items(items: Sequence[ServiceItem]) -> Catalogue: ...
    @staticmethod
    def parse_csv(text: str, file: str = "") -> tuple[Catalogue, list[Problem]]: ...
    def __len__(self) -> int: ...
    def counts(self) -> dict[str, int]: ...
    def coverage(self) -> Coverage: ...
    def coverage_problems(self) -> list[Problem]: ...

def export_items(
    items: Sequence[ServiceItem],
    form: str,
    *,
    format: Literal["csv", "markdown"] = "markdown",
    unit: str = "",
    exact: bool = False,
) -> str: ...
def import_items(text: str, form: str, *, file: str = "") -> tuple[list[ServiceItem], list[Problem]]: ...
def check_unique(codes: Sequence[str]) -> list[Problem]: ...
def three_sames(items: Sequence[ServiceItem]) -> list[Problem]: ...
def missing_guide_elements(item: ServiceItem) -> list[str]: ...

class EventIterator:
    """Pairs of a case and an event, case by case."""

    def __iter__(self) -> EventIterator: ...
    def __next__(self) -> tuple[str, dict[str, Any]]: ...

class CaseView:
    """A case as it stood at an instant."""

    id: str
    item: str
    at: _dt.datetime
    phase: str
    stage: str
    version: int
    applicant: str
    facts: dict[str, str]
    waiting: list[dict[str, Any]]
    promised_due: Optional[_dt.date]
    statutory_due: Optional[_dt.date]
    timeliness: Optional[str]
    result: Optional[str]
    ended: Optional[_dt.datetime]
    events: list[dict[str, Any]]
    def text(self, lang: Literal["zh", "en"] = "zh") -> str: ...
    def explain(self, lang: Literal["zh", "en"] = "zh") -> str: ...

class StoredCase:
    """One case of a store."""

    id: str
    version: int
    def at(self, instant: _Instant, known: Optional[_Instant] = None) -> CaseView: ...
    def now(self) -> CaseView: ...
    def __iter__(self) -> Iterator[dict[str, Any]]: ...
    def __len__(self) -> int: ...

class LiveCase:
    """One case in memory: commands in, events and state out."""

    id: str
    phase: str
    events: list[dict[str, Any]]
    allowed: list[str]
    enabled: list[str]
    ended: Optional[_dt.datetime]
    valid_until: Optional[_dt.date]
    notices: list[dict[str, Any]]
    promised_due: Optional[_dt.date]
    statutory_due: Optional[_dt.date]
    def __init__(self, configuration: Configuration, item: str, id: str = "1") -> None: ...
    def do(self, action: str, at: _Instant, actor: str, **details: Any) -> list[dict[str, Any]]: ...
    def facts(self, now: _Instant) -> dict[str, Any]: ...
    def deemed_overdue(self, now: _Instant) -> list[tuple[str, _dt.datetime]]: ...

EVENT_VERSION: int

def event_version(event: Mapping[str, Any]) -> int: ...
def recorded_at(event: Mapping[str, Any]) -> _dt.datetime: ...
def known_history(
    history: Sequence[dict[str, Any]], at: _Instant, known: Optional[_Instant] = None
) -> list[dict[str, Any]]: ...
def case_actions(lang: Literal["zh", "en"] = "zh") -> list[tuple[str, str, str, str]]: ...
def case_life_cycle() -> list[tuple[str, str, str]]: ...
def case_life_cycle_table(lang: Literal["zh", "en"] = "zh") -> str: ...
def case_policies() -> list[dict[str, Any]]: ...
def suggest_kind(item: ServiceItem, lang: Literal["zh", "en"] = "zh") -> tuple[str, str]: ...

class Store:
    """Where the events of cases are kept."""

    event_count: int
    digest: str
    def cases(self) -> list[dict[str, Any]]: ...
    def events(self, case: str) -> list[dict[str, Any]]: ...
    def case(self, id: str, configuration: Optional[Configuration] = None) -> StoredCase: ...
    def find_request(self, request: str) -> Optional[tuple[str, int, int]]: ...
    def verify(self) -> list[dict[str, Any]]: ...
    def verify_case(self, id: str) -> list[dict[str, Any]]: ...
    def checkpoint(self, key: str, note: str = "-") -> str: ...
    def compare(self, checkpoint: str, public_key: str) -> list[dict[str, Any]]: ...
    def backup(self, path: str) -> dict[str, int]: ...
    def export(
        self, form: Literal["xes", "ocel"], *, everything: bool = False, offset: str = "+08:00"
    ) -> str: ...
    def close(self) -> None: ...
    def __iter__(self) -> EventIterator: ...
    def __enter__(self) -> Store: ...
    def __exit__(self, *args: Any) -> None: ...

class Mandate:
    """One person acting for another: 授权代理, A/B岗."""

    kind: Literal["delegation", "substitute"]
    from_: str
    to: str
    posts: list[str]
    items: list[str]
    since: Optional[_dt.datetime]
    until: Optional[_dt.datetime]
    registered_by: str
    reason: str
    def __init__(
        self,
        *,
        kind: str = ...,
        from_: str = ...,
        to: str = ...,
        posts: Sequence[str] = ...,
        items: Sequence[str] = ...,
        since: Optional[_Instant] = ...,
        until: Optional[_Instant] = ...,
        registered_by: str = ...,
        reason: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> Mandate: ...
    def as_dict(self) -> dict[str, Any]: ...

class Permission:
    """Whether somebody may do something, and by which rule."""

    granted: bool
    rule: str
    person: str
    on_behalf: str
    step: str
    name: str
    def why(self, lang: _Lang = "zh") -> str: ...
    def __bool__(self) -> bool: ...

class Submission:
    """What a command led to."""

    events: list[dict[str, Any]]
    repeated: bool
    def __len__(self) -> int: ...

class EngineCase:
    """One case of an engine."""

    id: str
    def now(self) -> CaseView: ...
    def at(self, instant: _Instant, known: Optional[_Instant] = None) -> CaseView: ...
    def may(
        self, person: str, action: str, at: _Instant, step: str = "", on_behalf: str = ""
    ) -> Permission: ...
    def who_may(self, action: str, at: _Instant, step: str = "") -> list[Permission]: ...
    def form(self, reader: str, at: _Instant) -> list[dict[str, Any]]: ...

class Engine:
    """Commands in, events out: exactly once, with refusals kept."""

    definitions: list[tuple[str, str]]
    def __init__(
        self, definitions: Configuration, store: Store, *, earlier: Sequence[Configuration] = ...
    ) -> None: ...
    @overload
    def submit(
        self, command: Mapping[str, Any], *, now: Optional[_Instant] = None
    ) -> Submission: ...
    @overload
    def submit(
        self,
        case: str,
        action: str,
        *,
        request: str,
        at: _Instant,
        actor: str,
        now: Optional[_Instant] = None,
        **details: Any,
    ) -> Submission: ...
    def case(self, id: str) -> EngineCase: ...
    def events(self) -> EventIterator: ...
    def columns(self, at: _Instant) -> dict[str, _Array[Any]]: ...
    def refusals(self, after: int = 0, most: int = 1000) -> list[dict[str, Any]]: ...
    def add_mandate(self, mandate: Mandate) -> list[Problem]: ...

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
    certainty: str
    stage: str
    superseded_by: str
    order: str
    explanation: str
    message: str
    message_zh: str
    facts: dict[str, str]
    def to_json(self) -> str: ...

class Monitor:
    """Supervision of every case of a store, by itself."""

    def __init__(
        self,
        configuration: Configuration,
        store: Store,
        *,
        rules: Optional[str] = None,
        lapse: Optional[int] = None,
        trial_until: Optional[_Day] = None,
        parameters: dict[str, Any] = ...,
        ways: Optional[str] = None,
    ) -> None: ...
    def advance(
        self, to: _Instant, sink: Optional[Callable[[dict[str, Any]], object]] = None
    ) -> list[dict[str, Any]]: ...
    def coming(self, until: _Instant) -> list[dict[str, Any]]: ...
    def coming_columns(self, until: _Instant) -> dict[str, list[Any]]: ...
    def above(self, *, rules: str = "orders") -> dict[str, list[Any]]: ...
    def answer(self, case: str, rule: str, order: str, at: _Instant) -> None: ...
    def columns(self) -> dict[str, list[Any]]: ...
    def across(
        self, begin: str, until: str, *, rules: str = "unit-month"
    ) -> dict[str, list[Any]]: ...
    hits: list[Hit]
    next: Optional[_dt.datetime]

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
    refusals_recorded: int
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
def open_store(path: str, digest: Literal["sha256", "sm3"] = "sha256") -> Store: ...
def memory_store(digest: Literal["sha256", "sm3"] = "sha256") -> Store: ...
def read_log(configuration: Configuration, path: str) -> CaseLog: ...
def import_log(
    configuration: Configuration,
    path: str,
    *,
    item: Optional[str] = None,
    columns: Mapping[str, str] = ...,
) -> tuple[CaseLog, list[Problem]]: ...
def check_log(configuration: Configuration, path: str) -> list[Problem]: ...
def rule_packs() -> list[str]: ...
def rule_pack(name: str) -> str: ...
def back_test(
    configuration: Configuration,
    store: Store,
    *,
    until: _Instant,
    rules: Optional[str] = None,
    calendar: Optional[Calendar] = None,
    lapse: Optional[int] = None,
    parameters: dict[str, Any] = ...,
) -> dict[str, Any]: ...
def watch_columns(
    configuration: Configuration, on: _Day, *, rules: str = "disclosure"
) -> dict[str, list[Any]]: ...
def sample_cases(cases: Sequence[str], count: int, seed: str) -> list[str]: ...
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

class LifeCycleRow:
    """One row of the life cycle of items."""

    from_state: str
    command: str
    to_state: str
    role: str
    def conditions(self, lang: _Lang = "en") -> str: ...

class LifeCycle:
    """The life cycle of items; a notebook shows its picture."""

    states: list[str]
    commands: list[str]
    roles: list[str]
    def __init__(self, standing: Optional[str] = None) -> None: ...
    @staticmethod
    def rows() -> list[LifeCycleRow]: ...
    @staticmethod
    def next(state: str, command: str, roles: Sequence[str], facts: Sequence[str] = ()) -> str: ...
    @staticmethod
    def allowed(state: str, roles: Sequence[str], facts: Sequence[str] = ()) -> list[LifeCycleRow]: ...
    @staticmethod
    def mermaid(lang: _Lang = "en") -> str: ...
    @staticmethod
    def dot(lang: _Lang = "en") -> str: ...
    def svg(self, lang: _Lang = "zh") -> str: ...
    def _repr_svg_(self) -> str: ...

class LawArticle:
    """One article of a law: number, words."""

    number: str
    words: str
    def __init__(
        self,
        *,
        number: str = ...,
        words: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> LawArticle: ...
    def as_dict(self) -> dict[str, Any]: ...

class Law:
    """One law, in one edition."""

    id: str
    rank: str
    title: str
    articles: list[LawArticle]
    effective: _dt.date
    repealed: Optional[_dt.date]
    document: str
    repeal_reason: str
    def __init__(
        self,
        *,
        id: str = ...,
        rank: str = ...,
        title: str = ...,
        articles: Sequence[LawArticle] = ...,
        effective: _Day = ...,
        repealed: Optional[_Day] = ...,
        document: str = ...,
        repeal_reason: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> Law: ...
    def as_dict(self) -> dict[str, Any]: ...
    def holds(self, day: _Day) -> bool: ...

class BusinessSystem:
    """A business system that items name."""

    id: str
    name: str
    department: str
    link: str
    note: str
    def __init__(
        self,
        *,
        id: str = ...,
        name: str = ...,
        department: str = ...,
        link: str = ...,
        note: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> BusinessSystem: ...
    def as_dict(self) -> dict[str, Any]: ...

class LawLibrary:
    """The laws items rest on, and when they hold."""

    laws: list[Law]
    def __init__(self, laws: Sequence[Law] = ()) -> None: ...
    def __len__(self) -> int: ...
    def add(self, law: Law) -> None: ...
    def amend(self, law: Law) -> None: ...
    def repeal(self, id: str, from_: _Day, reason: str) -> None: ...
    def find(self, name: str, on: Optional[_Day] = None) -> Optional[Law]: ...
    def check(self, item: ServiceItem, on: Optional[_Day] = None) -> list[Problem]: ...

class ItemActor:
    """Who acts on the library: a person with roles."""

    who: str
    department: str
    def __init__(self, who: str, roles: Sequence[str], department: str = "") -> None: ...

class ItemVersion:
    """One version of an item."""

    number: int
    state: str
    state_zh: str
    state_code: int
    disposition: str
    item: ServiceItem
    effective: Optional[_dt.date]
    ended: Optional[_dt.date]
    def in_force(self, day: _Day) -> bool: ...

class ItemRecord:
    """One act on an item, never changed after."""

    entry: int
    version: int
    when: _dt.datetime
    who: str
    kind: str
    command: str
    from_state: str
    to_state: str
    reason: str

class ItemChange:
    """One field in which two versions differ."""

    path: str
    kind: str
    before: str
    after: str
    def text(self, lang: _Lang = "en") -> str: ...
    def as_dict(self, lang: _Lang = "en") -> dict[str, str]: ...

def compare_items(before: ServiceItem, after: ServiceItem) -> list[ItemChange]: ...

class BatchVerdict:
    """What became of one entry of a batch."""

    entry: int
    good: bool
    state: Optional[str]
    code: str
    problems: list[Problem]

class ItemLibrary:
    """The item library of an office: who did what, and when."""

    chain: list[str]
    marks: list[str]
    def __init__(
        self, chain: Sequence[str] = (), marks: Sequence[str] = ("basic", "extended", "window")
    ) -> None: ...
    def __len__(self) -> int: ...
    def create(self, item: ServiceItem, actor: ItemActor, when: _Instant, *, origin: str = "") -> int: ...
    def adopt(
        self, item: ServiceItem, actor: ItemActor, when: _Instant, effective: _Day, *, origin: str = ""
    ) -> int: ...
    def edit(self, entry: int, item: ServiceItem, actor: ItemActor, when: _Instant) -> None: ...
    def act(
        self,
        entry: int,
        command: str,
        actor: ItemActor,
        when: _Instant,
        *,
        reason: str = "",
        effective: Optional[_Day] = None,
        disposition: Optional[str] = None,
    ) -> str: ...
    def act_all(
        self, entries: Sequence[int], command: str, actor: ItemActor, when: _Instant, *, reason: str = ""
    ) -> list[BatchVerdict]: ...
    def assign_code(self, entry: int, actor: ItemActor, when: _Instant, scheme: Any, body: str) -> str: ...
    def assign_codes(
        self,
        entries: Sequence[int],
        actor: ItemActor,
        when: _Instant,
        scheme: Any,
        body_of: Callable[[ServiceItem], str],
    ) -> list[BatchVerdict]: ...
    def set_code(self, entry: int, actor: ItemActor, when: _Instant, code: str) -> str: ...
    def move(self, entry: int, group: str, order: int, actor: ItemActor, when: _Instant) -> None: ...
    def remark(self, entry: int, opinion: str, actor: ItemActor, when: _Instant) -> None: ...
    def find(self, code: str) -> Optional[int]: ...
    def versions(self, entry: int) -> list[ItemVersion]: ...
    def origin(self, entry: int) -> str: ...
    def place(self, entry: int) -> tuple[str, int]: ...
    def as_of(self, entry: int, day: _Day) -> Optional[ItemVersion]: ...
    def compare(self, entry: int, before: int, after: int) -> list[ItemChange]: ...
    def history(self, entry: int) -> list[ItemRecord]: ...
    def allowed(self, entry: int, actor: ItemActor) -> list[LifeCycleRow]: ...
    def lacking(self, item: ServiceItem) -> list[Problem]: ...
    def search(
        self,
        *,
        code: str = "",
        name: str = "",
        type: str = "",
        department: str = "",
        state: Optional[str] = None,
        law: str = "",
        group: str = "",
        disposition: Optional[str] = None,
        as_of: Optional[_Day] = None,
        skip: int = 0,
        limit: int = 100,
    ) -> list[tuple[int, int]]: ...
    def to_do(self, actor: ItemActor) -> list[tuple[int, list[str]]]: ...
    def to_review(self) -> list[tuple[int, int]]: ...
    def offered_at(
        self, place: str, day: _Day
    ) -> list[tuple[int, str, Optional[str]]]: ...
    def published(self) -> list[tuple[int, int]]: ...
    def voided(self) -> list[tuple[int, str]]: ...
    def proposed_voids(self) -> list[tuple[int, str]]: ...
    def items_of(self, disposition: str) -> list[tuple[int, int]]: ...
    def recognise(self, power: tuple[str, str, str], type: str, actor: ItemActor, when: _Instant) -> int: ...
    def missing_from(
        self, powers: Sequence[tuple[str, str, str]], department: str
    ) -> list[tuple[str, str, str]]: ...
    def counts(self, by: str = "department") -> dict[str, dict[str, int]]: ...

class Publication:
    """What was put on the website."""

    column: str
    date: _dt.date
    kind: str
    title: str
    number: str
    unit: str
    scope: str
    source: str
    item: str
    valid_until: Optional[_dt.date]
    def __init__(
        self,
        *,
        column: str = ...,
        date: _Day = ...,
        kind: str = ...,
        title: str = ...,
        number: str = ...,
        unit: str = ...,
        scope: str = ...,
        source: str = ...,
        item: str = ...,
        valid_until: Optional[_Day] = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> Publication: ...
    def as_dict(self) -> dict[str, Any]: ...

class DisclosureEvent:
    """Something that obliges to publish."""

    column: str
    trigger: str
    date: _dt.date
    scope: str
    def __init__(
        self,
        *,
        column: str = ...,
        trigger: str = ...,
        date: _Day = ...,
        scope: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> DisclosureEvent: ...
    def as_dict(self) -> dict[str, Any]: ...

class DisclosureColumn:
    """A column with those below it."""

    name: str
    columns: list[DisclosureColumn]
    duties: list[int]

class DisclosureLine:
    """One duty, and how it stands."""

    duty: int
    standing: str
    standing_zh: str
    next_due: Optional[_dt.date]
    last_published: Optional[_dt.date]
    late: int
    longest_gap: int
    obligations: list[tuple[int, _dt.date, _dt.date, Optional[_dt.date]]]

class DisclosureReport:
    """How the columns stand on a day."""

    today: _dt.date
    lines: list[DisclosureLine]
    months: list[dict[str, Any]]

class DisclosureBook:
    """Duties, and what was published."""

    since: _dt.date
    duties: list[DisclosureDuty]
    publications: list[Publication]
    events: list[DisclosureEvent]
    def __init__(
        self,
        since: _Day,
        duties: Sequence[DisclosureDuty] = (),
        publications: Sequence[Publication] = (),
        events: Sequence[DisclosureEvent] = (),
    ) -> None: ...
    def columns(self) -> list[DisclosureColumn]: ...
    def check(self) -> list[Problem]: ...
    def report(
        self, calendar: Calendar, today: _Day, *, quiet: str = "1 year", soon: int = 7
    ) -> DisclosureReport: ...
    def incomplete_guides(self, items: ItemLibrary, today: _Day) -> list[tuple[int, str, list[str]]]: ...
    def lapsed_publications(self, today: _Day) -> list[int]: ...
    def unmapped_items(self) -> list[int]: ...
    def item_changes(self, items: ItemLibrary, today: _Day) -> list[DisclosureEvent]: ...
    def undisclosed(self, items: ItemLibrary, today: _Day) -> list[int]: ...

class DutyRota:
    """A duty that goes round: every month another unit."""

    column: str
    units: list[str]
    def __init__(self, column: str, units: Sequence[str], from_: _Day) -> None: ...
    def check(self) -> list[Problem]: ...
    def unit_on_duty(self, day: _Day) -> Optional[str]: ...
    def report(self, book: DisclosureBook, today: _Day) -> list[dict[str, Any]]: ...

class RefusalSlip:
    """不予受理通知书: the slip for what was not accepted."""

    number: str
    office: str
    case: str
    item: str
    item_name: str
    applicant: str
    received: Optional[_dt.date]
    refused: _dt.date
    reason: str
    bases: list[str]
    phone: str
    supervision_phone: str
    def check(self) -> list[Problem]: ...

def assignees(
    configuration: Configuration, store: Store, case: str, step: str, when: _Instant
) -> list[str]: ...
def refusal_slip(
    configuration: Configuration, store: Store, case: str, number: str
) -> RefusalSlip: ...

class Attachment:
    """What is known of a file that the host keeps."""

    id: str
    name: str
    media_type: str
    bytes: int
    sha256: str
    entry: int
    added: _dt.datetime
    added_by: str
    def __init__(
        self,
        *,
        id: str = ...,
        name: str = ...,
        media_type: str = ...,
        bytes: int = ...,
        sha256: str = ...,
        entry: int = ...,
        added: _Instant = ...,
        added_by: str = ...,
    ) -> None: ...
    def replace(self, **changes: Any) -> Attachment: ...
    def as_dict(self) -> dict[str, Any]: ...
    def check(self) -> list[Problem]: ...

class ListedEntry:
    """An entry of the catalogue and where it stands."""

    entry: CatalogueEntry
    group: str
    order: int
    voided: bool

class CatalogueList:
    """The entries that items stand below, and who changed what."""

    entries: list[ListedEntry]
    records: list[dict[str, Any]]
    def __init__(self) -> None: ...
    def __len__(self) -> int: ...
    def add(
        self,
        entry: CatalogueEntry,
        actor: ItemActor,
        when: _Instant,
        *,
        group: str = "",
        order: int = 0,
    ) -> None: ...
    def change(self, entry: CatalogueEntry, actor: ItemActor, when: _Instant) -> None: ...
    def move(
        self, id: str, actor: ItemActor, when: _Instant, *, group: str = "", order: int = 0
    ) -> None: ...
    def make_void(
        self, id: str, reason: str, items: ItemLibrary, actor: ItemActor, when: _Instant
    ) -> None: ...
    def find(self, id: str) -> Optional[ListedEntry]: ...

def items_below(items: ItemLibrary, id: str) -> list[int]: ...

class OrderRecord:
    """监察业务信息: one supervision order."""

    number: str
    supervisor: str
    unit: str
    item_name: str
    item: str
    of: str
    officer: str
    matter: str
    demand: str
    begun: _dt.datetime
    reply_by: Optional[_dt.datetime]
    reply: str
    ended: Optional[_dt.datetime]
    state: str
    outcome: str
    def __init__(
        self,
        *,
        number: str = ...,
        supervisor: str = ...,
        unit: str = ...,
        item_name: str = ...,
        item: str = ...,
        of: str = ...,
        officer: str = ...,
        matter: str = ...,
        demand: str = ...,
        begun: _Instant = ...,
        reply_by: Optional[_Instant] = ...,
        reply: str = ...,
        ended: Optional[_Instant] = ...,
        state: str = ...,
        outcome: str = ...,
    ) -> None: ...
    def check(self) -> list[Problem]: ...
    def replace(self, **changes: Any) -> OrderRecord: ...
    def as_dict(self) -> dict[str, Any]: ...

class Consultation:
    """网上咨询: a question to a department, its answer."""

    number: str
    unit: str
    title: str
    words: str
    asker: str
    asked: _dt.datetime
    answer: str
    answered: Optional[_dt.datetime]
    item: str
    def __init__(
        self,
        *,
        number: str = ...,
        unit: str = ...,
        title: str = ...,
        words: str = ...,
        asker: str = ...,
        asked: _Instant = ...,
        answer: str = ...,
        answered: Optional[_Instant] = ...,
        item: str = ...,
    ) -> None: ...
    def check(self) -> list[Problem]: ...
    def replace(self, **changes: Any) -> Consultation: ...
    def as_dict(self) -> dict[str, Any]: ...

class ComplaintRecord:
    """投诉登记: one complaint, kept on file."""

    number: str
    channel: Literal["visit", "letter", "phone", "online"]
    made: Literal["oral", "written"]
    complainant: str
    confidential: bool
    unit: str
    matter: str
    received: _dt.datetime
    handler: str
    result: str
    reply: str
    reply_made: Literal["oral", "written"]
    replied: Optional[_dt.datetime]
    file: str
    item: str
    of: str
    def __init__(
        self,
        *,
        number: str = ...,
        channel: str = ...,
        made: str = ...,
        complainant: str = ...,
        confidential: bool = ...,
        unit: str = ...,
        matter: str = ...,
        received: _Instant = ...,
        handler: str = ...,
        result: str = ...,
        reply: str = ...,
        reply_made: str = ...,
        replied: Optional[_Instant] = ...,
        file: str = ...,
        item: str = ...,
        of: str = ...,
    ) -> None: ...
    def check(self) -> list[Problem]: ...
    def replace(self, **changes: Any) -> ComplaintRecord: ...
    def as_dict(self) -> dict[str, Any]: ...

class ResultRecord:
    """结果反馈: what became of a case."""

    of: str
    item: str
    name: str
    ended: _dt.datetime
    outcome: str
    def __init__(
        self,
        *,
        of: str = ...,
        item: str = ...,
        name: str = ...,
        ended: _Instant = ...,
        outcome: str = ...,
    ) -> None: ...
    def check(self) -> list[Problem]: ...
    def replace(self, **changes: Any) -> ResultRecord: ...
    def as_dict(self) -> dict[str, Any]: ...

class ResultList:
    """What became of the cases of a period, for screens."""

    results: list[ResultRecord]
    from_: _dt.date
    until: _dt.date
    def to_csv(self) -> str: ...
    def to_markdown(self) -> str: ...

def list_results(
    results: Sequence[ResultRecord],
    from_: _Day,
    until: _Day,
    *,
    every: Optional[int] = None,
    unit: str = "",
) -> list[ResultList]: ...
def results_between(
    results: Sequence[ResultRecord], from_: _Day, until: _Day
) -> list[ResultRecord]: ...

class OfficeLibrary:
    """Items, their catalogue, laws, systems, attachments and disclosure of an office."""

    items: ItemLibrary
    catalogue: CatalogueList
    laws: LawLibrary
    systems: list[BusinessSystem]
    attachments: list[Attachment]
    disclosure: DisclosureBook
    orders: list[OrderRecord]
    consultations: list[Consultation]
    results: list[ResultRecord]
    complaints: list[ComplaintRecord]
    def __init__(self) -> None: ...
    def export(self) -> str: ...
    @staticmethod
    def restore(bundle: str) -> OfficeLibrary: ...
    @staticmethod
    def problems(bundle: str) -> list[Problem]: ...
    @staticmethod
    def take_over(
        configuration: Configuration, actor: ItemActor, when: _Instant, effective: _Day
    ) -> OfficeLibrary: ...
    def save(self, on: _Day) -> dict[str, str]: ...
    def check(self, day: _Day) -> list[Problem]: ...

class UInt(int):
    """An int that CEL keeps apart: 64 bits without a sign, written 5u."""

    def __new__(cls, value: Any = 0) -> UInt: ...

class Timestamp:
    """A moment to the nanosecond, where datetime stops at the microsecond."""

    datetime: _dt.datetime
    nanosecond: int
    def __init__(self, text: str) -> None: ...
    def __lt__(self, other: Timestamp) -> bool: ...

class Duration:
    """A span to the nanosecond, where timedelta stops at the microsecond."""

    nanoseconds: int
    def __init__(self, text: str) -> None: ...
    def __lt__(self, other: Duration) -> bool: ...

class TypeName:
    """A type as a value, as type(x) gives it."""

    name: str
    def __init__(self, name: str) -> None: ...

class OptionalValue:
    """A value or none, as optional.of(x) gives it."""

    has_value: bool
    value: Any
    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(self, value: Any) -> None: ...
    def or_value(self, other: Any) -> Any: ...
    def __bool__(self) -> bool: ...

class Clock:
    """A field that changes by time alone; given in place of its value."""

    def __init__(
        self,
        steps: Sequence[tuple[_Instant, Any]],
        course: Literal["irregular", "rising", "falling"] = "irregular",
    ) -> None: ...
    @staticmethod
    def workdays_since(calendar: Calendar, start: _Day) -> Clock: ...
    @staticmethod
    def workdays_until(calendar: Calendar, end: _Day) -> Clock: ...
    @staticmethod
    def time() -> Clock: ...
    def read(self, now: _Instant) -> tuple[Any, Optional[_dt.datetime]]: ...

class ExpressionProblem(Problem):
    """One thing that is wrong with an expression."""

    caret: str

class Outcome:
    """What an evaluation gives: a value, an error, or unknown because a field is missing."""

    state: Literal["value", "error", "unknown"]
    value: Any
    truth: Optional[bool]
    missing: list[str]
    error: Optional[ExpressionProblem]
    holds_until: Optional[_dt.datetime]
    def __bool__(self) -> bool: ...

class Trace:
    """One sub-expression as it was evaluated."""

    source: str
    reads: str
    state: Literal["value", "error", "unknown"]
    value: Any
    parts: list[Trace]
    decided_by: list[int]

class Reasoning:
    """An evaluation with everything written down."""

    outcome: Outcome
    tree: Trace
    facts: list[tuple[str, Any]]
    nearest: list[tuple[str, bool]]
    def describe(self, lang: str = "zh") -> str: ...
    def _repr_html_(self) -> str: ...

_Clocks = Optional[Mapping[str, Union[Clock, Sequence[tuple[_Instant, Any]]]]]
_Values = Optional[Mapping[str, Any]]

class Program:
    """An expression, checked and ready."""

    source: str
    type: str
    reads: list[str]
    worst_cost: int
    def evaluate(
        self,
        values: _Values = None,
        *,
        now: Optional[_Instant] = None,
        clocks: _Clocks = None,
        cost: Optional[int] = None,
        result_size: Optional[int] = None,
    ) -> Outcome: ...
    def explain(
        self,
        values: _Values = None,
        *,
        now: Optional[_Instant] = None,
        clocks: _Clocks = None,
        cost: Optional[int] = None,
        result_size: Optional[int] = None,
    ) -> Reasoning: ...
    def expires(
        self,
        values: _Values = None,
        *,
        now: _Instant,
        clocks: _Clocks = None,
        cost: Optional[int] = None,
        result_size: Optional[int] = None,
    ) -> Optional[_dt.datetime]: ...
    def evaluate_columns(
        self, columns: Mapping[str, Any], *, cost: Optional[int] = None
    ) -> ColumnOutcome: ...

class ColumnOutcome:
    """What many cases answered."""

    values: _Array[Any]
    state: _Array[_np.uint8]
    in_blocks: bool
    def outcome(self, row: int) -> Outcome: ...
    def __len__(self) -> int: ...

def compile(
    expression: str,
    variables: Optional[Mapping[str, Any]] = None,
    *,
    labels: Optional[Mapping[str, str]] = None,
    container: str = "",
    expected: Any = None,
    check: bool = True,
    functions: Optional[Mapping[str, Any]] = None,
    time_zones: Optional[str] = "/usr/share/zoneinfo",
    source_bytes: int = 10_000,
    depth: int = 100,
    nodes: int = 2_000,
    list_size: int = 1_000,
    problem_count: int = 100,
    worst_cost: int = 100_000_000,
    assumed_elements: int = 100,
    assumed_text_bytes: int = 1_000,
) -> Program: ...

_Axis = Literal["department", "type", "field", "applicants", "catalogue"]
_Repository = Literal["items", "processes", "results", "supervision_rules", "supervision_business"]

ERASED: str

class ServiceColumn:
    """The items of an office as the public finds them."""

    def __init__(self, configuration: Configuration) -> None: ...
    def directory(self, axes: Sequence[_Axis] = ("department", "type")) -> dict[str, Any]: ...
    def page(
        self, page: int = 1, size: int = 20, *, node: str = "", axes: Sequence[_Axis] = ("department", "type")
    ) -> dict[str, Any]: ...
    def open(self, code: str) -> dict[str, Any]: ...
    def commitment(self, code: str) -> dict[str, str]: ...
    def search(self, words: str, most: int = 20) -> list[dict[str, Any]]: ...
    def route(
        self, title: str, words: str = "", *, unit: str = "", item: str = "", reception: str = ""
    ) -> dict[str, str]: ...

def reply_clock(
    calendar: Calendar,
    asked: _Instant,
    now: _Instant,
    answered: Optional[_Instant] = None,
    limit: str = "5 workdays",
) -> dict[str, Any]: ...

class WindowTree:
    """Where the public is served, city to village."""

    def __init__(self, places: Sequence[Mapping[str, str]]) -> None: ...
    def chain(self, id: str) -> list[str]: ...
    def below(self, id: str = "") -> list[str]: ...
    def count(self, id: str, level: Literal["city", "county", "town", "village"]) -> int: ...
    def served(self, id: str, configuration: Configuration, *, below: bool = False) -> list[dict[str, Any]]: ...

def participants() -> list[dict[str, Any]]: ...
def may_write(participant: str, repository: _Repository) -> bool: ...
def mask_name(name: str) -> str: ...
def mask_number(number: str) -> str: ...
def mask_phone(phone: str) -> str: ...
def mask_numbers_in(text: str) -> str: ...

class RepositoryTable:
    """The records of one repository, as text."""

    repository: str
    columns: list[tuple[str, str]]
    rows: list[list[str]]
    def dataframe(self) -> Any: ...
    def to_csv(self) -> str: ...
    def to_json(self) -> str: ...
    def __len__(self) -> int: ...

def repository(
    configuration: Configuration,
    store: Store,
    name: _Repository,
    *,
    personal: bool = False,
    orders: Sequence[OrderRecord] = (),
) -> RepositoryTable: ...
def read_repository(text: str, csv_of: str = "") -> RepositoryTable: ...
def publicised_results(configuration: Configuration, store: Store, code: str) -> list[dict[str, Any]]: ...
def window_stages(
    configuration: Configuration,
    store: Store,
    case: str,
    *,
    at: Optional[_Instant] = None,
    asked: Optional[Consultation] = None,
) -> list[dict[str, Any]]: ...
def shown_complaint(complaint: ComplaintRecord, *, personal: bool = False) -> ComplaintRecord: ...
def overdue_cases(
    configuration: Configuration, store: Store, now: _Instant, since: Optional[_Day] = None
) -> list[dict[str, Any]]: ...

class Office:
    """An office at work."""

    name: str
    items: int
    event_count: int
    def ask(self, number: str, certificate: str, at: Optional[_Instant] = None) -> Optional[dict[str, str]]: ...
    def refresh(self) -> None: ...
    def verify(self) -> bool: ...

def open_office(
    folder: str, *, store: str = "", keys: str = "", master: str = "", facts: Sequence[str] = ()
) -> Office: ...

class PublicationArchive:
    """What was published where and when."""

    def __init__(self) -> None: ...
    def publish(
        self,
        address: str,
        title: str,
        unit: str,
        contents: bytes,
        at: _Instant,
        *,
        index_number: str = "",
        media_type: str = "text/html",
    ) -> dict[str, Any]: ...
    def withdraw(self, address: str, reason: str, at: _Instant) -> dict[str, Any]: ...
    def as_of(self, address: str, at: _Instant) -> Optional[dict[str, Any]]: ...
    def holds(self, address: str, at: _Instant, contents: bytes) -> bool: ...
    def history(self, address: str) -> list[dict[str, Any]]: ...
    def verify(self) -> int: ...
    def save(self) -> str: ...
    @staticmethod
    def read(text: str) -> PublicationArchive: ...
    def __len__(self) -> int: ...

class DockingGate:
    """Takes messages of the systems of an office."""

    def __init__(self, configuration: Configuration) -> None: ...
    def receive(self, message: str) -> tuple[dict[str, Any], RepositoryTable]: ...
    def last(self, system: str) -> int: ...

class ApplicationIntake:
    """Gives numbers to online applications."""

    def __init__(self, area: str, used: Sequence[str] = ()) -> None: ...
    def take(self, configuration: Configuration, application: Mapping[str, Any], at: _Instant) -> str: ...

class KeyRing:
    """A key for every person."""

    def forget(self, certificate: str, number: str, on: _Day) -> bool: ...
    def knows(self, certificate: str, number: str) -> bool: ...
    def __len__(self) -> int: ...

def new_master_key() -> str: ...
def open_key_ring(path: str, master: str) -> KeyRing: ...
def memory_key_ring(master: str) -> KeyRing: ...
def sealing_store(store: Store, ring: KeyRing, facts: Sequence[str] = ()) -> Store: ...

class SupervisionOffice:
    """Who supervises whom, who may do what, within which limits."""

    @staticmethod
    def load(path: str) -> SupervisionOffice: ...
    @staticmethod
    def parse(text: str) -> SupervisionOffice: ...
    name: str
    limits: dict[str, str]
    complaint_kinds: dict[str, str]
    channels: dict[str, str]
    fault_kinds: dict[str, str]
    contacts: list[dict[str, str]]

class OrderRegister:
    """Supervision orders (督办) in a store."""

    def __init__(
        self, store: Store, office: SupervisionOffice, calendar: Optional[Calendar] = None
    ) -> None: ...
    def act(
        self, act: str, number: str = "", *, at: _Instant, who: str, reason: str = "",
        request: str = "", fields: dict[str, Any] = {},
    ) -> dict[str, Any]: ...
    def show(self, number: str, at: Optional[_Instant] = None) -> dict[str, Any]: ...
    def sheet(self, number: str) -> dict[str, str]: ...
    def html(self, number: str) -> str: ...
    def history(self, number: str) -> list[dict[str, Any]]: ...
    def all(self, at: Optional[_Instant] = None) -> list[dict[str, Any]]: ...
    def open(self, at: _Instant) -> list[dict[str, Any]]: ...
    def overdue(self, at: _Instant) -> list[dict[str, Any]]: ...
    def totals(
        self, by: str, at: _Instant, first: Optional[_Day] = None, last: Optional[_Day] = None
    ) -> DataTable: ...
    def explain(self, number: str, limit: str, lang: str = "zh") -> str: ...
    def findings(self) -> list[dict[str, Any]]: ...
    def climb(self, at: _Instant, who: str) -> list[dict[str, Any]]: ...
    def unanswered(self, configuration: Configuration, at: _Instant) -> DataTable: ...

class ComplaintRegister:
    """Complaints (投诉) in a store, without the names of who complained."""

    def __init__(
        self, store: Store, office: SupervisionOffice, calendar: Optional[Calendar] = None
    ) -> None: ...
    def act(
        self, act: str, number: str = "", *, at: _Instant, who: str, reason: str = "",
        request: str = "", fields: dict[str, Any] = {},
    ) -> dict[str, Any]: ...
    def show(self, number: str, at: Optional[_Instant] = None) -> dict[str, Any]: ...
    def sheet(self, number: str) -> dict[str, str]: ...
    def html(self, number: str) -> str: ...
    def history(self, number: str) -> list[dict[str, Any]]: ...
    def all(self, at: Optional[_Instant] = None) -> list[dict[str, Any]]: ...
    def open(self, at: _Instant) -> list[dict[str, Any]]: ...
    def overdue(self, at: _Instant) -> list[dict[str, Any]]: ...
    def totals(
        self, by: str, at: _Instant, first: Optional[_Day] = None, last: Optional[_Day] = None
    ) -> DataTable: ...
    def explain(self, number: str, limit: str, lang: str = "zh") -> str: ...
    def findings(self) -> list[dict[str, Any]]: ...
    def disclose(
        self, number: str, *, at: _Instant, who: str, reason: str = ""
    ) -> dict[str, Any]: ...
    def advice(self, number: str, lang: str = "zh") -> list[str]: ...

def order_rows() -> list[tuple[str, str, str, list[str], list[str]]]: ...
def complaint_rows() -> list[tuple[str, str, str, list[str], list[str]]]: ...
def order_table(lang: str = "zh") -> str: ...
def complaint_table(lang: str = "zh") -> str: ...
def sanction_step(nth: int) -> str: ...

class DataTable:
    """A table with named columns."""

    name: str
    title: str
    title_zh: str
    columns: list[str]
    def __len__(self) -> int: ...
    def __getitem__(self, name: str) -> _Array[Any]: ...
    def labels(self, lang: _Lang = "zh") -> list[str]: ...
    def as_dict(self) -> dict[str, _Array[Any]]: ...
    def dataframe(self) -> Any: ...
    def arrow(self) -> Any: ...
    def to_csv(self, lang: Optional[_Lang] = None) -> str: ...
    def to_json(self) -> str: ...

class ScoringScheme:
    """How departments or persons are scored."""

    id: str
    name: str
    name_zh: str
    period: str
    indicators: list[str]
    def to_yaml(self) -> str: ...

class ScoreRecord:
    """One thing that may cost or earn points."""

    id: str
    kind: str
    at: _dt.datetime
    department: str
    person: str
    amount: int
    points: Optional[_decimal.Decimal]
    note: str
    case: str
    rule: str
    trial: bool
    waiver: str
    waiver_reason: str
    def __init__(self, **values: Any) -> None: ...
    def replace(self, **changes: Any) -> ScoreRecord: ...
    def as_dict(self) -> dict[str, Any]: ...

class Evaluation:
    """What one person said of the handling."""

    id: str
    at: _dt.datetime
    department: str
    person: str
    group: str
    channel: str
    grade: Optional[str]
    marks: dict[str, int]
    item: str
    case: str
    words: str
    def __init__(self, **values: Any) -> None: ...
    def replace(self, **changes: Any) -> Evaluation: ...
    def as_dict(self) -> dict[str, Any]: ...

class Assessment:
    """Scores, ranks, and what follows from them."""

    ranking: DataTable
    scores: dict[str, Any]
    periods: list[DataTable]
    points: DataTable
    consequences: list[dict[str, Any]]
    def explain(self, subject: str, lang: _Lang = "zh") -> str: ...

class OfficeFigures:
    """Every case of a store in numbers, up to an instant."""

    records: list[ScoreRecord]
    hits: list[Hit]
    left_out: list[Problem]
    def __len__(self) -> int: ...
    def statistics(self, from_: _Day, until: _Day, by: Sequence[str] = ()) -> DataTable: ...
    def counts(self, from_: _Day, until: _Day) -> dict[str, dict[str, int]]: ...
    def overdue(self, now: _Instant) -> DataTable: ...
    def public_cases(self, now: _Instant) -> DataTable: ...
    def coverage(self, configuration: Configuration, on: _Day) -> DataTable: ...
    def complaint_totals(self, from_: _Day, until: _Day, by: str = "month") -> DataTable: ...
    def order_totals(self, from_: _Day, until: _Day, by: str = "month") -> DataTable: ...

_SubjectCounts = Mapping[str, Mapping[str, int]]

def load_scheme(path: str) -> ScoringScheme: ...
def parse_scheme(text: str) -> ScoringScheme: ...
def score(
    scheme: ScoringScheme,
    *,
    from_: _Day,
    until: _Day,
    records: Sequence[Union[ScoreRecord, Mapping[str, Any]]] = (),
    evaluations: Sequence[Union[Evaluation, Mapping[str, Any]]] = (),
    counts: Union[_SubjectCounts, Callable[[_dt.date, _dt.date], _SubjectCounts], None] = None,
    subjects: set[str] = ...,
) -> Assessment: ...
def measure_office(configuration: Configuration, store: Store, until: _Instant) -> OfficeFigures: ...
def statistics(
    configuration: Configuration, store: Store, *, from_: _Day, until: _Day, by: Sequence[str] = ()
) -> DataTable: ...
def items_by_type(configuration: Configuration) -> DataTable: ...
def type_line(configuration: Configuration, department: str = "", lang: _Lang = "zh") -> str: ...
def hall_presence(configuration: Configuration) -> DataTable: ...
def hall_totals(configuration: Configuration) -> DataTable: ...
def complaint_totals(
    complaints: Sequence[ComplaintRecord], *, from_: _Day, until: _Day, by: str = "month"
) -> DataTable: ...
def satisfaction_rates(
    evaluations: Sequence[Union[Evaluation, Mapping[str, Any]]], *, from_: _Day, until: _Day
) -> DataTable: ...
def disclosure_returns(
    configuration: Configuration, *, from_: _Day, until: _Day, by: str = "quarter"
) -> DataTable: ...
def plan_and_done(
    plans: Sequence[tuple[str, str, str, _Day, int]], done: Sequence[tuple[str, str, _Day]]
) -> DataTable: ...
def draw_sample(
    cases: Sequence[tuple[str, str]], *, size: int, seed: str, one_each: bool = True
) -> DataTable: ...
