"""Engine: commands into a store exactly once, rights with reasons, refusals on record, cases as columns."""

import datetime as dt
from pathlib import Path

import numpy as np
import pyarrow as arrow
import pytest

import banli

ROOT = Path(__file__).resolve().parents[2]
ITEM = "62052400MZ-XK-0901"


@pytest.fixture(scope="module")
def office():
    c = banli.load(str(ROOT / "examples" / "engine"))
    assert c.good, [str(p) for p in c.problems]
    return c


@pytest.fixture
def engine(office):
    return banli.Engine(office, banli.memory_store())


def accept(engine, request="r1", case="C1"):
    return engine.submit(case, "accept", request=request, at="2026-03-02T09:00", actor="MZ01", item=ITEM,
                         facts={"name": "赵小明"})


def complete(engine, request, at, actor, step, case="C1", **details):
    if step == "受理":
        details["facts"] = {"title": "样例", "phone": "13812345678"}
    return engine.submit(case, "complete", request=request, at=at, actor=actor, step=step, **details)


def test_once(engine):
    first = accept(engine)
    assert [e["what"] for e in first.events] == ["accepted"] and not first.repeated and len(first) == 1
    again = accept(engine)
    assert again.repeated and again.events == first.events
    with pytest.raises(banli.Error) as e:
        accept(engine, case="C2")
    assert e.value.code == "duplicate-id"
    assert [(case, event["what"]) for case, event in engine.events()] == [("C1", "accepted")]
    assert engine.refusals() == []


def test_a_command_may_be_one_mapping(engine):
    command = {"case": "C1", "action": "accept", "request": "r1", "at": "2026-03-02T09:00", "actor": "MZ01",
               "item": ITEM, "facts": {"name": "赵小明"}}
    done = engine.submit(command)
    assert [e["what"] for e in done.events] == ["accepted"] and set(command) >= {"case", "item"}
    assert engine.submit(command).repeated
    for missing in ("case", "action", "request", "at", "actor"):
        with pytest.raises(TypeError):
            engine.submit({k: v for k, v in command.items() if k != missing})
    with pytest.raises(TypeError):
        engine.submit({**command, "request": "r2", "reslut": "granted"})


def test_who_may_and_why(engine):
    accept(engine)
    case = engine.case("C1")
    assert [p.person for p in case.who_may("complete", "2026-03-02T10:00", "受理")] == ["MZ01", "MZ04"]
    own, other = case.may("MZ01", "complete", "2026-03-02T10:00", "受理"), case.may(
        "MZ04", "complete", "2026-03-02T10:00", "受理")
    assert own and own.rule == "post" and own.name == "受理岗" and own.on_behalf == ""
    assert other.granted and other.on_behalf == "MZ01"
    assert other.why("en") == "MZ04 acts for MZ01 (substitute): MZ01 holds post '受理岗'"
    no = case.may("MZ02", "decide", "2026-03-02T10:00")
    assert not no and no.rule == "no_right" and "MZ02" in no.why()
    complete(engine, "r2", "2026-03-02T10:00", "MZ04", "受理")
    barred = case.may("MZ01", "complete", "2026-03-03T10:00", "审查")
    assert barred.rule == "separation" and barred.name == "受理与审查分离"
    with pytest.raises(banli.Error) as e:
        case.may("MZ01", "compleet", "2026-03-03T10:00")
    assert e.value.code == "unknown-command"


def test_refusals_are_on_record(engine):
    accept(engine)
    complete(engine, "r2", "2026-03-02T10:00", "MZ01", "受理")
    for request, at, actor, action, details, code in [
            ("r3", "2026-03-03T10:00", "MZ01", "complete", {"step": "审查"}, "not-authorised"),
            ("r4", "2026-03-02T11:00", "MZ03", "decide", {"result": "granted"}, "vetoed"),
            ("r5", "2026-03-03T10:00", "MZ02", "complete", {"step": "审查", "facts": {"title": "x"}},
             "not-authorised")]:
        with pytest.raises(banli.Error) as e:
            engine.submit("C1", action, request=request, at=at, actor=actor, **details)
        assert e.value.code == code
    one, two, three = engine.refusals()
    assert (one["number"], one["actor"], one["what"], one["step"]) == (1, "MZ01", "complete", "审查")
    assert one["rule"] == "separation: 受理与审查分离" and two["rule"] == "C-1" and three["rule"] == ""
    assert one["at"] == dt.datetime(2026, 3, 3, 10) and "受理" in one["why_zh"] and len(one["hash"]) == 64
    assert engine.refusals(after=2) == [three] and engine.refusals(most=1) == [one]
    with pytest.raises(TypeError):
        engine.submit("C1", "decide", request="r9", at="2026-03-03", actor="MZ03", reslut="granted")


