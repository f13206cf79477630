"""Scores, statistics and samples from Python, beside a second count of the same log."""

import collections
import csv
import datetime as dt
import decimal
import hashlib
import math
import statistics
from pathlib import Path

import numpy as np
import pandas
import pyarrow
import pytest

import banli

ROOT = Path(__file__).resolve().parents[2]
COUNTY = str(ROOT / "examples" / "county")
SCHEMES = ROOT / "examples" / "scoring"


@pytest.fixture(scope="module")
def county():
    return banli.load(COUNTY)


@pytest.fixture(scope="module")
def store(county, tmp_path_factory):
    folder = tmp_path_factory.mktemp("assessment")
    lines = Path(COUNTY, "cases.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    log = folder / "log.csv"
    log.write_text(lines[0] + "".join(x for x in lines[1:] if "-2024-0000" in x), encoding="utf-8")
    kept = banli.memory_store()
    banli.replay(county, banli.read_log(county, str(log)), kept)
    return kept


@pytest.fixture(scope="module")
def figures(county, store):
    return banli.measure_office(county, store, "2025-06-30T23:59:59")


def test_statistics_count_what_the_events_say(county, store, figures):
    table = banli.statistics(county, store, from_="2024-01-01", until="2025-07-01",
                             by=["item", "month"])
    assert table["accepted"].dtype == np.int64
    assert table["workdays_mean"].dtype == np.float64
    ended = figures.statistics("2024-01-01", "2025-07-01")
    assert len(ended) == 1
    assert table["accepted"].sum() == ended["accepted"][0] > 0
    assert table["concluded"].sum() == ended["concluded"][0]
    assert (table["early"] + table["on_time"] + table["overdue"] == table["concluded"]).all()
    assert sorted(set(table["item"])) == sorted(
        set(i.code for i in county.items) & set(table["item"]))
    assert table.to_csv("zh").startswith("事项,月份,收件,")
    assert table.to_csv().startswith("item,month,received,")
    with pytest.raises(KeyError, match="did you mean 'accepted'"):
        table["acepted"]


def test_statistics_are_a_dataframe(county, store):
    frame = banli.statistics(county, store, from_="2024-01-01", until="2025-01-01",
                             by=["department"]).dataframe()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns)[:2] == ["department", "received"]


def test_steps_are_counted_by_person(figures):
    steps = figures.statistics("2024-01-01", "2025-07-01", ["person"])
    assert steps.name == "steps"
    assert steps["completed"].sum() > 0
    with pytest.raises(banli.Error, match="did you mean 'person'"):
        figures.statistics("2024-01-01", "2025-01-01", ["persn"])


def test_a_score_says_what_every_point_is_for():
    scheme = banli.load_scheme(str(SCHEMES / "double_evaluation.yaml"))
    assert scheme.period == "year" and "survey" in scheme.indicators
    said = [{"id": f"{who}{i}", "at": "2025-05-01", "department": who, "group": group,
             "grade": grade, "channel": "web"}
            for who, grade in (("A", "satisfied"), ("B", "非常满意"))
            for i, group in enumerate(("service", "government"))]
    records = [banli.ScoreRecord(id="R1", kind="check.attitude", department="A", at="2025-03-04"),
               {"id": "R2", "kind": "harm.serious", "department": "B", "at": dt.date(2025, 3, 4)}]
    done = banli.score(scheme, from_="2025-01-01", until="2026-01-01", records=records,
                       evaluations=said)
    ranking = done.ranking
    assert list(ranking["subject"]) == ["A", "B"]  # B has 100 points and a veto
    assert list(ranking["total"]) == ["82.00", "100.00"]
    assert list(ranking["vetoes"]) == ["", "harm"]
    daily = next(p for p in done.scores["A"]["root"]["parts"] if p["id"] == "daily")
    assert [line["records"] for line in daily["lines"]] == [[], ["R1"]]
    assert decimal.Decimal(daily["contribution"]) == 18
    assert "R1" in done.explain("A", "en")
    assert [c["subject"] for c in done.consequences if c["id"] == "circulated"] == ["B"]


