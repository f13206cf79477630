"""Expressions: what C++ evaluates, with Python's values in and out, and every mistake told."""

import datetime as dt
import json
import math
import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

import banli

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("BANLI_SHARED_DIR", ROOT.parent / "shared"))
SUITE = SHARED / "data" / "cel" / "conformance.jsonl"
KNOWN = ROOT / "tests" / "cases" / "cel_known_failures.txt"

WORDS = {
    "case": {"elapsed": "int", "promised": "int", "status": ["open", "suspended", "concluded"], "closed": "timestamp"},
    "fees": [{"amount": "double", "standard": "double"}],
}
LATE = "case.elapsed > case.promised * 0.8 && case.status != 'concluded' && fees.all(f, f.amount <= f.standard)"


def facts(**changes):
    case = {"elapsed": 19, "promised": 20, "status": "open"} | changes
    return {"case": case, "fees": [{"amount": 80, "standard": 100}]}


def codes(error):
    return [p.code for p in error.value.problems]


def test_a_rule_is_compiled_once_and_asked_of_many_cases():
    late = banli.compile(LATE, WORDS, expected="bool")
    assert late.source == LATE
    assert late.type == "bool"
    assert late.reads == ["case.elapsed", "case.promised", "case.status", "fees"]
    assert late.evaluate(facts()).value is True
    assert late.evaluate(facts(elapsed=16)).value is False
    assert late.evaluate(facts(status="concluded")).truth is False
    assert late.evaluate(facts() | {"fees": [{"amount": 101.0, "standard": 100}]}).value is False
    assert repr(late) == f"<Program {LATE}: bool>"


def test_missing_is_no_verdict_and_never_false():
    late = banli.compile(LATE, WORDS)
    for given in (facts(elapsed=None), {"case": {"promised": 20, "status": "open"}, "fees": []}):
        o = late.evaluate(given)
        assert (o.state, o.missing, o.truth, o.error) == ("unknown", ["case.elapsed"], None, None)
        with pytest.raises(banli.Error) as wrong:
            bool(o)
        assert wrong.value.code == "missing-field"
        with pytest.raises(banli.Error):
            o.value
    assert late.evaluate(facts(elapsed=None, status="concluded")).truth is False
    in_list = late.evaluate(facts() | {"fees": [{"amount": None, "standard": 1}]})
    assert in_list.missing == ["fees.amount"] or in_list.state == "unknown"


def test_an_error_of_the_evaluation_has_its_place():
    o = banli.compile("1 +\n n / 0", {"n": "int"}).evaluate({"n": 1})
    assert (o.state, o.error.code, o.error.line, o.error.column) == ("error", "evaluation-error", 2, 2)
    assert o.error.caret == " n / 0\n ^\n"
    with pytest.raises(banli.Error):
        bool(o)
    with pytest.raises(TypeError):
        bool(banli.compile("1 + 1").evaluate())


def test_every_mistake_is_told_at_once_with_a_caret():
    with pytest.raises(banli.Error) as wrong:
        banli.compile("case.status == 'opne' ||\n  elapsed > 'a'", WORDS)
    assert codes(wrong) == ["unknown-value", "unknown-identifier"]
    first, second = wrong.value.problems
    assert (first.line, first.column) == (1, 16)
    assert (second.line, second.column) == (2, 3)
    assert "did you mean 'open'" in first.message and "open" in first.message_zh
    assert second.caret == "  elapsed > 'a'\n  ^\n"
    assert "\n  ^" in str(wrong.value)
    assert isinstance(first, banli.Problem)


def test_the_expected_type_and_the_limits_are_demanded():
    with pytest.raises(banli.Error) as wrong:
        banli.compile("1 + 1", expected="bool")
    assert codes(wrong) == ["type-mismatch"]
    for limit in ({"nodes": 3}, {"source_bytes": 5}, {"depth": 1}):
        with pytest.raises(banli.Error) as wrong:
            banli.compile("1 + (2 + 3)", **limit)
        assert codes(wrong) == ["limit-exceeded"]
    with pytest.raises(banli.Error):
        banli.compile("[1, 2, 3]", list_size=2)
    with pytest.raises(TypeError):
        banli.compile("1", dept=3)
    dear = banli.compile("[1, 2, 3].map(a, [1, 2, 3].map(b, a * b))")
    assert dear.evaluate(cost=10).error.code == "cost-exceeded"
    assert dear.evaluate(result_size=2).error.code == "limit-exceeded"


