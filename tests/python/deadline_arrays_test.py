"""Deadlines of arrays: they say what the scalars say, in every shape, and refuse what is no day."""

import datetime as dt
import subprocess
import sys
import threading
import time

import numpy as np
import pandas as pd
import pytest

import banli

CAL = banli.Calendar.cn()
CASES = 4000
LIMITS = ["20 workdays", "60 days", "3 months", "1 year", "2 weeks", "on the spot"]
RULES = [
    {},
    {"roll": "none"},
    {"roll": "preceding", "edges": "half_open_to"},
    {"edges": "half_open_from"},
    {"edges": "open", "start_rule": "on_event"},
    {"before": "nth"},
    {"before": "clear_days", "roll": "following"},
    {"resume": "full"},
]


def day(text):
    return np.datetime64(text, "D")


def random_days(seed, n=CASES, first="2007-01-01", last="2026-06-30"):
    span = int((day(last) - day(first)).astype(int))
    return day(first) + np.random.default_rng(seed).integers(0, span, n)


def dates(array):
    """The array as datetime.date, None for NaT."""
    return array.astype(object).ravel().tolist()


def random_exclusions(seed, starts, open_share=0.1, types=(0.5, 0.4, 0.1)):
    """Up to three exclusions a case as columns, and the same as lists of tuples."""
    r = np.random.default_rng(seed)
    own = r.integers(0, 4, starts.size)
    offsets = np.concatenate([[0], np.cumsum(own)])
    m = int(offsets[-1])
    begin = np.repeat(starts, own) + r.integers(-30, 90, m)
    end = begin + r.integers(0, 25, m)
    kind = r.choice(3, m, p=types).astype(np.uint8)
    end[(r.random(m) < open_share) & (kind != 0)] = np.datetime64("NaT")
    lists = []
    for i in range(starts.size):
        lists.append([(banli.STOP_TYPES[kind[j]], dates(begin[j : j + 1])[0], dates(end[j : j + 1])[0])
                      for j in range(offsets[i], offsets[i + 1])])
    return (offsets, begin, end, kind), lists


def by_type(stops):
    return {t: [s for s in stops if s[0] == t] for t in banli.STOP_TYPES}


# ---- the same answers as one by one --------------------------------------------------------------
def test_is_workday_as_scalars():
    asked = random_days(1, first="1990-01-01", last="2060-01-01")
    answer = CAL.is_workday(asked)
    assert answer.dtype == bool
    assert answer.tolist() == [CAL.is_workday(d) for d in dates(asked)]


@pytest.mark.parametrize("n", [0, 1, -1, 20, -250, "own"])
def test_add_workdays_as_scalars(n):
    start = random_days(2)
    counts = np.random.default_rng(3).integers(-300, 300, CASES) if n == "own" else n
    answer = CAL.add_workdays(start, counts)
    assert answer.dtype == np.dtype("datetime64[D]")
    assert dates(answer) == [CAL.add_workdays(d, int(k)) for d, k in zip(dates(start), np.broadcast_to(counts, CASES))]


def test_count_workdays_as_scalars():
    a, b = random_days(4), random_days(5)
    answer = CAL.count_workdays(a, b)
    assert answer.dtype == np.int64
    assert answer.tolist() == [CAL.count_workdays(x, y) for x, y in zip(dates(a), dates(b))]
    assert CAL.count_workdays("2020-01-31", b).tolist() == [CAL.count_workdays("2020-01-31", y) for y in dates(b)]
    assert CAL.count_workdays(a, "2020-01-31").tolist() == [CAL.count_workdays(x, "2020-01-31") for x in dates(a)]


# What is due on the spot cannot be counted backwards.
COUNTED = [(rules, limit) for rules in RULES for limit in LIMITS if "before" not in rules or limit != "on the spot"]


@pytest.mark.parametrize("rules, limit", COUNTED, ids=str)
def test_due_as_scalars(rules, limit):
    start = random_days(6, n=400)
    backwards = {"open_share": 0, "types": (0.5, 0.5, 0)} if "before" in rules else {}
    columns, lists = random_exclusions(7, start, **backwards)
    many = CAL.due(start, limit, exclude=columns, **rules)
    one = [CAL.due(d, limit, **by_type(stops), **rules) for d, stops in zip(dates(start), lists)]
    assert dates(many.due) == [d.due for d in one]
    assert many.remaining.tolist() == [d.remaining for d in one]
    assert many.provisional.tolist() == [d.provisional for d in one]
    assert any(d.due is None for d in one) == ("before" not in rules)
    for i in (0, 17, -1):
        assert (many[i].due, many[i].remaining) == (one[i].due, one[i].remaining)
        assert [(r.first, r.last, r.kind, r.first_count) for r in many[i].days] == [
            (r.first, r.last, r.kind, r.first_count) for r in one[i].days
        ]