def test_counts_may_be_a_function_of_the_period(figures):
    scheme = banli.parse_scheme("""
kind: scoring_scheme
id: fast
name: fast
period: quarter
counts: [{name: early}, {name: concluded}]
indicators:
  - {id: total, name: total, value: 'counts.concluded > 0 ? counts.early * 100 / counts.concluded : 0'}
""")
    done = banli.score(scheme, from_="2024-01-01", until="2024-07-01", counts=figures.counts)
    assert len(done.periods) == 2
    assert len(done.ranking) > 0
    with pytest.raises(banli.Error) as refused:
        banli.parse_scheme("kind: scoring_scheme\nid: x\nname: x\nindicators: []\n")
    assert refused.value.code == "missing-field"


def test_hits_and_late_cases_are_records(figures):
    kinds = collections.Counter(r.kind for r in figures.records)
    assert kinds["hit.alarm"] > 0
    overdue = figures.overdue("2025-06-30T23:59:59")
    assert kinds["case.overdue"] == len(overdue)
    assert len(figures.public_cases("2025-06-30T23:59:59")) == len(figures)


def test_coverage_items_hall_and_disclosure(county, figures):
    coverage = figures.coverage(county, "2025-06-30")
    assert list(coverage["what"]) == ["items", "steps", "cases"]
    assert (coverage["covered"] <= coverage["total"]).all()
    assert banli.items_by_type(county)["items"].sum() == len(county.items)
    assert banli.type_line(county).startswith(f"共 {len(county.items)} 项")
    assert banli.hall_totals(county)["items"][0] == len(county.items)
    assert len(banli.hall_presence(county)) == banli.hall_totals(county)["departments"][0]
    returns = banli.disclosure_returns(county, from_="2025-01-01", until="2025-07-01")
    assert set(returns["period"]) == {"2025Q1", "2025Q2"}
    assert returns["content"].sum() > 0


def test_complaints_satisfaction_and_plans():
    complaint = banli.ComplaintRecord(number="1", channel="phone", unit="A", matter="x",
                                      received="2025-03-31T23:00")
    totals = banli.complaint_totals([complaint], from_="2025-01-01", until="2025-07-01", by="quarter")
    assert totals["received"].sum() == 1 and len(totals) == 8
    rates = banli.satisfaction_rates([banli.Evaluation(id="1", department="A", grade="dissatisfied",
                                                       at="2025-01-01")],
                                     from_="2025-01-01", until="2025-01-02")
    assert rates["satisfied_rate"][0] == 0
    plan = banli.plan_and_done([("A", "访谈", "quarter", "2025-02-01", 4)],
                               [("A", "访谈", "2025-03-31")])
    assert list(plan["rate"]) == [25.0]


def test_a_sample_can_be_drawn_with_sha256sum():
    cases = [(f"A-{i}", "A") for i in range(20)]
    drawn = banli.draw_sample(cases, size=5, seed="2025Q3")
    keys = sorted((hashlib.sha256(f"2025Q3\n{c}".encode()).hexdigest(), c) for c, _ in cases)
    assert list(drawn["case"]) == [c for _, c in keys[:5]]


# ---- a second count, from the log alone ------------------------------------------------------------

CIVIL = ("MZ", "SC", "ZJ")  # no step of their charts takes time out of the limit by itself