def test_values_that_do_not_fit_are_refused_all_at_once():
    late = banli.compile(LATE, WORDS)
    with pytest.raises(banli.Error) as wrong:
        late.evaluate({"case": {"elapsed": 1.5, "status": "opne", "x": 1}, "fes": []})
    assert codes(wrong) == ["type-mismatch", "unknown-value", "unknown-field", "unknown-identifier"]
    assert "did you mean 'fees'" in wrong.value.problems[3].message
    double = banli.compile("d", {"d": "double"})
    assert double.evaluate({"d": 2**53}).value == 2.0**53
    with pytest.raises(banli.Error) as wrong:
        double.evaluate({"d": 2**53 + 1})
    assert codes(wrong) == ["out-of-range"]
    with pytest.raises(TypeError):
        late.evaluate([1])


def test_names_are_dyn_where_nothing_is_declared():
    p = banli.compile("a.b > 3 && [1, 2].exists(e, e == int(n)) && math.abs(-1) == 1")
    assert p.reads == ["a", "n"]
    assert p.evaluate({"a": {"b": 4}, "n": "2", "of no interest": object()}).value is True
    with pytest.raises(banli.Error) as wrong:
        banli.compile("a", {})
    assert codes(wrong) == ["unknown-identifier"]


def test_labels_containers_and_paths_find_the_same_field():
    p = banli.compile("办件.已用 > 3", WORDS, labels={"办件": "case", "已用": "elapsed"})
    assert p.reads == ["case.elapsed"]
    for given in ({"case": {"elapsed": 4}}, {"办件": {"已用": 4}}, {"case.elapsed": 4}):
        assert p.evaluate(given).value is True
    p = banli.compile("y", {"x.y": "int", "y": "string"}, container="x")
    assert p.reads == ["x.y"]
    assert p.evaluate({"x.y": 7}).value == 7


def test_an_explanation_is_a_tree_with_what_decided():
    late = banli.compile(LATE, WORDS)
    r = late.explain(facts(elapsed=16))
    assert r.outcome.value is False
    assert r.facts == [("case.elapsed", 16), ("case.promised", 20)]
    assert r.tree.decided_by == [0]
    assert (r.tree.parts[0].source, r.tree.parts[0].value) == ("case.elapsed > case.promised * 0.8", False)
    assert str(r).splitlines() == [
        LATE + " = false",
        "* case.elapsed > case.promised * 0.8 = false",
        "  * case.elapsed = 16",
        "  * case.promised * 0.8 = 16.0",
        "    * case.promised = 20",
    ]
    assert "<b><code>case.elapsed</code> = 16</b>" in r._repr_html_()
    assert "&lt;" in late.explain(facts())._repr_html_()


def test_an_answer_expires_when_a_clock_gets_there():
    cal = banli.Calendar.cn()
    late = banli.compile("elapsed > promised * 0.8 || left < 2", {"elapsed": "int", "promised": "int", "left": "int"})
    due = cal.add_workdays("2025-10-10", 20)
    given = {
        "elapsed": banli.Clock.workdays_since(cal, "2025-10-10"),
        "left": banli.Clock.workdays_until(cal, due),
        "promised": 20,
    }
    midnight = dt.datetime.combine(cal.add_workdays("2025-10-10", 17), dt.time())
    assert late.expires(given, now="2025-10-13T15:00") == midnight
    assert late.evaluate(given, now="2025-10-13T15:00").value is False
    assert late.evaluate(given, now=midnight).value is True
    assert late.evaluate(given, now=midnight - dt.timedelta(seconds=1)).value is False
    assert late.expires(given | {"left": 5, "elapsed": 17}, now=midnight) is None
    with pytest.raises(TypeError):
        late.evaluate(given)


