"""One deadline in Python: every way to ask, and everything the answer can say."""

import csv
import datetime as dt
import json
import os
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

import banli

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("BANLI_SHARED_DIR", ROOT.parent / "shared"))
CAL = banli.Calendar.cn()


def date(text):
    return dt.date.fromisoformat(text)


# ---- the calendar --------------------------------------------------------------------------------
def test_a_calendar_knows_its_range():
    assert CAL.first < date("2007-01-01") and CAL.last > CAL.horizon == date("2026-12-31")
    assert CAL.version.startswith("cn@")
    assert CAL.following("2025-10-04") == date("2025-10-09") == CAL.add_workdays("2025-10-04", 1)
    assert CAL.preceding("2025-10-04") == date("2025-09-30")
    assert CAL.following("2025-10-11") == CAL.preceding("2025-10-11") == date("2025-10-11")
    for ask in (CAL.following, CAL.preceding):
        with pytest.raises(banli.Error) as e:
            ask("2050-01-01")
        assert e.value.code == "out-of-range" and "2050-01-01" in e.value.problem.message_zh


def test_what_was_known_then():
    then = CAL.as_known_on("2020-01-20")
    assert then.is_workday("2020-01-31") and not CAL.is_workday("2020-01-31")
    assert then.version != CAL.version
    assert CAL.as_known_on("2026-01-01").is_workday("2020-01-31") is False


def test_overlays_open_and_close_any_day():
    flood = CAL.with_overlay("shiyan-flood", {"2025-07-09": "closed", dt.date(2025, 10, 11): ("closed", "防汛停工"),
                                              "2025-10-12": ("open", "防汛补班")})
    assert not flood.is_workday("2025-07-09") and not flood.is_workday("2025-10-11") and flood.is_workday("2025-10-12")
    info = flood.day("2025-10-11")
    assert (info.kind, info.name, info.source) == ("holiday", "防汛停工", "shiyan-flood")
    assert "+shiyan-flood#" in flood.version and CAL.is_workday("2025-07-09")
    reopened = flood.with_overlay("office", {"2025-07-09": "open"})
    assert reopened.is_workday("2025-07-09") and reopened.day("2025-07-09").source == "office"
    for bad, code in (({"2025-07-09": "shut"}, "unknown-value"), ({"2025-07-32": "open"}, "bad-date"),
                      ({"2025-07-09": "open", dt.date(2025, 7, 9): "closed"}, "bad-calendar")):
        with pytest.raises(banli.Error) as e:
            CAL.with_overlay("x", bad)
        assert e.value.code == code
    with pytest.raises(TypeError):
        CAL.with_overlay("x", {20250709: "open"})


def test_calendars_from_files(tmp_path):
    longer = banli.Calendar.load(["cn", ROOT / "tests" / "cases" / "calendar" / "2027.csv"])
    assert longer.horizon == date("2027-12-31") and longer.day("2027-02-06").name == "春节"
    assert longer.is_workday("2027-02-14") and not CAL.is_workday("2027-02-14")
    assert longer.as_known_on("2027-01-01").is_workday("2027-02-11") is False and longer.is_workday("2027-02-11")
    assert longer.is_workday("2025-10-11") and banli.Calendar.load("cn").version == CAL.version
    moved = banli.moved_by(longer.as_known_on("2026-12-01"), longer, ["2027-02-04"], "1 workday")
    assert len(moved) == 1 and moved.by.astype(int).tolist() == [-1]
    local = tmp_path / "local.yaml"
    local.write_text("kind: overlay\nname: shiyan\ndays:\n  - {date: 2025-07-09, opens: closed, name: 停工}\n", encoding="utf-8")
    assert CAL.with_overlay_file(local).day("2025-07-09").name == "停工"
    local.write_text("kind: overlay\nnmae: shiyan\ndays:\n  - {date: 2025-07-39, opens: shut}\n", encoding="utf-8")
    for ask in (CAL.with_overlay_file, banli.Calendar.load):
        with pytest.raises(banli.Error) as e:
            ask(local)
        assert e.value.problem.file == str(local) and e.value.problem.line > 0
        assert e.value.problems[0].message == e.value.problem.message
    with pytest.raises(banli.Error) as e:
        CAL.with_overlay_file(local)
    assert {p.code for p in e.value.problems} >= {"unknown-field", "bad-date", "unknown-value"}