def civil_log():
    """The rows of the log by case: of three departments, without those that had to supplement."""
    cases = collections.defaultdict(list)
    with open(Path(COUNTY, "cases.csv"), encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            if row["case"][:2] in CIVIL and row["case"][3:] < "2024-000080":
                cases[row["case"]].append(row)
    return {c: rows for c, rows in cases.items() if not any(r["action"] == "request_supplement" for r in rows)}


def slots(calendar, day):
    """The office hours of a day, as examples/county/hours.yaml has them."""
    if not calendar.is_workday(day):
        return []
    at = lambda text: dt.datetime.combine(day, dt.time.fromisoformat(text))
    if dt.date(day.year, 6, 1) <= day <= dt.date(day.year, 8, 31):
        return [(at("08:00"), at("11:30")), (at("15:00"), at("18:00"))]
    return [(at("08:30"), at("11:30")), (at("14:30"), at("17:30"))]


def taken(calendar, begin, end, stopped=frozenset()):
    """Working days after the first, and office minutes, day by day, without the days that are stopped."""
    days = minutes = 0
    day = begin.date()
    while day <= end.date():
        if day not in stopped:
            days += day > begin.date() and calendar.is_workday(day)
            for opens, closes in slots(calendar, day):
                minutes += max(0, (min(closes, end) - max(opens, begin)).total_seconds()) / 60
        day += dt.timedelta(1)
    return days, minutes


def nearest_rank(values, share):
    return sorted(values)[math.ceil(share * len(values)) - 1]


@pytest.fixture(scope="module")
def civil(county, tmp_path_factory):
    rows = civil_log()
    header = next(iter(rows.values()))[0].keys()
    log = tmp_path_factory.mktemp("civil") / "log.csv"
    with open(log, "w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, header, lineterminator="\n")
        out.writeheader()
        out.writerows(sorted((r for all in rows.values() for r in all), key=lambda r: (r["at"], r["id"])))
    kept = banli.memory_store()
    result = banli.replay(county, banli.read_log(county, str(log)), kept)
    assert not result.refusals
    return rows, banli.measure_office(county, kept, "2026-12-31T23:59:59")


def test_times_gross_and_net_are_those_of_a_count_day_by_day(county, civil):
    rows, figures = civil
    calendar = county.calendar
    expected = collections.defaultdict(lambda: ([], [], [], []))
    stopped_cases = 0
    for case, acts in rows.items():
        at = {r["action"]: dt.datetime.fromisoformat(r["at"]) for r in acts}
        if "deliver" not in at:
            continue
        stopped, since = set(), None
        for r in acts:
            day = dt.date.fromisoformat(r["at"][:10])
            if r["action"] == "suspend":
                since = day
            if r["action"] == "resume":
                stopped |= {since + dt.timedelta(n) for n in range((day - since).days + 1)}
        stopped_cases += bool(stopped)
        key = (case[:2], at["deliver"].strftime("%Y-%m"))
        gross, net = taken(calendar, at["accept"], at["deliver"]), taken(calendar, at["accept"], at["deliver"], stopped)
        for into, value in zip(expected[key], (*gross, *net)):
            into.append(value)
    assert stopped_cases > 3 and len(expected) > 20
    table = figures.statistics("2024-01-01", "2027-01-01", ["department", "month"]).as_dict()
    found = {}
    for i, key in enumerate(zip(table["department"], table["month"])):
        if table["concluded"][i]:
            found[key] = {name: column[i] for name, column in table.items()}
    assert set(found) == set(expected)
    for key, columns in expected.items():
        row = found[key]
        assert row["concluded"] == len(columns[0])
        for name, values, slack in zip(("workdays", "minutes", "net_workdays", "net_minutes"), columns, (1e-9, 1) * 2):
            # Minutes are whole ones, seconds of a log are not.
            assert row[f"{name}_mean"] == pytest.approx(statistics.fmean(values), abs=slack), (key, name)
            assert row[f"{name}_p50"] == pytest.approx(nearest_rank(values, 0.5), abs=slack), (key, name)
            assert row[f"{name}_p90"] == pytest.approx(nearest_rank(values, 0.9), abs=slack), (key, name)


@pytest.mark.parametrize("by, of", [("person", lambda r: r["actor"]), ("step", lambda r: r["step"])])
@pytest.mark.parametrize("period, span", [("month", 7), ("year", 4)])
def test_steps_are_counted_as_the_log_has_them(civil, by, of, period, span):
    rows, figures = civil
    acts = [r for all in rows.values() for r in all]
    for column, action in (("completed", "complete"), ("sent_back", "send_back")):
        expected = collections.Counter((of(r), r["at"][:span]) for r in acts if r["action"] == action)
        if (by, column) == ("step", "sent_back"):
            continue  # the log names the step it goes back to
        table = figures.statistics("2024-01-01", "2027-01-01", [by, period])
        found = {(who, when): n for who, when, n in zip(table[by], table[period], table[column]) if n}
        assert found == dict(expected), column


def test_volumes_are_counted_as_the_log_has_them(civil):
    rows, figures = civil
    begun = collections.Counter((c[:2], r["at"][:7]) for c, all in rows.items() for r in all
                                if r["action"] in ("accept", "refuse"))
    table = figures.statistics("2024-01-01", "2027-01-01", ["department", "month"])
    found = {(d, m): n for d, m, n in zip(table["department"], table["month"], table["received"]) if n}
    assert found == dict(begun)
    last = {}
    for d, m, n in zip(table["department"], table["month"], table["open"]):
        last[d] = n  # rows are sorted: what is open at the end of the last month
    ended = collections.Counter(c[:2] for c, all in rows.items()
                                if any(r["action"] in ("deliver", "withdraw", "refuse") for r in all))
    assert all(n == sum(c[:2] == d for c in rows) - ended[d] for d, n in last.items())


# ---- orders and complaints reach the score ---------------------------------------------------------


def test_orders_and_complaints_cost_points_and_are_counted(county):
    office = banli.SupervisionOffice.parse("""
kind: supervision
name: 武山县
offices: [{id: JC, above: SJ}, {id: SJ}, {id: MZ}, {id: ZW}]
staff:
  - {id: JC01, office: JC, roles: [monitor]}
  - {id: JC02, office: JC, roles: [reviewer, issuer]}
  - {id: MZ01, office: MZ, roles: [unit]}
  - {id: ZW01, office: ZW, roles: [complaint_clerk]}
  - {id: ZW02, office: ZW, roles: [complaint_head]}
""")
    store = banli.memory_store()
    orders = banli.OrderRegister(store, office)
    number = orders.act("initiate", at="2025-03-03T09:00", who="JC01",
                        fields={"unit": "MZ", "matter": "办件超时", "demand": "整改"})["id"]
    orders.act("approve", number, at="2025-03-03T10:00", who="JC02")
    orders.act("issue", number, at="2025-03-03T11:00", who="JC02")
    complaints = banli.ComplaintRegister(store, office)
    late = complaints.act("enter", at="2025-01-31T09:00", who="ZW01", fields={
        "channel": "phone", "kind": "delay", "manner": "oral", "units": "MZ", "matter": "王小明说拖延",
        "complainant": "王小明"})["id"]
    verified = complaints.act("enter", at="2025-03-03T09:00", who="ZW01", fields={
        "channel": "online", "kind": "attitude", "manner": "oral", "units": "MZ", "matter": "态度差"})["id"]
    for act in ("accept", "take"):
        complaints.act(act, verified, at="2025-03-03T10:00", who="ZW01")
    complaints.act("report", verified, at="2025-03-04T10:00", who="ZW01", fields={"findings": "属实"})
    complaints.act("find_fault", verified, at="2025-03-05T10:00", who="ZW02",
                   fields={"fault_kind": "slowness", "opinion": "批评", "points": 2})
    figures = banli.measure_office(county, store, "2025-03-31T23:59:59")
    scheme = banli.load_scheme(str(SCHEMES / "monthly_performance.yaml"))
    done = banli.score(scheme, from_="2025-03-01", until="2025-04-01",
                       records=[r for r in figures.records if r.kind != "disclosure.late"])
    # 100, one order -0.5, a complaint of January not answered by the last of February -0.5, verified -2
    ranking = dict(zip(done.ranking["subject"], done.ranking["total"]))
    assert ranking["MZ"] == "97.00"
    points = done.points
    cost = {r: e for r, e in zip(points["records"], points["effect"]) if r}
    assert cost == {f"{number}/issued": -0.5, f"{late}/complaint.late": -0.5, f"{verified}/fault": -2.0}
    assert points["effect"].sum() == 97
    assert "王小明" not in points.to_csv() + str([r.note for r in figures.records])
    totals = figures.complaint_totals("2025-01-01", "2025-04-01", "quarter")
    assert dict(zip(totals["channel"], totals["received"])) == {"online": 1, "phone": 1}
    assert figures.order_totals("2025-03-01", "2025-04-01")["issued"].sum() == 1
    table = banli.repository(county, store, "supervision_business")
    assert len(table) == 1 and table.rows[0][0] == number


def test_every_table_ends_as_a_dataframe_and_as_arrow(county, figures):
    for table in (figures.statistics("2024-01-01", "2025-01-01", ["person"]),
                  figures.overdue("2025-06-30T23:59:59"), figures.public_cases("2025-06-30T23:59:59"),
                  figures.coverage(county, "2025-06-30"),
                  figures.complaint_totals("2025-01-01", "2025-07-01"),
                  figures.order_totals("2025-01-01", "2025-07-01"), banli.items_by_type(county)):
        frame, arrow = table.dataframe(), table.arrow()
        assert isinstance(frame, pandas.DataFrame) and isinstance(arrow, pyarrow.Table)
        assert list(frame.columns) == arrow.column_names == table.columns
        assert len(frame) == arrow.num_rows == len(table)