def test_a_calendar_clock_says_what_stepping_day_by_day_says():
    cal = banli.Calendar.cn()
    start = dt.date(2025, 10, 1)  # a rest day
    for make in (banli.Clock.workdays_since, banli.Clock.workdays_until):
        clock = make(cal, start)
        days = [dt.datetime(2025, 9, 15) + dt.timedelta(days=n) for n in range(50)]
        shown = [clock.read(d)[0] for d in days]
        for threshold in range(-8, 12):
            p = banli.compile("n >= t" if make is banli.Clock.workdays_since else "n <= t", {"n": "int", "t": "int"})
            truth = [p.evaluate({"n": clock, "t": threshold}, now=d).value for d in days]
            for i, d in enumerate(days[:20]):
                flips = next((days[k] for k in range(i + 1, 50) if truth[k] != truth[i]), None)
                until = p.expires({"n": clock, "t": threshold}, now=d)
                assert until == flips or (flips is None and (until is None or until > days[-1]))
        for d, n, following in zip(days, shown, shown[1:]):
            until = clock.read(d + dt.timedelta(hours=13))[1]
            assert (until == d + dt.timedelta(days=1)) == (n != following)


def test_clocks_are_steps_or_objects_and_keep_their_course():
    p = banli.compile("n > 2", {"n": "int"})
    steps = [("2025-01-01", 1), ("2025-01-05", 2), ("2025-01-09", 3)]
    rising = banli.Clock(steps, "rising")
    assert p.expires({"n": rising}, now="2025-01-02") == dt.datetime(2025, 1, 9)
    assert p.expires(now="2025-01-02", clocks={"n": rising}) == dt.datetime(2025, 1, 9)
    assert p.expires(now="2025-01-02", clocks={"n": steps}) == dt.datetime(2025, 1, 5)
    assert p.evaluate(now="2024-12-31", clocks={"n": steps}).missing == ["n"]
    for wrong in ([("2025-01-02", 1), ("2025-01-01", 2)], [("2025-01-01", 2), ("2025-01-02", 1)]):
        with pytest.raises(banli.Error):
            banli.Clock(wrong, "rising")
    with pytest.raises(banli.Error) as wrong:
        p.evaluate({"m": rising}, now="2025-01-01")
    assert wrong.value.code == "unknown-identifier"
    now = banli.compile("now >= timestamp('2025-01-01T00:00:07.5Z')", {"now": "timestamp"})
    assert now.expires({"now": banli.Clock.time()}, now="2025-01-01") == dt.datetime(2025, 1, 1, 0, 0, 8)


VALUES = [
    None, True, False, 0, -1, 2**63 - 1, -(2**63), banli.UInt(0), banli.UInt(2**64 - 1), 0.0, -0.0, 1.5, math.inf, "",
    "办件", b"", b"\x00\xff", [], [1, "a", None], {}, {"a": 1, 2: [3.5]}, {banli.UInt(3): True},
    dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31, 23, 59, 59, 999999), dt.datetime(1969, 12, 31, 23, 59, 59, 1),
    dt.timedelta(0), dt.timedelta(days=-1, microseconds=1), dt.timedelta(microseconds=-1), dt.timedelta(days=106751),
    banli.Timestamp("2020-01-01T00:00:00.123456789Z"), banli.Duration("-1.5ns"), banli.TypeName("int"),
]


@pytest.mark.parametrize("v", VALUES, ids=repr)
def test_a_value_comes_back_as_it_went_in(v):
    back = banli.compile("x", {"x": "dyn"}).evaluate({"x": [v]}).value[0]
    assert type(back) is type(v)
    assert back == v and repr(back) == repr(v)


@pytest.mark.parametrize("v", [2**63, -(2**63) - 1, dt.timedelta(days=106752), -dt.timedelta(days=106752)], ids=repr)
def test_what_does_not_fit_is_an_error_and_never_another_value(v):
    with pytest.raises(banli.Error) as wrong:
        banli.compile("x").evaluate({"x": v})
    assert wrong.value.code == "out-of-range"


