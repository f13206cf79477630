"""What do working days and deadlines cost in Python, beside the C++ below and beside the others?

    ./run bench                                          builds, installs the others, runs all
    PYTHONPATH=build/release/python python benchmarks/deadline_python/deadline_python.py build/release

One run, one process, the same arrays for everybody: the days of receipt of a million cases over twelve
years. All answers are compared before anything is timed; who answers otherwise ends the run. Times are the
median of several rounds, in nanoseconds per date. The floor and "C++" are timed inside C++ (floor.cpp), over
the memory of the same arrays.

The others are asked for exactly the same calendar, which none of them has: every day of the week works and
every rest day is a holiday, so that make-up days are working days. Those that take microseconds per date are
asked about a part of the dates.
"""

import ctypes
import datetime as dt
import statistics
import sys
import time
import warnings
from pathlib import Path

import numpy as np

import banli

SIZE = 1_000_000
PART = 20_000  # for those who take microseconds
DAYS = 20
ROUNDS = 25

CAL = banli.Calendar.cn()
ALL_DAYS = np.arange(CAL.first, np.datetime64(CAL.last) + 1, dtype="datetime64[D]")
REST_DAYS = ALL_DAYS[~CAL.is_workday(ALL_DAYS)]


# ---- the cases -----------------------------------------------------------------------------------
random = np.random.default_rng(20251011)
starts = np.datetime64("2014-01-01") + random.integers(0, 4300, SIZE)
others = np.datetime64("2014-01-01") + random.integers(0, 4300, SIZE)
# Backwards everybody counts in a way of his own: the pairs to be counted are in order.
after, through = np.minimum(starts, others), np.maximum(starts, others)
own = random.integers(0, 4, SIZE)  # exclusions of each case
offsets = np.concatenate([[0], np.cumsum(own)])
number = np.arange(offsets[-1]) - np.repeat(offsets[:-1], own)  # of an exclusion in its case
apart_from = np.repeat(starts, own) + 13 * number + random.integers(1, 7, number.size)
apart_to = apart_from + random.integers(0, 6, number.size)
mixed_from = np.repeat(starts, own) + random.integers(1, 40, number.size)
mixed_to = mixed_from + random.integers(0, 15, number.size)


# ---- the floor, in C++ ---------------------------------------------------------------------------
def library(build):
    lib = ctypes.CDLL(str(Path(build) / "benchmarks" / "deadline_python.so"))
    for name in ("floor_advance", "batch_advance", "batch_count", "batch_is_workday", "batch_due"):
        getattr(lib, name).restype = ctypes.c_double
    return lib


def at(array):
    return ctypes.c_void_p(array.ctypes.data if array is not None else None)


def in_cpp(function, *arguments):
    """A function of the floor as something to be timed: it says itself how long it took."""
    plain = [at(a) if a is None or isinstance(a, np.ndarray) else a for a in arguments]
    return lambda: function(*plain)


# ---- measuring -----------------------------------------------------------------------------------
def once(work):
    """How long a call takes. A float that the call gives is its own measurement."""
    begin = time.perf_counter_ns()
    said = work()
    end = time.perf_counter_ns()
    if isinstance(said, float) and said < 0:
        sys.exit("the floor refused its arguments")
    return said if isinstance(said, float) else end - begin


def nanoseconds(works, size, rounds=ROUNDS):
    """The median time per date of each. They take turns, so that a noisy minute strikes all of them."""
    taken = [[once(work) for work in works] for _ in range(rounds + 1)][1:]
    return [statistics.median(column) / size for column in zip(*taken)]


def same(name, ours, theirs):
    if not np.array_equal(ours, theirs):
        i = int(np.flatnonzero(np.asarray(ours) != np.asarray(theirs))[0])
        sys.exit(f"{name} answers otherwise: case {i}, {theirs[i]} and not {ours[i]}")


# ---- the others ----------------------------------------------------------------------------------
def numpy_rows():
    exact = np.busdaycalendar(weekmask="1111111", holidays=REST_DAYS)
    after_day, through_day = after + 1, through + 1
    # A start that is a rest day first goes back to the working day before: then the n-th after is the same.
    advance = lambda: np.busday_offset(starts, DAYS, roll="backward", busdaycal=exact)
    # numpy counts [a, b), the law (a, b]: the days are moved beforehand.
    count = lambda: np.busday_count(after_day, through_day, busdaycal=exact)
    is_workday = lambda: np.is_busday(starts, busdaycal=exact)
    return {"advance": (advance, SIZE, 1), "count": (count, SIZE, 1), "is workday": (is_workday, SIZE, 1)}


def pandas_rows():
    import pandas as pd

    offset = pd.offsets.CustomBusinessDay(n=DAYS, weekmask="1111111", holidays=REST_DAYS.tolist())
    part = pd.DatetimeIndex(starts[:PART])
    return {"advance": (lambda: (part + offset).values.astype("datetime64[D]"), PART, 1)}


