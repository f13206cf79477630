"""Supervision orders and complaints from Python: acts, limits, registers, secrecy, restart."""

import datetime as dt
from pathlib import Path

import pandas
import pytest

import banli

ROOT = Path(__file__).resolve().parents[2]
OFFICE = str(ROOT / "examples" / "supervision" / "supervision.yaml")
ABOUT = {"unit": "县民政局", "matter": "办件超时", "demand": "整改"}


@pytest.fixture
def office():
    return banli.SupervisionOffice.load(OFFICE)


@pytest.fixture
def orders(office):
    register = banli.OrderRegister(banli.memory_store(), office)
    register.act("initiate", at="2026-02-11T09:00", who="JC01", fields=ABOUT)
    register.act("approve", "督-2026-001", at="2026-02-11T10:00", who="JC02")
    register.act("issue", "督-2026-001", at="2026-02-11T11:00", who="JC02")
    return register


def complaints(office, store=None, **more):
    register = banli.ComplaintRegister(store or banli.memory_store(), office)
    fields = {"channel": "来电", "kind": "delay", "manner": "oral", "units": "县民政局",
              "matter": "王小明反映拖延", "complainant": "王小明", **more}
    register.act("enter", at="2026-03-02T09:00", who="ZW01", fields=fields)
    return register


def test_an_order_and_its_limits(orders):
    order = orders.show("督-2026-001")
    assert order["phase"] == "issued" and order["supervisor"] == "县监察局" and order["level"] == 1
    limits = {c["kind"]: c["due"] for c in order["clocks"]}
    assert limits == {"close": "2026-03-17", "sign_for": "2026-02-12", "reply": "2026-02-25"}
    assert "春节" in orders.explain("督-2026-001", "reply")
    with pytest.raises(banli.Error) as e:
        orders.explain("督-2026-001", "judge")
    assert e.value.code == "unknown-reference"
    assert orders.show("督-2026-001", "2026-02-11T09:30")["phase"] == "initiated"
    assert [e["with"]["step"] for e in orders.history("督-2026-001")] == ["initiate", "approve", "issue"]
    assert orders.sheet("督-2026-001")["状态"] == "已下发"
    assert "<h1>电子督办单</h1>" in orders.html("督-2026-001")


def test_what_is_refused_says_why(orders):
    with pytest.raises(banli.Error) as e:
        orders.act("sing_for", "督-2026-001", at="2026-02-11T12:00", who="MZ01")
    assert e.value.code == "unknown-value" and "sign_for" in str(e.value)
    with pytest.raises(banli.Error) as e:
        orders.act("close", "督-2026-001", at="2026-02-11T12:00", who="JC01")
    assert e.value.code == "no-transition"
    with pytest.raises(banli.Error) as e:
        orders.act("sign_for", "督-2026-001", at="2026-02-11T12:00", who="JC01")
    assert e.value.code == "not-permitted"
    assert len(orders.all()) == 1


def test_missed_limits_climb(orders):
    assert orders.overdue("2026-02-12T12:00") == []
    assert [o["id"] for o in orders.overdue("2026-02-13")] == ["督-2026-001"]
    assert [o["id"] for o in orders.open("2026-02-11T12:00")] == ["督-2026-001"]
    (climbed,) = orders.climb("2026-02-13", "SJ01")
    assert climbed["level"] == 2 and climbed["supervisor"] == "市监察局"
    assert orders.climb("2026-02-13", "SJ01") == []


def test_a_finding_is_a_value(orders):
    at = dt.datetime(2026, 2, 12, 9)
    orders.act("sign_for", "督-2026-001", at=at, who="MZ01")
    orders.act("handle", "督-2026-001", at=at, who="MZ01", fields={"handling": "核查"})
    orders.act("feed_back", "督-2026-001", at=at, who="MZ01", fields={"reply": "已整改"})
    orders.act("accept_reply", "督-2026-001", at=at, who="JC01")
    orders.act("close", "督-2026-001", at=at, who="JC01",
               fields={"outcome": "已整改", "fault": True, "fault_kind": "broken_promise",
                       "sanction": banli.sanction_step(1)})
    (finding,) = orders.findings()
    assert finding["kind"] == "broken_promise" and finding["sanction"] == "criticism"
    assert [banli.sanction_step(n) for n in (2, 3, 4)] == ["circular", "transfer", "transfer"]
    assert orders.totals("unit", at)["faults"][0] == 1


def test_a_complaint_is_given_without_its_name(office):
    register = complaints(office, confidential=True)
    complaint = register.show("诉-2026-001")
    assert complaint["complainant"] == "(保密)" and "王小明" not in complaint["matter"]
    assert "王小明" not in str(register.history("诉-2026-001"))
    assert "王小明" not in register.html("诉-2026-001")
    assert "王小明" not in str(register.sheet("诉-2026-001"))
    with pytest.raises(banli.Error) as e:
        register.disclose("诉-2026-001", at="2026-03-02T10:00", who="ZW01", reason="回访")
    assert e.value.code == "not-permitted"
    told = register.disclose("诉-2026-001", at="2026-03-02T10:00", who="ZW03", reason="回访")
    assert told["complainant"] == "王小明"
    assert register.show("诉-2026-001")["disclosures"][0]["who"] == "ZW03"


def test_complaints_are_counted_and_repetitions_are_known(office):
    store = banli.memory_store()
    complaints(office, store)
    register = complaints(office, store, channel="市长信箱")
    assert register.show("诉-2026-002")["repeats"] == "诉-2026-001"
    assert register.advice("诉-2026-002") == ["反复投诉或涉及多部门,应确定牵头单位"]
    counts = register.totals("channel", "2026-03-03", first="2026-03-01", last="2026-03-31")
    assert dict(zip(counts["label"], counts["total"])) == {"来电": 1, "市长信箱": 1}
    frame = counts.dataframe()
    assert frame.set_index("key")["total"].to_dict() == {"phone": 1, "mayor_mailbox": 1}
    assert list(pandas.DataFrame(register.all())["phase"]) == ["registered", "registered"]
    with pytest.raises(banli.Error):
        register.totals("chanel", "2026-03-03")


def test_a_store_keeps_and_proves_both(office, tmp_path):
    path = str(tmp_path / "orders.db")
    with banli.open_store(path) as store:
        register = complaints(office, store)
        before = register.all()
    with banli.open_store(path) as store:
        assert banli.ComplaintRegister(store, office).all() == before
        assert store.verify() == []
        assert "王小明" not in store.export("ocel", everything=True)


def test_offices_and_tables(office):
    assert office.limits["transfer"] == "3 workdays" and len(office.complaint_kinds) == 11
    assert office.channels["mayor_mailbox"] == "市长信箱" and "slowness" in office.fault_kinds
    assert {c["id"]: c["hotline"] for c in office.contacts}["政务中心"] == "0938-3422222"
    assert office.name == "武山县"
    with pytest.raises(banli.Error) as e:
        banli.SupervisionOffice.parse("kind: supervision\nlimit: {}\n")
    assert "limits" in str(e.value)
    assert ("issued", "sign_for", "signed_for", ["unit"], ["own_unit"]) in banli.order_rows()
    assert len(banli.complaint_rows()) > 50
    assert "| 已下发 |" in banli.order_table() and "| registered |" in banli.complaint_table("en")