def test_suspicious_but_done(engine):
    accept(engine)
    done = complete(engine, "r2", "2026-03-02T22:00", "MZ01", "受理")
    assert done.events[0]["with"]["flags"] == [["C-2", "MZ01 在非办公时间操作"]]


def test_forms_show_what_may_be_read(engine):
    accept(engine)
    complete(engine, "r2", "2026-03-02T10:00", "MZ01", "受理")
    shown = {f["field"]: (f["right"], f["shown"]) for f in engine.case("C1").form("MZ02", "2026-03-03T10:00")}
    assert shown == {"name": ("read", "赵**"), "phone": ("read", "138****5678"), "title": ("read", "样例"),
                     "opinion": ("write", None)}
    shown = {f["field"]: f["shown"] for f in engine.case("C1").form("MZ04", "2026-03-03T10:00")}
    assert shown["opinion"] is None


def test_who_knew_what_then(engine):
    accept(engine)
    with pytest.raises(banli.Error) as e:
        complete(engine, "r2", "2026-03-02T10:00", "MZ01", "受理", now="2026-03-05T08:30")
    assert e.value.code == "missing-reason"
    done = complete(engine, "r2", "2026-03-02T10:00", "MZ01", "受理", now="2026-03-05T08:30", late_reason="线路中断")
    assert banli.recorded_at(done.events[0]) == dt.datetime(2026, 3, 5, 8, 30)
    case = engine.case("C1")
    assert case.at("2026-03-03").version == 1
    assert case.at("2026-03-03", known="2026-03-05T09:00").version == 2
    events = [event for _, event in engine.events()]
    assert [banli.event_version(e) for e in events] == [1, 2] and banli.EVENT_VERSION == 2
    assert [banli.recorded_at(e) for e in events] == [dt.datetime(2026, 3, 2, 9), dt.datetime(2026, 3, 5, 8, 30)]
    assert banli.known_history(events, "2026-03-03") == events[:1]
    assert banli.known_history(events, "2026-03-03", "2026-03-06") == events
    with pytest.raises(banli.Error) as e:
        banli.event_version({"what": "accepted"})
    assert e.value.code == "store-corrupt"
    with pytest.raises(banli.Error) as e:
        engine.submit("C2", "accept", request="r8", at="2026-03-02T09:00", actor="MZ01", now="2026-03-01", item=ITEM)
    assert e.value.code == "time-backwards"


def test_nothing_that_is_printed_tells_of_whom(engine):
    """Events, their details, form values and views in repr, str, f-strings and tracebacks."""
    engine.submit("C1", "apply", request="r0", at="2026-03-02T08:00", actor="x", item=ITEM, applicant="赵小明",
                  application={"title": "赵小明的申请", "phone": "13812345678", "agent": "欧阳青",
                               "certificate": "resident_id", "certificate_number": "62052419900101123X"},
                  facts={"name": "赵小明"})
    secrets = ["赵小明", "13812345678", "欧阳青", "62052419900101123X"]

    def check(shown):
        assert [s for s in secrets if s in shown] == []

    first = next(iter(engine.events()))
    event = first[1]
    assert event["with"]["applicant"] == "赵小明" and dict(event["with"]["facts"]) == {"name": "赵小明"}
    submitted = engine.submit("C1", "withdraw", request="r1", at="2026-03-02T09:00", actor="MZ01",
                              reason="赵小明撤回")
    assert submitted.events[0]["with"]["reason"] == "赵小明撤回"
    view = engine.case("C1").now()
    assert view.facts == {"name": "赵小明"} and view.applicant == "赵小明"
    for thing in (first, event, event["with"], event["with"]["application"], event["with"]["facts"], submitted,
                  submitted.events, view, view.events, view.events[1], view.facts, engine.case("C1"), engine):
        for shown in (repr(thing), str(thing), f"{thing}", repr([thing]), "%r" % (thing,)):
            check(shown)
    assert "赵**" in repr(event) and "138****5678" in repr(view.events)
    check(view.text() + view.text("en"))
    live = banli.LiveCase(banli.load(str(ROOT / "examples" / "engine")), ITEM)
    check(repr(live.do("apply", "2026-03-02", "x", item=ITEM, applicant="赵小明", facts={"name": "赵小明"})))
    check(repr(live.events))
    for facts in ({"phone": "赵小明"}, {"none": "13812345678"}):
        with pytest.raises(banli.Error) as e:
            engine.submit("C2", "accept", request="r2", at="2026-03-02T09:00", actor="MZ01", item=ITEM, facts=facts)
        check(str(e.value) + repr(e.value) + repr(e.value.problem) + e.value.problem.message_zh)
    check(repr(engine.refusals()))