def test_hours_from_a_file(tmp_path):
    file = tmp_path / "hours.yaml"
    file.write_text("kind: hours\nweek: {every_day: \"09:00-12:00,13:30-17:30\", friday: \"09:00-12:00\"}\n", encoding="utf-8")
    hours = banli.WorkingHours.load(str(file))
    assert hours == banli.WorkingHours({"every_day": "09:00-12:00,13:30-17:30", "friday": "09:00-12:00"})
    assert CAL.due("2025-09-26T11:30", "1 workhour", hours=hours).due_at == dt.datetime(2025, 9, 28, 9, 30)
    file.write_text("kind: hours\nweek: {every_day: \"9-12\"}\n", encoding="utf-8")
    with pytest.raises(banli.Error) as e:
        banli.WorkingHours.load(str(file))
    assert e.value.code == "bad-hours" and e.value.problem.line == 2


# ---- limits and hours ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "given, count, unit, text, zh, iso",
    [
        ("20个工作日", 20, "workday", "20 workdays", "20个工作日", "P20WD"),
        ("三个月", 3, "month", "3 months", "3个月", "P3M"),
        ("PT24H", 24, "hour", "24 hours", "24小时", "PT24H"),
        ("即办", 0, "on the spot", "on the spot", "即办", "P0D"),
        ("every year by 03-31", 331, "yearly date", "every year by 03-31", "每年3月31日前", "--03-31"),
    ],
)
def test_limits(given, count, unit, text, zh, iso):
    limit = banli.TimeLimit(given)
    assert (limit.count, limit.unit, limit.text(), limit.text("zh"), limit.iso) == (count, unit, text, zh, iso)
    assert banli.TimeLimit(iso) == limit
    assert limit == banli.TimeLimit.parse(text) and hash(limit) == hash(banli.TimeLimit(zh))
    assert limit != banli.TimeLimit("7 days") and limit != text and str(limit) == text
    assert eval(repr(limit), {"TimeLimit": banli.TimeLimit}) == limit
    assert CAL.due("2025-01-15", limit).due == CAL.due("2025-01-15", given).due


def test_bad_limits():
    with pytest.raises(banli.Error) as e:
        banli.TimeLimit("20 moons")
    assert e.value.code == "bad-limit" and e.value.problem.message != e.value.problem.message_zh
    with pytest.raises(banli.Error) as e:
        banli.TimeLimit("7 days").text("fr")
    assert e.value.code == "unknown-value"


def test_hours():
    hours = banli.WorkingHours({"friday": "08:30-12:00"}, seasons=[("summer", "05-01", "09-30", "08:00-12:00,15:00-18:00")],
                               dates={"2025-09-28": "-"})
    assert hours.sessions_on("2025-07-04") == "08:00-12:00,15:00-18:00"
    assert hours.sessions_on("2025-10-10") == "08:30-12:00"
    assert hours.sessions_on("2025-10-13") == "08:30-11:30,14:30-17:30"
    assert hours.sessions_on("2025-09-28") == "-"
    assert hours == banli.WorkingHours({"friday": "08:30-12:00"}, dates={date("2025-09-28"): ""},
                                       seasons=[("summer", "05-01", "09-30", "08:00-12:00,15:00-18:00")])
    assert hours != banli.WorkingHours() == banli.WorkingHours("08:30-11:30,14:30-17:30")
    usual = banli.WorkingHours()
    assert usual.add_work_time(CAL, "2025-09-26T16:30", 120) == dt.datetime(2025, 9, 28, 9, 30)
    assert usual.add_work_time(CAL, "2025-09-26T16:30", dt.timedelta(hours=2)) == dt.datetime(2025, 9, 28, 9, 30)
    assert usual.work_time_between(CAL, "2025-09-26T16:30", dt.datetime(2025, 9, 28, 9, 30)) == 120
    assert hours.add_work_time(CAL, "2025-09-26T17:30", 60) == dt.datetime(2025, 9, 29, 8, 30)