def test_usage_as_scalars():
    start = random_days(8, n=1000)
    columns, lists = random_exclusions(9, start)
    now = dt.datetime(2016, 7, 8, 10)
    many = CAL.usage(now, start, "20 workdays", exclude=columns)
    one = [CAL.usage(now, d, "20 workdays", **by_type(stops)) for d, stops in zip(dates(start), lists)]
    assert many.used.tolist() == [u.used for u in one]
    assert many.remaining.tolist() == [u.remaining for u in one]
    assert one[3].used == CAL.due(dates(start)[3], "20 workdays", **by_type(lists[3])).at(now).used


def test_counts_of_their_own():
    start = random_days(10, n=500)
    counts = np.random.default_rng(11).integers(1, 60, 500)
    many = CAL.due(start, "20 workdays", counts=counts)
    assert dates(many.due) == [CAL.due(d, f"{n} workdays").due for d, n in zip(dates(start), counts)]
    assert str(many[7].limit) == f"{counts[7]} workday" + ("s" if counts[7] > 1 else "")
    assert (CAL.due(start, "20 workdays", counts=5).due == CAL.due(start, "5 workdays").due).all()


def test_what_an_amendment_moves():
    old, new = CAL.as_known_on("2020-01-20"), CAL
    start = random_days(12, n=3000, first="2019-12-01", last="2020-03-31")
    columns, _ = random_exclusions(13, start)
    moved = banli.moved_by(old, new, start, "10 workdays", exclude=columns)
    before = old.due(start, "10 workdays", exclude=columns).due
    after = new.due(start, "10 workdays", exclude=columns).due
    differs = np.flatnonzero((before != after) & ~(np.isnat(before) & np.isnat(after)))
    assert len(moved) == len(differs) > 0
    assert (moved.index == differs).all() and moved.index.dtype == np.int64
    assert dates(moved.before) == dates(before[differs]) and dates(moved.after) == dates(after[differs])
    assert moved.by.dtype == np.dtype("timedelta64[D]")
    assert dates(moved.by) == [b and a and a - b for a, b in zip(dates(moved.after), dates(moved.before))]
    assert None in dates(moved.by), "a suspension that only one calendar meets"
    assert len(banli.moved_by(new, new, start, "10 workdays")) == 0


# ---- what may be given ---------------------------------------------------------------------------
TEXT = ["2025-10-11", "2025-10-12", "2025-01-26"]
GIVEN = {
    "days": lambda: np.array(TEXT, "M8[D]"),
    "seconds": lambda: np.array(TEXT, "M8[s]") + np.timedelta64(3600 * 23, "s"),
    "nanoseconds": lambda: np.array(TEXT, "M8[ns]"),
    "other byte order": lambda: np.array(TEXT, "M8[D]").astype(">M8[D]"),
    "not aligned": lambda: unaligned(np.array(TEXT, "M8[D]")),
    "every second": lambda: np.repeat(np.array(TEXT, "M8[D]"), 2)[::2],
    "backwards": lambda: np.array(TEXT[::-1], "M8[D]")[::-1],
    "read only": lambda: read_only(np.array(TEXT, "M8[D]")),
    "text": lambda: np.array(TEXT),
    "wide text": lambda: np.array(TEXT, "U30"),
    "bytes": lambda: np.array(TEXT, "S10"),
    "text, other byte order": lambda: np.array(TEXT).astype(">U10"),
    "list of text": lambda: TEXT,
    "tuple of text": lambda: tuple(TEXT),
    "list of dates": lambda: [dt.date.fromisoformat(t) for t in TEXT],
    "list of datetimes": lambda: [dt.datetime.fromisoformat(t + "T15:30") for t in TEXT],
    "list of datetime64": lambda: [day(t) for t in TEXT],
    "mixed list": lambda: [TEXT[0], dt.date(2025, 10, 12), day(TEXT[2])],
}