def test_a_sealed_store_keeps_refusals(office):
    inner = banli.memory_store()
    ring = banli.memory_key_ring(banli.new_master_key())
    engine = banli.Engine(office, banli.sealing_store(inner, ring, ["name"]))
    with pytest.raises(banli.Error) as e:
        engine.submit("C1", "accept", request="r1", at="2026-03-02T09:00", actor="MZ02", item=ITEM)
    assert e.value.code == "not-authorised" and len(engine.refusals()) == 1
    accept(engine)
    assert inner.events("C1")[0]["with"]["facts"][0][1].startswith("sealed:")
    assert engine.case("C1").now().facts == {"name": "赵小明"}


def test_columns_for_arrow(engine):
    accept(engine)
    accept(engine, "b1", "C2")
    t = arrow.table(engine.columns("2026-03-09T18:00"))
    assert t.num_rows == 2 and t.column("id").to_pylist() == ["C1", "C2"]
    assert t.schema.field("due").type == arrow.date32() or "timestamp" in str(t.schema.field("due").type)
    assert t.column("ended").null_count == 2  # NaT is nothing


def test_columns(engine):
    accept(engine)
    accept(engine, "b1", "C2")
    engine.submit("C2", "withdraw", request="b2", at="2026-03-03T09:00", actor="MZ01", reason="不办了")
    t = engine.columns("2026-03-09T18:00")
    assert list(t["id"]) == ["C1", "C2"] and list(t["phase"]) == ["running", "withdrawn"]
    assert t["accepted"].dtype == "datetime64[s]" and t["due"].dtype == "datetime64[D]"
    assert t["due"][0] == np.datetime64(engine.case("C1").now().promised_due)
    assert np.isnat(t["ended"][0]) and t["ended"][1] == np.datetime64("2026-03-03T09:00:00")
    assert (t["used"] + t["remaining"] == t["total"]).all() and t["used"][0] > t["used"][1]
    assert all(len(column) == 2 for column in t.values())
    assert all(len(column) == 0 for column in engine.columns("2026-03-01").values())


def test_at_and_now(engine):
    accept(engine)
    complete(engine, "r2", "2026-03-03T10:00", "MZ01", "受理")
    case = engine.case("C1")
    assert case.id == "C1" and case.now().version == 2 and case.at("2026-03-02T12:00").version == 1
    with pytest.raises(banli.Error):
        engine.case("C9").now()


def test_mandates(engine):
    accept(engine)
    complete(engine, "r2", "2026-03-02T10:00", "MZ01", "受理")
    wrong = engine.add_mandate(banli.Mandate(from_="MZ02", to="MZ03"))
    assert [p.code for p in wrong] == ["missing-field", "missing-field"]
    right = banli.Mandate(from_="MZ02", to="MZ03", until="2026-03-04", registered_by="MZ01")
    assert right.kind == "delegation" and right.until == dt.datetime(2026, 3, 4)
    assert engine.add_mandate(right) == []
    done = complete(engine, "r3", "2026-03-03T10:00", "MZ03", "审查", outcome="通过")
    assert done.events[0]["with"]["on_behalf"] == "MZ02"


def test_a_case_is_moved_to_a_new_definition(office, tmp_path):
    for file in (ROOT / "examples" / "engine").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(text.replace("limit: 2个工作日", "limit: 1个工作日"), encoding="utf-8")
    shorter = banli.load(str(tmp_path))
    store = banli.memory_store()
    accept(banli.Engine(office, store))
    engine = banli.Engine(shorter, store, earlier=[office])
    (_, before), (_, after) = engine.definitions
    assert before != after
    done = engine.submit("C1", "migrate", request="m", at="2026-03-02T10:00", actor="MZ03", definition=after,
                         reason="压缩时限", moves={"受理": "受理"})
    said = done.events[0]["with"]
    assert (done.events[0]["what"], said["definition_before"], said["definition"]) == ("migrated", before, after)
    assert engine.case("C1").now().version == 2
    assert store.verify() == []


def test_a_chart_carries_separations():
    chart = banli.Flowchart(
        id="f", name="f",
        nodes=[{"id": "s", "node": "start"}, {"id": "a", "post": "p", "duty": "d", "limit": "1 workday"},
               {"id": "e", "node": "end"}],
        arrows=[{"from": "s", "to": "a"}, {"from": "a", "to": "e"}],
        separations=[banli.Separation(name="x", steps=["a"], decision=True)])
    assert chart.separations[0].steps == ["a"] and chart.separations[0].decision