@pytest.mark.parametrize(
    "ask, code",
    [
        (lambda: banli.WorkingHours("8-12"), "bad-hours"),
        (lambda: banli.WorkingHours({"fryday": "08:00-12:00"}), "unknown-value"),
        (lambda: banli.WorkingHours(seasons=[("s", "02-30", "05-01", None)]), "bad-date"),
        (lambda: banli.WorkingHours(dates={"2025-02-30": "-"}), "bad-date"),
        (lambda: banli.WorkingHours(",".join(f"{h:02}:00-{h:02}:30" for h in range(20))), "limit-exceeded"),
        (lambda: banli.WorkingHours().add_work_time(CAL, "2025-09-26", -1), "bad-value"),
        (lambda: banli.WorkingHours().work_time_between(CAL, "1890-01-01", "2025-09-26"), "out-of-range"),
    ],
)
def test_bad_hours(ask, code):
    with pytest.raises(banli.Error) as e:
        ask()
    assert e.value.code == code


# ---- due -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "start, limit, rules, due",
    [
        ("2025-08-08", "60 days", {}, "2025-10-09"),
        ("2025-08-08", "60 days", {"roll": "none"}, "2025-10-07"),
        ("2025-08-08", "60 days", {"roll": "preceding"}, "2025-09-30"),
        ("2025-01-15", "20 workdays", {"start_rule": "on_event"}, "2025-02-17"),
        ("2025-01-15", "20 workdays", {"exclude": [("hearing", "2025-01-20", "2025-01-22")]}, "2025-02-21"),
        ("2025-01-15", "20 workdays", {"exclude": [("hearing", "2025-01-20", "2025-01-22")], "edges": "half_open_to"}, "2025-02-20"),
        ("2025-01-15", "20 workdays", {"exclude": [("hearing", "2025-01-20", "2025-01-22")], "edges": "half_open_from"}, "2025-02-20"),
        ("2025-01-15", "20 workdays", {"exclude": [("hearing", "2025-01-20", "2025-01-22")], "edges": "open"}, "2025-02-19"),
        ("2025-01-15", "20 workdays", {"suspend": [("中止", "2025-01-20", "2025-01-22")]}, "2025-02-21"),
        ("2025-01-15", "20 workdays", {"suspend": [("中止", "2025-01-20", "2025-01-22")], "resume": "full"}, "2025-02-25"),
        ("2025-01-15", "20 workdays", {"suspend": [("中止", "2025-01-20", None)]}, None),
        ("2025-01-15", "20 workdays", {"restart": [("补正", "2025-01-16", "2025-02-18")]}, "2025-03-18"),
        ("2025-01-15", "20 workdays", {"restart": [("补正", "2025-01-16", None)]}, None),
        ("2025-01-15", "20 workdays", {"extend": [("10 workdays", "2025-02-10", "行政首长")]}, "2025-03-04"),
        ("2025-10-14", "5 workdays", {"before": True}, "2025-09-30"),
        ("2025-10-14", "5 workdays", {"before": "nth"}, "2025-09-30"),
        ("2025-10-14", "5 workdays", {"before": "clear_days"}, "2025-09-29"),
        ("2025-10-14", "5 workdays", {"before": False}, "2025-10-21"),
        ("2025-08-31", "6 months", {}, "2026-02-28"),
    ],
)
def test_every_rule_reaches_the_computation(start, limit, rules, due):
    assert CAL.due(start, limit, **rules).due == (due and date(due))


def test_extend_and_roll_in_both_orders():
    asked = {"extend": [("10 days", "2025-09-20")]}
    # 60 days end on 10-07, a holiday; ten more on Friday 10-17, or after the roll on Sunday 10-19.
    assert CAL.due("2025-08-08", "60 days", **asked).due == date("2025-10-17")
    assert CAL.due("2025-08-08", "60 days", order="roll_then_extend", **asked).due == date("2025-10-20")