def unaligned(a):
    raw = np.zeros(a.nbytes + 1, np.uint8)
    raw[1:] = np.frombuffer(a.tobytes(), np.uint8)
    out = raw[1:].view("M8[D]")
    assert not out.flags.aligned
    return out


def read_only(a):
    a.flags.writeable = False
    return a


@pytest.mark.parametrize("name", GIVEN)
def test_days_in_many_clothes(name):
    given = GIVEN[name]()
    assert CAL.is_workday(given).tolist() == [True, False, True]
    assert dates(CAL.add_workdays(given, 1)) == [dt.date(2025, 10, 13), dt.date(2025, 10, 13), dt.date(2025, 1, 27)]
    assert dates(CAL.due(given, "1 workday").due) == dates(CAL.add_workdays(given, 1))


def test_columns_of_pandas():
    for given in (pd.Series(TEXT), pd.Series(pd.to_datetime(TEXT)), pd.DatetimeIndex(TEXT), pd.Index(TEXT)):
        assert CAL.is_workday(given).tolist() == [True, False, True]
    with_gaps = pd.Series(pd.to_datetime([TEXT[0], None]))
    assert dates(CAL.add_workdays(with_gaps, 1)) == [dt.date(2025, 10, 13), None]
    assert CAL.is_workday(pd.Timestamp(TEXT[0])) is True
    with pytest.raises(TypeError, match="time zone"):
        CAL.is_workday(pd.Series(pd.to_datetime(TEXT)).dt.tz_localize("Asia/Shanghai"))
    with pytest.raises(TypeError, match="time zone"):
        CAL.is_workday(pd.Timestamp(TEXT[0], tz="Asia/Shanghai"))
    with pytest.raises(banli.Error, match="NaT"):
        CAL.is_workday(pd.NaT)


def test_scalars_of_numpy_are_scalars():
    assert CAL.is_workday(day("2025-10-11")) is True
    assert CAL.add_workdays(np.str_("2025-10-02"), np.int64(5)) == dt.date(2025, 10, 14)
    assert type(CAL.count_workdays(day("2025-09-30"), day("2025-10-14"))) is int
    assert CAL.due(np.datetime64("2025-09-26T16:30"), "2 workhours").due_at == dt.datetime(2025, 9, 28, 9, 30)
    for not_a_day in (np.datetime64("NaT"), np.datetime64("NaT", "D")):
        with pytest.raises(banli.Error) as e:
            CAL.is_workday(not_a_day)
        assert e.value.code == "bad-date"


def test_missing_days_stay_missing():
    nat = np.datetime64("NaT")
    for given in (np.array(["2025-10-11", "NaT"], "M8[D]"), ["2025-10-11", "NaT"], [dt.date(2025, 10, 11), None],
                  [day("2025-10-11"), nat], np.array(["2025-10-11", float("nan")], object),
                  np.ma.masked_array(np.array(["2025-10-11", "2025-10-11"], "M8[D]"), [False, True])):
        assert dates(CAL.add_workdays(given, 1)) == [dt.date(2025, 10, 13), None]
        assert CAL.is_workday(given).tolist() == [True, False]
        assert CAL.count_workdays(given, "2025-10-13").tolist() == [1, banli.NO_COUNT]
        many = CAL.due(given, "1 workday")
        assert dates(many.due) == [dt.date(2025, 10, 13), None]
        assert many[1] is None and many[0].due == dt.date(2025, 10, 13)
        assert CAL.usage("2025-10-13", given, "1 workday").used.tolist() == [1, 0]
    assert banli.NO_COUNT == np.iinfo(np.int64).min


def test_memory_is_not_copied_to_be_read():
    start = random_days(14)
    before = start.copy()
    due = CAL.due(start, "20 workdays")
    assert due[0].start == dates(start)[0]
    start[0] = day("2025-10-02")
    assert due[0].start == dt.date(2025, 10, 2), "documented: the array is kept, not copied"
    start[0] = before[0]
    assert (start == before).all()


