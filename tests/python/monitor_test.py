"""Monitor, back_test and the rule packs over the example county."""

import csv
import datetime as dt
import gzip
import os
from pathlib import Path

import pandas
import pytest

import banli

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("BANLI_SHARED_DIR", ROOT.parent / "shared"))

STRICTER = """kind: rules
rules:
  - id: T-1
    name: 承诺时限预警
    dimension: timeliness
    level: warning
    condition: case.open && case.kind != "immediate" && case.used_share >= 0.3
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    folder = tmp_path_factory.mktemp("monitor")
    lines = (ROOT / "examples/county/cases.csv").read_text(encoding="utf-8").splitlines(True)
    (folder / "cases.csv").write_text("".join(lines[:1500]), encoding="utf-8")
    config = banli.load(str(ROOT / "examples/county"))
    store = banli.open_store(str(folder / "county.db"))
    log = banli.read_log(config, str(folder / "cases.csv"))
    run = banli.replay(config, log, store)
    return config, store, log.last, run


def told(hits):
    return sorted(h.to_json() for h in hits)


def test_a_monitor_says_what_the_main_job_says(county):
    config, store, last, run = county
    m = banli.Monitor(config, store)
    changes = m.advance(last)
    assert {c["what"] for c in changes} >= {"raised", "cleared"}
    assert len(m.hits) > 0
    raised = {(h.case, h.rule, h.raised) for h in run.hits}
    assert {(h.case, h.rule, h.raised) for h in m.hits} == raised


def test_a_restart_says_the_same_bytes(county):
    config, store, last, _ = county
    once = banli.Monitor(config, store, lapse=20)
    once.advance(last)
    again = banli.Monitor(config, store, lapse=20)
    again.advance("2024-03-01")
    again.advance(last)
    assert told(once.hits) == told(again.hits)
    assert any(h.end == "lapsed" for h in once.hits)


def test_what_is_coming_comes(county):
    config, store, last, _ = county
    m = banli.Monitor(config, store, rules="supervision")
    m.advance("2024-02-01")
    coming = m.coming("2024-02-20")
    assert coming == sorted(coming, key=lambda c: c["at"])
    assert m.next is not None and m.next <= coming[0]["at"]
    with pytest.raises(banli.Error):
        m.advance("2024-01-01")


def test_columns_and_answers(county):
    config, store, last, _ = county
    m = banli.Monitor(config, store, trial_until="2030-01-01")
    m.advance(last)
    columns = m.columns()
    assert {len(c) for c in columns.values()} == {len(m.hits)}
    assert set(columns["stage"]) == {"trial"}
    open_hit = next(h for h in m.hits if h.end == "open")
    m.answer(open_hit.case, open_hit.rule, "D-1", last)
    assert any(h.order == "D-1" and h.end == "answered" for h in m.hits)
    with pytest.raises(banli.Error):
        m.answer(open_hit.case, open_hit.rule, "D-2", last)


def test_other_rules_are_tried_before_they_are_published(county):
    config, store, last, _ = county
    same = banli.back_test(config, store, until=last)
    assert not same["only_before"] and not same["only_after"] and same["asked"] == {}
    assert same["cases"] > 0
    tried = banli.back_test(config, store, until=last, rules=STRICTER)
    assert {h.rule for h in tried["only_after"]} == {"T-1"}
    assert tried["asked"]["T-1"] == "changed" and tried["asked"]["T-2"] == "removed"
    set_only = banli.back_test(config, store, until=last, parameters={"T-1.share": 0.3})
    assert set_only["asked"] == {"T-1": "changed"}
    assert sorted(h.to_json() for h in set_only["only_after"]) \
        != sorted(h.to_json() for h in set_only["only_before"])
    columns = set_only["columns"]
    assert {len(c) for c in columns.values()} == {len(columns["side"])} != {0}
    assert columns["side"].count("+") == len(set_only["only_after"])
    with pytest.raises(banli.Error, match="share"):
        banli.back_test(config, store, until=last, parameters={"T-1.shar": 0.3})
    closed = {f"2024-03-{d:02}": "closed" for d in range(4, 9)}
    calendar = banli.Calendar.cn().with_overlay("flood", closed)
    other = banli.back_test(config, store, until=last, calendar=calendar)
    assert other["only_before"] or other["only_after"]


def test_rules_over_many_cases(county):
    config, store, last, _ = county
    m = banli.Monitor(config, store)
    m.advance(last)
    found = m.across("2024-01", "2024-12")
    assert set(found) >= {"rule", "unit", "raised", "message_zh"}
    assert {"C008"} <= set(found["rule"])


def test_ends_in_a_data_frame(county):
    config, store, last, _ = county
    m = banli.Monitor(config, store, rules="supervision", parameters={"A003.share": 0.5})
    m.advance("2024-02-01")
    coming = pandas.DataFrame(m.coming_columns("2024-02-20"))
    assert list(coming.columns) == ["at", "case", "rule", "level", "step"] and len(coming) > 0
    m.advance(last)
    hits = pandas.DataFrame(m.columns())
    assert len(hits) == len(m.hits) and hits["raised"].is_monotonic_increasing
    above = pandas.DataFrame(m.above())
    assert set(above["rule"]) == {"B001"} and set(above["level"]) == {"alarm"}
    tried = banli.back_test(config, store, until=last, parameters={"T-2.grace": 3})
    frame = pandas.DataFrame(tried["columns"])
    assert set(frame["side"]) <= set("-+<>") and len(frame) > 0


def test_warnings_leave_through_the_sink(county):
    config, store, last, _ = county
    ways = "level,channels,recipients\nalarm,sms;screen,head\n"
    m = banli.Monitor(config, store, ways=ways)
    told = []
    changes = m.advance(last, sink=told.append)
    alarms = [c for c in changes if c["what"] == "raised" and c["level"] == "alarm"]
    assert len(told) == len(alarms) > 0
    assert all(w["channels"] == ["sms", "screen"] and w["recipients"] == ["head"] for w in told)
    assert told[0]["message_zh"] and told[0]["at"] == alarms[0]["at"]
    with pytest.raises(banli.Error):
        banli.Monitor(config, store, ways="levels,channels\nalarm,sms\n")


def test_columns_of_the_website_are_watched():
    config = banli.load(str(ROOT / "examples" / "county"))
    found = banli.watch_columns(config, "2025-06-30")
    assert {len(c) for c in found.values()} == {len(found["rule"])}
    assert set(found["rule"]) <= {"G-LATE", "G-LONG", "G-EMPTY", "G-GUIDE", "G-ITEMS"}
    assert len(found["rule"]) > 0


def test_packs_by_name_and_samples_by_seed():
    assert banli.rule_packs() == ["supervision", "unit-month", "orders", "disclosure"]
    rules = banli.RuleSet.from_yaml(banli.rule_pack("supervision"))
    assert not rules.check() and not rules.test()
    with pytest.raises(banli.Error):
        banli.rule_pack("nothing")
    ids = [f"C{i}" for i in range(50)]
    assert banli.sample_cases(ids, 3, "Q1") == banli.sample_cases(ids[::-1], 3, "Q1")



FOUR_EYES = """kind: rules
constraints:
  - {name: one_hand, template: four_eyes, a: [T02], b: [T04]}