def test_extensions_are_refused_with_a_reason():
    twice = [("10 workdays", "2025-02-10"), ("10 workdays", "2025-02-12")]
    with pytest.raises(banli.Error) as e:
        CAL.due("2025-01-15", "20 workdays", extend=twice)
    assert e.value.code == "extension-refused" and "2 extensions" in e.value.problem.message
    assert CAL.due("2025-01-15", "20 workdays", extend=twice, extensions_allowed=2).due == date("2025-03-18")
    with pytest.raises(banli.Error) as e:
        CAL.due("2025-01-15", "20 workdays", extend=[("10 workdays", "2025-02-19")])
    assert "2025-02-18" in e.value.problem.message_zh


def test_hours_of_an_office():
    asked = ("2025-09-26T16:30", "8 workhours")
    assert CAL.due(*asked).due_at == dt.datetime(2025, 9, 29, 9, 30)
    assert CAL.due(*asked, hours="09:00-12:00,13:30-17:30").due_at == dt.datetime(2025, 9, 28, 17, 30)
    shut = banli.WorkingHours(dates={"2025-09-28": "-"})
    assert CAL.due(*asked, hours=shut).due_at > CAL.due(*asked).due_at
    assert CAL.due(dt.datetime(2025, 9, 26, 16, 30), "24 hours").due_at == dt.datetime(2025, 9, 27, 16, 30)


def test_the_worked_examples():
    """All lines of the table that tests/deadline runs in C++, through the arguments of Python."""
    units = {"wd": "workdays", "cd": "days", "mo": "months", "wm": "workhours", "cm": "hours"}
    lines = (ROOT / "tests" / "cases" / "deadline_examples.jsonl").read_text(encoding="utf-8").splitlines()
    for case in map(json.loads, lines):
        n = case["n"] // 60 if case["unit"] in ("wm", "cm") else case["n"]
        opened = {d: "open" if o else "closed" for d, o in case.get("over", {}).items()}
        cal = CAL.with_overlay("as first published", opened) if opened else CAL
        d = cal.due(case["start"], f"{n} {units[case['unit']]}", roll=case.get("roll"), before=case.get("dir") == -1,
                    exclude=[("procedure", a, b) for a, b in case.get("susp", [])], hours="09:00-12:00,13:30-17:30")
        said = d.due_at.isoformat(timespec="minutes") if "T" in case["due"] else d.due.isoformat()
        assert said == case["due"], case["id"]
        assert d.days, case["id"]
    assert len(lines) >= 34


# ---- what the answer says ------------------------------------------------------------------------
HEARD = {"exclude": [("expert_review", "2024-09-10", "2024-09-20"), ("hearing", "2024-10-08", "2024-10-15")]}


def test_a_deadline_says_what_it_is():
    d = CAL.due("2025-08-08", "60 days")
    assert (d.start, d.due, d.nominal) == (date("2025-08-08"), date("2025-10-09"), date("2025-10-07"))
    assert d.due_at == dt.datetime(2025, 10, 10) and d.limit == banli.TimeLimit("60 days")
    assert (d.total, d.remaining, d.provisional, d.calendar) == (60, 0, False, CAL.version)
    assert d.in_time("2025-10-09T23:59:59") and not d.in_time("2025-10-10")
    assert (d.days_late("2025-10-13"), d.days_late("2025-09-30")) == (4, -9)
    assert (d.workdays_late("2025-10-13"), d.workdays_late("2025-09-30")) == (3, -1)
    assert repr(d) == "<Deadline 60 days from 2025-08-08: 2025-10-09>"
    unsettled = CAL.due("2027-01-04", "5 workdays")
    assert unsettled.provisional and repr(unsettled).endswith(", provisional>")


def test_usage_by_now():
    d = CAL.due("2024-09-02", "20 workdays", **HEARD)
    u = d.at("2024-09-25T15:00")
    assert (u.total, u.used, u.remaining, u.unit) == (20, 8, 12, "workday")
    assert u.changes_at == dt.datetime(2024, 9, 26)
    again = CAL.usage("2024-09-25T15:00", "2024-09-02", "20 workdays", **HEARD)
    assert (again.used, again.remaining) == (8, 12)
    assert d.at("2024-10-28").remaining < 0
    halted = CAL.due("2026-10-10", "20 workdays", suspend=[("中止", "2026-10-21", None)])
    assert halted.due is None and halted.due_at is None and halted.nominal is None
    assert halted.remaining == halted.at("2026-12-01").remaining and halted.at("2026-12-01").changes_at is None
    assert CAL.due("2025-09-26T16:30", "2 workhours").at("2025-09-26T17:00").unit == "minute"