def test_what_no_value_is_like_is_refused():
    p = banli.compile("x")
    aware = dt.datetime(2020, 1, 1, tzinfo=dt.timezone.utc)
    for v in (object(), {1.5: 1}, {1, 2}, 1j, aware):
        with pytest.raises(TypeError):
            p.evaluate({"x": v})
    deep = []
    for _ in range(200):
        deep = [deep]
    with pytest.raises(banli.Error):
        p.evaluate({"x": deep})
    for n in (-1, 2**64):
        with pytest.raises(banli.Error):
            banli.UInt(n)
    with pytest.raises(banli.Error):  # a dict takes them for one key
        banli.compile("{true: 1, 1: 2}").evaluate().value


def test_scalars_and_arrays_of_numpy_are_values():
    p = banli.compile("x", {"x": "dyn"})

    def through(v):
        return p.evaluate({"x": v}).value

    assert through(np.int8(-3)) == -3 and type(through(np.int64(2**62))) is int
    assert through(np.uint64(2**64 - 1)) == 2**64 - 1 and type(through(np.uint8(1))) is banli.UInt
    assert through(np.float32(0.5)) == 0.5 and through(np.float64(1.25)) == 1.25
    assert through(np.bool_(True)) is True
    assert through(np.str_("a")) == "a" and through(np.bytes_(b"a")) == b"a"
    assert through(np.array([[1, 2], [3, 4]])) == [[1, 2], [3, 4]]
    assert through(np.datetime64("2020-01-01")) == dt.datetime(2020, 1, 1)
    assert through(np.datetime64("1969-12-31T23:59:59.999999")) == dt.datetime(1969, 12, 31, 23, 59, 59, 999999)
    assert repr(through(np.datetime64("1969-12-31T23:59:59.999999999"))).endswith(".999999999Z')")
    assert through(np.timedelta64(-1, "us")) == dt.timedelta(microseconds=-1)
    assert repr(through(np.timedelta64(-1, "ns"))) == "Duration('-0.000000001s')"
    with pytest.raises(banli.Error):
        through(np.timedelta64(400 * 365, "D"))
    with pytest.raises(banli.Error):
        through(np.datetime64("NaT"))
    with pytest.raises(TypeError):
        through(np.timedelta64(1, "ps"))


def type_of(t):
    if isinstance(t, str):
        return t if t in ("int", "uint", "double", "bool", "string", "bytes", "null", "timestamp", "duration") else "dyn"
    if "list" in t:
        return f"list({type_of(t['list'])})"
    if "map" in t:
        return f"map({type_of(t['map'][0])}, {type_of(t['map'][1])})"
    if t.get("abstract", [None])[0] == "optional_type":
        return f"optional_type({type_of(t['abstract'][1])})"
    return "dyn"


def value_of(v):
    (kind, raw), = v.items()
    if kind == "duration":
        return dt.timedelta(seconds=int(raw["seconds"])) + dt.timedelta(microseconds=raw["nanos"] / 1000)
    if kind == "list":
        return [value_of(e) for e in raw]
    if kind == "map":
        return {value_of(k): value_of(e) for k, e in raw}
    return {
        "int": int, "uint": banli.UInt, "double": float, "bool": bool, "string": str, "bytes": bytes.fromhex,
        "type": banli.TypeName, "null": lambda _: None,
    }[kind](*([int(raw)] if kind == "uint" else [raw]))


def same(a, b):
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, float) and isinstance(b, float) and math.isnan(a):
        return math.isnan(b)
    return type(a) is type(b) and a == b


def wrong_with(case):
    """What is wrong with a case of the suite; empty when it passes."""
    types = {d["name"]: type_of(d["type"]) for d in case.get("decls", []) if "type" in d}
    functions = {
        ("." if f["instance"] else "") + d["name"]: (len, [type_of(t) for t in f["params"]], type_of(f["result"]))
        for d in case.get("decls", []) for f in d.get("function", [])
    }
    try:
        program = banli.compile(
            case["expr"], types, functions=functions, container=case.get("container", ""), check="disable_check" not in case
        )
    except banli.Error as e:
        return "" if "error" in case else str(e)
    if "deduced_type" in case and program.type != type_of(case["deduced_type"]).replace("null", "null_type"):
        return "deduced " + program.type
    if "check_only" in case:
        return ""
    bound = {k: value_of(v) for k, v in case.get("bindings", {}).items() if k in types}
    o = program.evaluate(bound)
    if "error" in case:
        return "" if o.state == "error" else f"no error, but {o}"
    return "" if o.state == "value" and same(o.value, value_of(case["value"])) else f"gave {o}"