counters:
  - {name: checks, activities: [T02]}
  - {name: decisions, activities: [T04]}
rules:
  - id: FOUR-EYES
    name: 同一人审查并定稿
    dimension: integrity
    level: alarm
    condition: flow.one_hand
  - id: BOTH
    name: 经审查并定稿
    dimension: flow
    level: reminder
    condition: flow.checks > 0 && flow.decisions > 0
  - id: LATE
    name: 超期
    dimension: timeliness
    level: alarm
    condition: case.overdue
"""


def test_the_permit_log_from_start_to_end():
    path = SHARED / "data" / "logs" / "receipt.csv.gz"
    if not path.is_file():
        pytest.skip("the log is not here")
    config = banli.load(str(ROOT / "examples" / "permit-receipt"))
    log = banli.read_log(config, str(path))
    store = banli.memory_store()
    run = banli.replay(config, log, store)
    m = banli.Monitor(config, store, rules=FOUR_EYES)
    m.advance(log.last)
    found = {rule: {h.case for h in m.hits if h.rule == rule} for rule in ("FOUR-EYES", "BOTH")}
    assert (len(found["FOUR-EYES"]), len(found["BOTH"])) == (1042, 1303)
    assert raised_late(m) == late_by_hand(path, config, store, log.last)
    assert len(raised_late(m)) == sum(i.overdue for i in run.items) == 225
    again = banli.Monitor(config, store, rules=FOUR_EYES)
    for month in ("2010-12-01", "2011-03-01", "2011-09-30T12:00:00"):
        again.advance(month)
    again.advance(log.last)
    assert told(again.hits) == told(m.hits)


def raised_late(m):
    return {h.case: h.raised for h in m.hits if h.rule == "LATE"}


def late_by_hand(path, config, store, until):
    """Eight weeks after receipt are 56 days; the next midnight is too late, or the first event where
    the log begins after it. Who had the result by then is in time."""
    starts, first, last = {}, {}, {}
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            case, at = row["case"], dt.datetime.fromisoformat(row["timestamp"][:19])
            starts.setdefault(case, dt.date.fromisoformat(row["case_startdate"][:10]))
            first[case] = min(at, first.get(case, at))
            last[case] = max(at, last.get(case, at))
    out = {}
    for case, start in starts.items():
        late = dt.datetime.combine(start + dt.timedelta(57), dt.time())
        closed = store.case(case, config).now().phase == "delivered"
        if (last[case] if closed else until) >= late and first[case] <= until:
            out[case] = max(late, first[case])
    return out


def test_rules_of_another_subject_are_refused(county):
    config, store, last, _ = county
    with pytest.raises(banli.Error, match="look at records, not at cases"):
        banli.Monitor(config, store, rules="orders")
    m = banli.Monitor(config, store)
    m.advance("2024-02-01")
    with pytest.raises(banli.Error, match="look at cases, not at units"):
        m.across("2024-01", "2024-02", rules="supervision")