# ---- shapes --------------------------------------------------------------------------------------
def test_shapes():
    flat = random_days(15, n=24)
    want = CAL.add_workdays(flat, 7)
    for shape in ((24,), (4, 6), (2, 3, 4), (24, 1)):
        given = flat.reshape(shape)
        assert CAL.add_workdays(given, 7).shape == shape
        assert (CAL.add_workdays(given, 7).ravel() == want).all()
        assert CAL.is_workday(given).shape == CAL.count_workdays(given, "2020-01-01").shape == shape
        due = CAL.due(given, "7 workdays")
        assert due.due.shape == due.remaining.shape == due.provisional.shape == shape
        assert len(due) == 24 and due[5].due == dates(want)[5]
        assert CAL.usage("2020-01-01", given, "7 workdays").used.shape == shape
    turned = flat.reshape(4, 6).T
    assert (CAL.add_workdays(turned, 7) == want.reshape(4, 6).T).all()
    sliced = flat.reshape(4, 6)[1::2, ::-2]
    assert (CAL.add_workdays(sliced, 7) == want.reshape(4, 6)[1::2, ::-2]).all()
    point = np.array("2025-10-02", "M8[D]")
    assert CAL.add_workdays(point, 5).shape == () and CAL.add_workdays(point, 5) == day("2025-10-14")
    assert CAL.is_workday(point).shape == CAL.due(point, "5 workdays").due.shape == ()


@pytest.mark.parametrize("empty", [np.array([], "M8[D]"), [], np.empty((0, 3), "M8[D]"), np.array([], object),
                                   np.array([], "U10")], ids=repr)
def test_empty(empty):
    shape = np.asarray(empty).shape
    assert CAL.is_workday(empty).shape == CAL.add_workdays(empty, 3).shape == shape
    assert CAL.count_workdays("2025-01-01", empty).shape == shape
    due = CAL.due(empty, "20 workdays", exclude=([0], [], []))
    assert due.due.shape == shape and len(due) == 0
    assert len(banli.moved_by(CAL, CAL, empty, "20 workdays")) == 0
    with pytest.raises(IndexError):
        due[0]


def test_broadcasting():
    d = np.array(["2025-10-02", "2025-10-11"], "M8[D]")
    n = np.array([1, 2, 5], np.int16)
    grid = CAL.add_workdays(d[:, None], n)
    assert grid.shape == (2, 3)
    assert dates(grid) == [CAL.add_workdays(x, int(k)) for x in dates(d) for k in n]
    assert dates(CAL.add_workdays("2025-10-02", n)) == dates(grid)[:3]
    assert dates(CAL.add_workdays(d[:1], n)) == dates(grid)[:3]
    assert dates(CAL.add_workdays(d, n[:1])) == dates(grid)[::3]
    assert CAL.add_workdays(d, np.array(1)).shape == (2,)
    assert CAL.count_workdays(d[:, None], d).shape == (2, 2)
    assert CAL.count_workdays(d[:1, None], d[None, :]).shape == (1, 2)
    assert CAL.count_workdays(d[:1], d).tolist() == [0, 3]
    assert CAL.count_workdays(d, d[:1]).tolist() == [0, -3]
    for types in ("i1", "u1", "u4", "i8", ">i4"):
        assert (CAL.add_workdays(d, np.array([5, 5], types)) == CAL.add_workdays(d, 5)).all()
    with pytest.raises(ValueError):
        CAL.add_workdays(d, n)
    with pytest.raises(ValueError):
        CAL.count_workdays(d, np.repeat(d, 2))


def test_answers_into_an_array_of_the_callers():
    d = random_days(16)
    for ask, type_ in ((lambda **k: CAL.add_workdays(d, 20, **k), "M8[D]"),
                       (lambda **k: CAL.count_workdays(d, "2020-01-01", **k), "i8"),
                       (lambda **k: CAL.is_workday(d, **k), "?")):
        out = np.empty(CASES, type_)
        assert ask(out=out) is out and (out == ask()).all()
        frozen = np.empty(CASES, type_)
        frozen.flags.writeable = False
        for bad in (np.empty(CASES, "i2"), np.empty(CASES + 1, type_), np.empty(2 * CASES, type_)[::2], frozen, [0] * CASES):
            with pytest.raises(TypeError, match="out"):
                ask(out=bad)
    with pytest.raises(ValueError, match="shares memory"):
        CAL.add_workdays(d, 20, out=d)
    with pytest.raises(TypeError):
        CAL.add_workdays("2025-10-02", 1, out=np.empty((), "M8[D]"))