def test_urgency():
    d = CAL.due("2025-01-15", "20 workdays")
    u = d.urgency("2025-02-10T10:00")
    assert (u.state, u.level, u.name, u.name_zh, u.card) == ("running", 1, "reminder", "提醒", "")
    assert (u.total, u.used, u.remaining, u.due_at) == (20, 14, 6, d.due_at)
    assert u.changes_at == dt.datetime(2025, 2, 12) and d.urgency(u.changes_at).card == "yellow"
    late = d.urgency("2025-02-19T09:00")
    assert (late.state, late.name, late.card) == ("overdue", "alarm", "red")
    assert d.urgency("2025-02-19", "by_days").name == "warning"
    levels = [{"name": "soon", "name_zh": "将近", "card": "yellow", "units_left": 15}]
    assert d.urgency("2025-02-05", levels).name_zh == "将近" and d.urgency("2025-01-15", levels).level == 0
    for bad, error in (([{"name": "soon"}], banli.Error), ("by_weeks", banli.Error), ([{"nmae": "soon"}], TypeError)):
        with pytest.raises(error):
            d.urgency("2025-02-05", bad)


def test_when_a_clock_starts():
    asked = {"complete": False}
    waiting = banli.application_start(CAL, "2024-02-08", "2024-02-20", **asked)
    assert (waiting.start, waiting.why, waiting.decided_by) == (None, "awaiting_notice", date("2024-02-22"))
    silent = banli.application_start(CAL, "2024-02-08", "2024-02-22", **asked)
    assert (silent.start, silent.why, silent.notice_due) == (date("2024-02-08"), "silence", date("2024-02-21"))
    assert "32" in silent.reason and "逾期不告知" in silent.reason_zh
    told = banli.application_start(CAL, "2024-02-08", "2024-03-04", notified="2024-02-20", completed="2024-03-01", **asked)
    assert (told.start, told.why) == (date("2024-03-01"), "completed")
    assert banli.application_start(CAL, "2024-02-08", "2024-02-08").start == date("2024-02-08")
    assert banli.review_start(CAL, "2024-02-08", "2024-02-22").why == "deemed_accepted"
    assert banli.review_start(CAL, "2024-02-08", "2024-02-22", refused="2024-02-20").why == "refused"
    again = banli.information_start(CAL, "2024-03-01", "2024-04-01", correction_asked="2024-03-05", corrected="2024-03-20")
    assert (again.start, again.why) == (date("2024-03-20"), "corrected")
    with pytest.raises(banli.Error) as e:
        banli.application_start(CAL, "2024-02-08", "2024-02-22", notified="2024-02-01", **asked)
    assert e.value.code == "bad-value"


def test_days_pictures_and_notebooks():
    d = CAL.due("2024-09-02", "20 workdays", **HEARD)
    counted = [r for r in d.days if r.kind == "counted"]
    assert counted[0].first_count == 1 and counted[-1].last_count == 20 and counted[-1].last == d.due
    reviewed = next(r for r in d.days if r.kind == "excluded")
    assert (reviewed.first, reviewed.last) == (date("2024-09-10"), date("2024-09-20"))
    assert "expert_review" in reviewed.reason and "expert_review" in reviewed.reason_zh
    assert any("gov.cn" in r.source for r in d.days)
    for lang in ("en", "zh"):
        picture = ElementTree.fromstring(d.svg(lang))
        assert picture.tag.endswith("svg")
        assert d.explain(lang).count("\n") == len(d.days) + 1
    told = json.loads(d.json())
    assert told["due"] == "2024-10-25" and told["calendar"] == CAL.version and len(told["days"]) == len(d.days)
    assert json.loads(d.json("2024-09-25T15:00"))["remaining"] == 12
    page = ElementTree.fromstring(d._repr_html_())
    assert len(page.findall(".//tbody/tr")) == len(d.days)
    assert any(e.tag.endswith("svg") for e in page)
    evil = CAL.due("2024-09-02", "20 workdays", exclude=[("<script>&", "2024-09-10", "2024-09-20")])._repr_html_()
    assert "<script>" not in evil and "&lt;script&gt;&amp;" in evil