def quantlib_rows():
    import QuantLib as ql

    exact = ql.BespokeCalendar("cn")
    to_ql = lambda d: ql.Date(d.day, d.month, d.year)
    for d in REST_DAYS.tolist():
        exact.addHoliday(to_ql(d))
    a = [to_ql(d) for d in starts[:PART].tolist()]
    b = [to_ql(d) for d in after[:PART].tolist()]
    c = [to_ql(d) for d in through[:PART].tolist()]
    zero = ql.Date(1, 1, 1970).serialNumber()
    days = lambda found: (np.array([d.serialNumber() for d in found]) - zero).astype("datetime64[D]")

    # Both convert nothing while they are timed; the answers are read afterwards.
    advance = lambda: [exact.advance(d, DAYS, ql.Days) for d in a]
    count = lambda: [exact.businessDaysBetween(x, y, False, True) for x, y in zip(b, c)]
    is_workday = lambda: [exact.isBusinessDay(d) for d in a]
    return {"advance": (advance, PART, 1, days), "count": (count, PART, 1, np.array),
            "is workday": (is_workday, PART, 1, np.array)}


# ---- the table -----------------------------------------------------------------------------------
def main(build):
    lib = library(build)
    out, left, flag = np.empty(SIZE, "M8[D]"), np.empty(SIZE, "i8"), np.empty(SIZE, "?")
    apart, mixed = (offsets, apart_from, apart_to), (offsets, mixed_from, mixed_to)
    limit = f"{DAYS} workdays"
    size, n = ctypes.c_size_t(SIZE), ctypes.c_int32(DAYS)

    ours = {
        "advance": lambda: CAL.add_workdays(starts, DAYS),
        "advance, out=": lambda: CAL.add_workdays(starts, DAYS, out=out),
        "count": lambda: CAL.count_workdays(after, through),
        "count, out=": lambda: CAL.count_workdays(after, through, out=left),
        "is workday": lambda: CAL.is_workday(starts),
        "due": lambda: CAL.due(starts, limit).due,
        "due, 0-3 exclusions": lambda: CAL.due(starts, limit, exclude=apart).due,
        "due, in any order": lambda: CAL.due(starts, limit, exclude=mixed).due,
    }
    advance = in_cpp(lib.batch_advance, starts, size, n, out)
    count = in_cpp(lib.batch_count, after, through, size, left)
    none = (None, None, None)
    cpp = {
        "advance": (advance, out),
        "advance, out=": (advance, out),
        "count": (count, left),
        "count, out=": (count, left),
        "is workday": (in_cpp(lib.batch_is_workday, starts, size, flag), flag),
        "due": (in_cpp(lib.batch_due, starts, size, n, *none, out, left, flag), out),
        "due, 0-3 exclusions": (in_cpp(lib.batch_due, starts, size, n, *apart, out, left, flag), out),
        "due, in any order": (in_cpp(lib.batch_due, starts, size, n, *mixed, out, left, flag), out),
    }
    floor = in_cpp(lib.floor_advance, starts, size, n, out)
    rows = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas says that it is slow: that is measured here
        for name, make in (("numpy", numpy_rows), ("pandas", pandas_rows), ("QuantLib", quantlib_rows)):
            rows[name] = make()

        # First the answers.
        right = {name: np.copy(work()) for name, work in ours.items()}
        for name, (work, answer) in cpp.items():
            work()
            same("C++ " + name, right[name], answer)
        floor()
        same("the floor", right["advance"], out)
        for who, asked in rows.items():
            for name, (work, size, _, *read) in asked.items():
                found = work()
                same(f"{who} {name}", right[name][:size], read[0](found) if read else found)
        for name, (_, first, last) in (("due, 0-3 exclusions", apart), ("due, in any order", mixed)):
            for i in range(0, SIZE, SIZE // 500):  # one by one, too
                stops = [("stop", first[j], last[j]) for j in range(offsets[i], offsets[i + 1])]
                one = CAL.due(starts[i], limit, exclude=stops)
                if np.datetime64(one.due) != right[name][i]:
                    sys.exit(f"case {i} alone is due on {one.due}")
        print(f"all answers are the same: {SIZE:,} dates, {PART:,} for pandas and QuantLib\n")

        # Then the times.
        print(f"{'':22}{'ns/date':>10}{'x floor':>9}{'x C++':>9}{'x banli':>9}")
        for name, work in ours.items():
            bare, below, mine = nanoseconds((floor, cpp[name][0], work), SIZE)
            print(f"{name}\n  {'floor':20}{bare:10.2f}{1:9.2f}")
            print(f"  {'C++ batch':20}{below:10.2f}{below / bare:9.2f}{1:9.2f}")
            print(f"  {'banli, Python':20}{mine:10.2f}{mine / bare:9.2f}{mine / below:9.2f}{1:9.2f}")
            for who, asked in rows.items():
                if name in asked:
                    theirs = nanoseconds(asked[name][:1], asked[name][1], asked[name][2])[0]
                    print(f"  {who:20}{theirs:10.0f}{theirs / bare:9.0f}{theirs / below:9.0f}{theirs / mine:9.0f}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "build/release")