# ---- errors --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "ask, code, words",
    [
        (lambda: CAL.add_workdays(["2025-10-02", "2050-01-01"], 1), "out-of-range", "case 1: 2050-01-01"),
        (lambda: CAL.add_workdays(["2025-10-02", "2025-10-03"], [1, 99_999]), "out-of-range", "case 1: the count"),
        (lambda: CAL.count_workdays(["2025-10-02", "1999-12-31"], "2025-10-02"), "out-of-range", "case 1: 1999-12-31"),
        (lambda: CAL.due(["2025-10-02", "2040-12-31"], "1 workday"), "out-of-range", "case 1: the count"),
        (lambda: CAL.due(["2025-10-02"], "1 workday", counts=[0]), "bad-limit", "case 0: "),
        (lambda: CAL.usage("2050-01-01", ["2025-10-02"], "1 workday"), "out-of-range", "case 0: 2050-01-01"),
        (lambda: CAL.is_workday(["2025-10-02", "2025-02-29"]), "bad-date", "case 1: 2025-02-29"),
        (lambda: CAL.is_workday(["2025-10-02", "today"]), "bad-date", "case 1: 'today'"),
        (lambda: CAL.is_workday(["2025-10-02", ""]), "bad-date", "case 1: ''"),
        (lambda: CAL.is_workday(["2025-10-02", "2025-10"]), "bad-date", "case 1: '2025-10'"),
        (lambda: CAL.is_workday(["2025-10-02", "2025-10-02T10:00Z"]), "bad-date", "case 1: '2025-10-02T10:00Z'"),
        (lambda: CAL.is_workday(["2025-10-02", "十月一日"]), "bad-date", "case 1: '十月一日'"),
        (lambda: CAL.is_workday([dt.date(2025, 1, 1), "2025-02-29"]), "bad-date", "case 1: 2025-02-29"),
        (lambda: CAL.add_workdays(["2025-10-02", "2025-10-03"], [1, 2**31]), "bad-value", "case 1: 2147483648"),
        (lambda: CAL.add_workdays("2025-10-02", 2**70), "bad-value", "1180591620717411303424"),
        (lambda: CAL.due(["2025-10-02"], "24 hours"), "bad-limit", "column of days"),
        (lambda: CAL.due(["2025-10-02"], "1 workday", exclude=([0, 2], ["2025-10-03"], ["2025-10-03"])), "bad-value", "offsets"),
        (lambda: CAL.due(["2025-10-02"], "1 workday", exclude=([0], ["2025-10-03"], ["2025-10-03"])), "bad-value", "'offsets' has 1"),
        (lambda: CAL.due(["2025-10-02"], "1 workday", exclude=([0, 1], ["2025-10-03"], [])), "bad-value", "'to' has 0"),
        (lambda: CAL.due(["2025-10-02"], "1 workday", exclude=([0, 1], ["2025-10-03"], ["2025-10-02"])), "bad-exclusion", "case 0: "),
        (lambda: CAL.due(["2025-10-02"], "1 workday", exclude=([0, 1], ["2025-10-03"], ["2025-10-03"], ["suspnd"])), "unknown-value", "did you mean 'suspend'"),
        (lambda: CAL.due(["2025-10-02"], "1 workday", exclude=([0, 1], ["2025-10-03"], ["2025-10-03"], np.array([99], "u1"))), "unknown-value", "exclusion 0: '99'"),
        (lambda: CAL.due(["2025-10-02"], "1 workday", roll="folowing"), "unknown-value", "did you mean 'following'"),
    ],
)
def test_errors_name_the_case(ask, code, words):
    with pytest.raises(banli.Error) as e:
        ask()
    assert e.value.code == code and words in str(e.value)
    assert "case" not in e.value.problem.message_zh