# ---- duties --------------------------------------------------------------------------------------
def test_duties():
    duty = banli.Duty.parse("every:P1M;event:prompt")
    assert duty.text == str(duty) == "every:P1M;event:prompt" and duty == banli.Duty.parse(duty.text)
    first, second = duty.clauses
    assert (first.trigger, first.pace, first.limit) == ("every", "limit", banli.TimeLimit("1 month"))
    assert (second.trigger, second.pace, second.limit, second.scope) == ("event", "prompt", None, [])
    asked = {"published": ["2025-01-20"], "occurrences": [("event", "2025-03-03")]}
    found = duty.obligations(CAL, "2025-01-01", "2025-04-01", **asked)
    assert [(o.clause, o.start, o.due, o.met) for o in found] == [
        (0, date("2025-01-01"), date("2025-02-05"), date("2025-01-20")),
        (0, date("2025-01-20"), date("2025-02-20"), None),
        (1, date("2025-03-03"), date("2025-03-10"), None),
    ]
    assert found[1].days_late("2025-02-25") == 5 and found[0].days_late("2025-04-01") == 0
    assert duty.next_due(CAL, "2025-01-01", "2025-04-01", **asked) == date("2025-02-20")
    sooner = duty.obligations(CAL, "2025-01-01", "2025-04-01", prompt="1 workday", **asked)
    assert sooner[2].due == date("2025-03-04")
    assert banli.Duty.parse("unspecified").next_due(CAL, "2025-01-01", "2025-04-01") is None
    for ask, code in ((lambda: banli.Duty.parse("evry:P1M"), "bad-duty"),
                      (lambda: duty.obligations(CAL, "2025-01-01", "2025-04-01", occurrences=[("evnt", "2025-03-03")]), "unknown-value")):
        with pytest.raises(banli.Error) as e:
            ask()
        assert e.value.code == code and "did you mean" in e.value.problem.message


def test_all_published_duties_are_read():
    table = SHARED / "data" / "domain" / "disclosure_duties.csv"
    if not table.is_file():
        pytest.skip("the table of duties is not here")
    with table.open(encoding="utf-8", newline="") as f:
        duties = [banli.Duty.parse(row["normalised"]) for row in csv.DictReader(f)]
    assert len(duties) == 208
    assert all(banli.Duty.parse(d.text) == d for d in duties)


def test_duties_of_a_configuration():
    for d in banli.load(str(ROOT / "examples" / "county")).duties:
        assert d.duty.text == d.when


# ---- what is no argument -------------------------------------------------------------------------
@pytest.mark.parametrize(
    "ask, words",
    [
        (lambda: CAL.due("2025-01-15", "20 workdays", exclde=[]), "did you mean 'exclude'"),
        (lambda: CAL.due("2025-01-15", "20 workdays", counts=3), "no argument 'counts'"),
        (lambda: CAL.due("2025-01-15", 20), "a limit is"),
        (lambda: CAL.due(20250115, "20 workdays"), "start: expected"),
        (lambda: CAL.due("2025-01-15", "20 workdays", exclude=["hearing"]), "list of tuples"),
        (lambda: CAL.due("2025-01-15", "20 workdays", exclude=[("hearing", "2025-01-16")]), "2 entries"),
        (lambda: CAL.due("2025-01-15", "20 workdays", exclude=[("hearing", 5, None)]), "expected a day"),
        (lambda: CAL.due("2025-01-15", "20 workdays", hours=8), "hours are"),
        (lambda: CAL.due("2025-01-15", "20 workdays", roll=True), "roll: expected text"),
        (lambda: CAL.due("2025-01-15", "20 workdays").at(5), "now: expected"),
        (lambda: CAL.is_workday(dt.datetime(2025, 1, 1, tzinfo=dt.timezone.utc)), "time zone"),
        (lambda: CAL.due(dt.datetime(2025, 1, 1, tzinfo=dt.timezone.utc), "1 workday"), "time zone"),
    ],
)
def test_what_is_no_argument_is_a_type_error(ask, words):
    with pytest.raises(TypeError, match=words):
        ask()
