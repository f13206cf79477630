"""LiveCase: every command from Python, and the tables the engine works by."""

import datetime as dt
from pathlib import Path

import pytest

import banli

ROOT = Path(__file__).resolve().parents[2]
ITEM = "62052400MZ-XK-0001"


@pytest.fixture(scope="module")
def county():
    return banli.load(str(ROOT / "examples" / "county"))


def applied(county, **more):
    case = banli.LiveCase(county, ITEM, "C1")
    case.do("apply", "2025-03-03T09:00", "申请人", item=ITEM, applicant="虚构协会", channel="online",
            application={"title": "登记", "summary": "成立登记"}, **more)
    return case


def test_an_application_is_answered_late(county):
    case = applied(county)
    assert case.phase == "applied" and case.promised_due is None
    assert {"accept", "refuse", "request_supplement"} <= set(case.allowed)
    assert case.events[0]["with"]["application"] == {"number": "C1", "title": "登记", "summary": "成立登记"}
    assert case.deemed_overdue("2025-03-10T17:00") == []
    assert case.deemed_overdue("2025-03-11") == [("no_reply", dt.datetime(2025, 3, 11))]
    facts = case.facts("2025-03-11")
    assert facts["case.reply_overdue"] is True and facts["case.title"] == "登记"
    assert facts["case.due_on"] is None


def test_a_refusal_is_closed_by_the_delivery_of_its_slip(county):
    case = applied(county)
    case.do("refuse", "2025-03-04T09:00", "MZ01", reason="不属本机关职权", kind="not_ours", document="1号")
    assert (case.phase, case.ended) == ("refused", None)
    case.do("deliver", "2025-03-05T09:00", "MZ01")
    assert case.ended == dt.datetime(2025, 3, 5, 9)
    with pytest.raises(banli.Error) as closed:
        case.do("complete", "2025-03-06", "MZ01", step="受理")
    assert closed.value.code == "case-closed"


def test_what_a_command_says_is_checked(county):
    case = banli.LiveCase(county, ITEM)
    with pytest.raises(TypeError, match="did you mean 'reason'"):
        case.do("refuse", "2025-03-04", "MZ01", reasn="x")
    with pytest.raises(TypeError, match="title"):
        case.do("apply", "2025-03-04", "x", application={"titel": "x"})
    with pytest.raises(banli.Error) as unknown:
        case.do("acept", "2025-03-04", "MZ01")
    assert unknown.value.code == "unknown-command"
    with pytest.raises(banli.Error) as late:
        case.do("accept", "2025-03-04T09:00", "MZ01", item=ITEM, recorded="2025-03-05T09:00")
    assert late.value.code == "missing-reason"
    assert case.phase == "none" and case.events == []


def test_a_case_runs_step_by_step(county):
    case = banli.LiveCase(county, ITEM)
    case.do("accept", "2025-03-03T09:00", "MZ01", item=ITEM, recorded="2025-03-05T09:00", late_reason="停电")
    assert case.enabled == ["受理"] and case.promised_due > dt.date(2025, 3, 3)
    assert case.facts("2025-03-05")["case.late_entries"] == 1
    events = case.do("complete", "2025-03-03T10:00", "MZ01", step="受理", opinion="同意", attachments=["a.pdf"])
    assert [e["what"] for e in events] == ["completed"]
    assert events[0]["with"]["attachments"] == ["a.pdf"]


def test_the_tables(county):
    actions = banli.case_actions()
    assert len(actions) == 29 and actions[0] == ("accept", "受理", "accepted", "受理")
    assert ("running", "suspend", "suspended") in banli.case_life_cycle()
    assert banli.case_life_cycle_table("en").startswith("| phase | accept |")
    assert [p["kind"] for p in banli.case_policies() if p["reports_up"]] == ["reported_up"]
    assert banli.suggest_kind(banli.ServiceItem(name="公证机构变更(初审)"))[0] == "reported_up"


def test_silence_renews_a_permit_when_it_ends(county):
    case = banli.LiveCase(county, ITEM)
    case.do("accept", "2025-03-03T09:00", "MZ01", item=ITEM)
    case.do("complete", "2025-03-03T10:00", "MZ01", step="受理")
    case.do("complete", "2025-03-04T10:00", "MZ03", step="初审", facts={"members": "10", "similar": "false"})
    case.do("complete", "2025-03-05T10:00", "MZ04", step="审核")
    case.do("complete", "2025-03-06T10:00", "MZ05", step="决定")
    case.do("decide", "2025-03-06T11:00", "MZ05", result="granted", until="2025-12-31")
    case.do("complete", "2025-03-07T08:30", "MZ01", step="制证送达")
    case.do("deliver", "2025-03-07T09:00", "MZ01")
    case.do("request_change", "2025-09-01T09:00", "申请人", kind="renewal", reason="继续使用", limit="1 year")
    assert case.facts("2025-12-31T23:59:59")["case.renewal_deemed"] is False
    assert case.facts("2026-01-01")["case.renewal_deemed"] is True
    with pytest.raises(banli.Error) as early:
        case.do("deem_renewal", "2025-12-31T23:59:59", "MZ05")
    assert early.value.code == "condition-not-met"
    events = case.do("deem_renewal", "2026-01-01", "MZ05")
    assert [e["what"] for e in events] == ["renewal_deemed"]
    assert case.valid_until == dt.date(2026, 12, 31)