@pytest.mark.parametrize(
    "ask",
    [
        lambda: CAL.is_workday([1, 2]),
        lambda: CAL.is_workday(np.array([1.5])),
        lambda: CAL.is_workday([dt.date(2025, 1, 1), 20250101]),
        lambda: CAL.is_workday(20250101),
        lambda: CAL.is_workday(None),
        lambda: CAL.is_workday({"2025-01-01"}),
        lambda: CAL.is_workday([dt.datetime(2025, 1, 1, tzinfo=dt.timezone.utc)]),
        lambda: CAL.add_workdays(["2025-01-01"], [1.5]),
        lambda: CAL.add_workdays(["2025-01-01"], np.array([1], "u8")),
        lambda: CAL.add_workdays(["2025-01-01"], [True]),
        lambda: CAL.add_workdays("2025-01-01", "5"),
        lambda: CAL.add_workdays("2025-01-01", 1.5),
        lambda: CAL.due(["2025-01-01"], 20),
        lambda: CAL.due(["2025-01-01"], "1 workday", exclude=[("hearing", "2025-01-02", "2025-01-03")]),
        lambda: CAL.due(["2025-01-01"], "1 workday", exclude=([0, 1], "2025-01-02", "2025-01-03")),
        lambda: CAL.due(["2025-01-01"], "1 workday", extend=[("1 workday", "2025-01-02")]),
        lambda: CAL.due(["2025-01-01"], "1 workday", hours="08:30-11:30"),
        lambda: CAL.due(["2025-01-01"], "1 workday", count=[3]),
        lambda: CAL.due(["2025-01-01"], "1 workday")["0"],
        lambda: banli.moved_by(CAL, CAL, "2025-01-01", "1 workday"),
    ],
)
def test_what_is_no_column_is_a_type_error(ask):
    with pytest.raises(TypeError):
        ask()


def test_no_day_of_numpy_is_too_far():
    """Whatever fits into int64 is answered or refused; nothing overflows."""
    edge = np.array([2**31 - 1, -(2**31), 2**31, 2**62, -(2**62), 2**63 - 1, -(2**63) + 1], "i8").view("M8[D]")
    for one in edge:
        for ask in (lambda d: CAL.add_workdays(d, 1), lambda d: CAL.count_workdays(d, "2025-01-01"),
                    lambda d: CAL.due(d, "60 days"), lambda d: CAL.due(d, "20 workdays"),
                    lambda d: CAL.due(["2025-10-02"], "20 workdays", exclude=([0, 1], ["2025-10-03"], d))):
            with pytest.raises(banli.Error) as e:
                ask(np.array([one]))
            assert e.value.code in ("out-of-range", "bad-exclusion"), one
        assert CAL.is_workday(np.array([one])).shape == (1,)


# ---- threads, and no numpy -----------------------------------------------------------------------
def test_others_run_during_a_computation():
    start = random_days(17, n=2_000_000)
    seen, stop = [], threading.Event()

    def look():
        while not stop.is_set():
            seen.append(time.perf_counter())
            time.sleep(0)

    other = threading.Thread(target=look)
    other.start()
    before = sys.getswitchinterval()
    try:
        sys.setswitchinterval(10)  # nobody is interrupted: who runs was let run
        during = 0
        for _ in range(100):  # the others need a processor, too: on a busy machine that takes a while
            begin = time.perf_counter()
            CAL.due(start, "20 workdays")
            end = time.perf_counter()
            during += sum(begin < t < end for t in seen[-1000:])
            if during > 20:
                break
    finally:
        sys.setswitchinterval(before)
        stop.set()
        other.join()
    assert during > 20


def test_threads_share_a_calendar():
    start = random_days(18, n=50_000)
    want = CAL.due(start, "20 workdays").due
    wrong = []

    def work():
        for _ in range(20):
            if not (CAL.due(start, "20 workdays").due == want).all():
                wrong.append(1)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
    assert not wrong


WITHOUT_NUMPY = """
import sys
sys.modules["numpy"] = None
import banli, datetime
c = banli.Calendar.cn()
assert c.add_workdays("2025-10-02", 5) == datetime.date(2025, 10, 14)
assert c.is_workday(datetime.date(2025, 10, 11))
assert c.count_workdays("2025-09-30", "2025-10-14") == 5
d = c.due("2024-09-12", "20 workdays", exclude=[("hearing", "2024-10-08", "2024-10-15")])
assert d.due == datetime.date(2024, 10, 25) and d.explain() and d.svg()
for ask in (lambda: c.is_workday(["2025-10-11"]), lambda: c.due(["2025-10-11"], "1 workday")):
    try:
        ask()
    except ImportError as e:
        assert "numpy" in str(e)
    else:
        raise SystemExit("no ImportError")
try:
    c.is_workday(20251011)
except TypeError:
    print("good")
"""


def test_the_package_without_numpy():
    run = subprocess.run([sys.executable, "-c", WITHOUT_NUMPY], capture_output=True, text=True)
    assert run.stdout == "good\n", run.stderr


def test_numpy_is_imported_only_for_arrays():
    code = "import banli, sys; c = banli.Calendar.cn(); c.due('2025-10-02', '5 workdays').days; print('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