def test_the_conformance_suite_passes_through_python():
    if not SUITE.is_file():
        pytest.skip("the conformance suite is not here")
    known = {line.split("\t")[0] for line in KNOWN.read_text(encoding="utf-8").splitlines()}
    failed = {}
    total = 0
    for line in SUITE.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        total += 1
        key = f"{case['file']}/{case['section']}/{case['name']}"
        if key not in known and (wrong := wrong_with(case)):
            failed[key] = wrong
    assert not failed
    assert total > 1000


def test_time_zones_are_those_of_the_system_or_none():
    t = dt.datetime(2025, 10, 11, 20, 30)
    source = "t.getHours('Asia/Shanghai')"
    if Path("/usr/share/zoneinfo/Asia/Shanghai").exists():
        assert banli.compile(source, {"t": "timestamp"}).evaluate({"t": t}).value == 4
        assert banli.compile("t.getHours(z)").evaluate({"t": t, "z": "America/St_Johns"}).value == 18
    for folder in [None, "/nowhere"]:
        with pytest.raises(banli.Error) as error:
            banli.compile(source, {"t": "timestamp"}, time_zones=folder)
        assert error.value.code == "bad-value" and error.value.problem.column == 12
    late = banli.compile("t.getHours(z)", time_zones=None).evaluate({"t": t, "z": "UTC+25"})
    assert late.error.code == "evaluation-error"


def test_what_follows_a_clock_expires_as_exactly():
    cal = banli.Calendar.cn()
    late = banli.compile("cal.workdays_between(start, date(now)) * 2 > 20", {"cal": "calendar", "start": "date", "now": "timestamp"})
    given = {"cal": cal, "start": dt.date(2025, 10, 10), "now": banli.Clock.time()}
    now = dt.datetime(2025, 10, 13, 9, 0, 7)
    assert late.expires(given, now=now) == dt.datetime.combine(cal.add_workdays(dt.date(2025, 10, 10), 11), dt.time())


def test_columns_answer_as_every_case_does():
    rng = np.random.default_rng(7)
    n = 3000
    elapsed = np.ma.masked_array(rng.integers(0, 40, n), rng.random(n) < 0.1)
    promised = rng.integers(5, 30, n).astype("i4")
    status = np.array(WORDS["case"]["status"])[rng.integers(0, 3, n)]
    offsets = np.concatenate([[0], np.cumsum(rng.integers(0, 4, n))])
    amount, standard = rng.integers(80, 105, offsets[-1]).astype(float), np.full(offsets[-1], 100.0)
    late = banli.compile(LATE, WORDS)
    given = {
        "case": {"elapsed": elapsed, "promised": promised, "status": status},
        "fees": (offsets, {"amount": amount, "standard": standard}),
    }
    out = late.evaluate_columns(given)
    assert (len(out), out.in_blocks, out.values.dtype, out.state.dtype) == (n, True, bool, np.uint8)
    for i in range(n):
        fees = [{"amount": amount[k], "standard": standard[k]} for k in range(offsets[i], offsets[i + 1])]
        case = {"elapsed": None if elapsed.mask[i] else elapsed[i], "promised": promised[i], "status": status[i]}
        one = late.evaluate({"case": case, "fees": fees})
        assert ("value", "error", "unknown")[out.state[i]] == one.state
        assert out.values[i] == (one.truth or False)
    unknown = int(np.flatnonzero(out.state == 2)[0])
    assert out.outcome(unknown).missing == ["case.elapsed"]
    assert set(out.state) == {0, 2} and 0 < out.values.sum() < n
    with pytest.raises(IndexError):
        out.outcome(n)


