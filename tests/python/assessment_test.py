"""Scores, statistics and samples from Python, beside a second count of the same log."""

import collections
import datetime as dt
import decimal
import hashlib
from pathlib import Path

import numpy as np
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
    pandas = pytest.importorskip("pandas")
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