def test_columns_of_every_kind():

    def answer(expression, kind, column, **others):
        words = {"x": kind} | {k: "dyn" for k in others}
        out = banli.compile(expression, words).evaluate_columns({"x": column} | others)
        return [None if s else v for v, s in zip(out.values.tolist(), out.state.tolist())]

    assert answer("x + 1", "int", np.array([1, 2], "i2")) == [2, 3]
    assert answer("10 / x", "int", np.array([0, 3])) == [None, 3]
    assert answer("x * 0.5", "double", np.array([1, 2])) == [0.5, 1.0]
    assert answer("x + 1u", "uint", np.array([1, 2**64 - 1], "u8")) == [2, None]
    assert answer("x != x", "double", np.array([1.0, np.nan], "f4")) == [False, True]
    assert answer("!x", "bool", np.array([True, False])) == [False, True]
    assert answer("x + '!'", "string", np.array(["a", "b"])) == ["a!", "b!"]
    assert answer("x == 'a'", "string", np.array(["a", None], object)) == [True, None]
    days = np.array(["2025-01-01", "NaT", "2024-12-31"], "M8[D]")
    for unit in ("D", "s", "ms", "us", "ns"):
        assert answer("x < timestamp('2025-01-01T00:00:00Z')", "timestamp", days.astype(f"M8[{unit}]")) == [False, None, True]
    assert answer("x > duration('90s')", "duration", np.array([89, 91, "NaT"], "m8[s]")) == [False, True, None]
    assert answer("x + y", "int", np.array([1, 2]), y=3) == [4, 5]
    assert answer("x", "int", (np.array([1, 2]), [False, True])) == [1, None]
    assert answer("x.exists(e, e > 2)", "list(int)", ([0, 2, 2, 3], np.array([1, 3, 2]))) == [True, False, False]
    assert answer("x", "list(int)", ([0, 2], np.array([1, 3]))) == [[1, 3]]


def test_columns_that_do_not_fit_are_refused():
    three = np.arange(3)
    with pytest.raises(banli.Error):
        banli.compile("a + b", {"a": "int", "b": "int"}).evaluate_columns({"a": three, "b": three[:2]})
    for kind, column in [("int", np.array([1.5])), ("string", three), ("uint", -three), ("int", np.array([2**63], "u8")),
                         ("double", np.array([2**53 + 1])), (["a"], np.array(["b"])), ("bool", three)]:
        with pytest.raises(banli.Error):
            banli.compile("x", {"x": kind}).evaluate_columns({"x": column})
    with pytest.raises(banli.Error) as wrong:
        banli.compile("x", {"x": "int"}).evaluate_columns({"y": three})
    assert wrong.value.code == "unknown-identifier"
    for given in ([1], {"x": 1}, {"x": np.zeros((2, 2))}):
        with pytest.raises(TypeError):
            banli.compile("x").evaluate_columns(given)


def test_columns_of_arrow():

    def answer(expression, kind, column):
        out = banli.compile(expression, {"x": kind}).evaluate_columns({"x": column})
        return [None if s else v for v, s in zip(out.values.tolist(), out.state.tolist())]

    assert answer("x + 1", "int", pa.array([1, None, 2**62])) == [2, None, 2**62 + 1]
    assert answer("x == 'a'", "string", pa.array(["a", None, "b"])) == [True, None, False]
    assert answer("x == 'a'", "string", pa.chunked_array([["a"], ["b"]]).dictionary_encode()) == [True, False]
    assert answer("!x", "bool", pa.array([True, None])) == [False, None]
    assert answer("x > 1.0", "double", pa.array([1.5, None])) == [True, None]
    when = pa.array([dt.datetime(2025, 1, 1), None], pa.timestamp("us"))
    assert answer("x < timestamp('2025-01-02T00:00:00Z')", "timestamp", when) == [True, None]
    fees = pa.array([[{"a": 1.0, "k": "x"}], [], None, [{"a": 3.0, "k": "y"}, {"a": 1.0, "k": None}]])
    assert answer("x.all(f, f.a < 2.0)", [{"a": "double", "k": "string"}], fees) == [True, True, None, False]
    assert answer("x.exists(f, f.k == 'y')", [{"a": "double", "k": "string"}], fees) == [False, False, None, True]
