"""The Python package: what a configurator does with it, and how it says no."""

import ast
import datetime as dt
import inspect
import operator
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import banli

ROOT = Path(__file__).resolve().parents[2]
COUNTY = str(ROOT / "examples" / "county")
SHARED = Path(os.environ.get("BANLI_SHARED_DIR", ROOT.parent / "shared"))


@pytest.fixture(scope="module")
def county():
    return banli.load(COUNTY)


def test_calendar_knows_make_up_days():
    cal = banli.Calendar.cn()
    assert cal.is_workday("2025-10-11")
    assert not cal.is_workday(dt.date(2025, 10, 12))
    info = cal.day("2025-10-01")
    assert info.kind == "holiday" and "国庆" in info.name and info.source and not info.provisional
    assert cal.add_workdays("2025-10-02", 5) == dt.date(2025, 10, 14)
    assert cal.count_workdays("2025-09-30", "2025-10-14") == 5


@pytest.mark.parametrize(
    "start, limit, options, due",
    [
        ("2025-01-15", "20 workdays", {}, dt.date(2025, 2, 18)),
        ("2024-09-02", "20个工作日", {"exclude": [("expert_review", "2024-09-10", "2024-09-20"),
                                              ("hearing", "2024-10-08", "2024-10-15")]}, dt.date(2024, 10, 25)),
        ("2025-08-08", "60 days", {"roll": "following"}, dt.date(2025, 10, 9)),
        ("2025-08-31", "6 months", {}, dt.date(2026, 2, 28)),
        ("2025-01-15", "20 workdays", {"extend": [("10 workdays", "2025-02-10")]}, dt.date(2025, 3, 4)),
        ("2026-10-10", "20 workdays", {"exclude": [("中止", "2026-10-21", None)]}, None),
    ],
)
def test_due_dates(start, limit, options, due):
    assert banli.Calendar.cn().due(start, limit, **options).due == due


def test_every_day_is_explained():
    d = banli.Calendar.cn().due(dt.date(2024, 9, 12), "20 workdays",
                                exclude=[("hearing", "2024-10-08", "2024-10-15")])
    counted = sum(r.last_count - r.first_count + 1 for r in d.days if r.kind == "counted")
    assert counted == 20
    assert d.days[-1].last == d.due
    for before, after in zip(d.days, d.days[1:]):
        assert after.first == before.last + dt.timedelta(days=1)
    assert "hearing" in d.explain() and d.explain("zh") != d.explain("en")


def test_an_error_says_what_and_in_which_language():
    with pytest.raises(banli.Error) as e:
        banli.Calendar.cn().due("2024-09-31", "20 workdays")
    assert e.value.code == "bad-date"
    assert "2024-09-31" in e.value.problem.message_zh
    with pytest.raises(banli.Error):
        banli.Calendar.cn().due("2024-09-30", "20 moons")
    with pytest.raises(TypeError):
        banli.Calendar.cn().due(20240930, "20 workdays")


def test_a_good_configuration(county):
    assert county.good, county.problems
    assert len(county.items) >= 6 and len(county.rules) == 8 and len(county.duties) == 6
    assert county.test_rules() == []
    item = county.items[0]
    assert re.fullmatch(r"\d{8}[A-Z]{2}-[A-Z]{2}-\d{4}", item.code)
    assert item.name and item.bases and item.promised and item.check() == []


def test_every_problem_of_a_bad_configuration(tmp_path):
    (tmp_path / "office.yaml").write_text("kind: office\nnmae: 某县\n", encoding="utf-8")
    (tmp_path / "rules.yaml").write_text("kind: rules\nrules:\n  - {id: A}\n", encoding="utf-8")
    problems = banli.load(str(tmp_path)).problems
    assert {p.code for p in problems} >= {"unknown-field", "missing-field"}
    first = next(p for p in problems if p.code == "unknown-field")
    assert (Path(first.file).name, first.line, first.column) == ("office.yaml", 2, 1)
    assert "name" in first.message and "name" in first.message_zh


def test_refused_commands_of_a_log_are_on_record_once(county, tmp_path):
    rows = Path(COUNTY + "/cases.csv").read_text(encoding="utf-8").splitlines()[:3]
    rows[2] = rows[2].replace("MZ02", "X9")
    (tmp_path / "log.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    log = banli.read_log(county, str(tmp_path / "log.csv"))
    with banli.open_store(str(tmp_path / "county.db")) as store:
        runs = [banli.replay(county, log, store, until=log.last) for _ in range(2)]
        assert [(len(r.refusals), r.refusals_recorded) for r in runs] == [(1, 1), (1, 0)]
        assert store.verify() == []


def test_the_main_job(county, tmp_path):
    log = banli.read_log(county, COUNTY + "/cases.csv")
    stages = set()
    with banli.open_store(str(tmp_path / "county.db")) as store:
        first = banli.replay(county, log, store, until=log.last, on_progress=lambda s, n, of: stages.add(s))
        assert first.commands == len(log) and not first.refusals
        assert store.event_count == first.events_appended
        assert store.verify() == []
        again = banli.replay(county, log, store, until=log.last)
        assert again.events_appended == 0 and again.already_done == len(log)
        assert [h.rule for h in again.hits] == [h.rule for h in first.hits]
        report = banli.write_report(str(tmp_path / "report"), county, again, store, until=log.last)
        assert Path(report.index).is_file() and report.dossiers == len({h.case for h in first.hits})
        case = store.cases()[0]["id"]
        events = store.events(case)
        assert [e["number"] for e in events] == list(range(1, len(events) + 1))
        assert events[0]["what"] == "accepted" and isinstance(events[0]["at"], dt.datetime)
    assert stages >= {"replay", "supervise"}
    with pytest.raises(banli.Error):
        store.verify()


def test_what_was_not_accepted_gets_a_written_slip(county, tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("id,case,at,actor,action,item,applicant,received,reason\n"
                   "1,C1,2025-03-03T09:00:00,MZ01,refuse,62052400MZ-XK-0001,某协会,2025-03-01,不属于本机关职权\n",
                   encoding="utf-8")
    store = banli.memory_store()
    assert not banli.replay(county, banli.read_log(county, str(log)), store).refusals
    slip = banli.refusal_slip(county, store, "C1", "民不受〔2025〕1号")
    assert slip.check() == [] and str(slip.refused) == "2025-03-03" and slip.case == "C1"
    assert str(slip).startswith("不予受理通知书\n民不受〔2025〕1号\n某协会：\n")
    assert "理由：不属于本机关职权\n" in str(slip)
    with pytest.raises(banli.Error):
        banli.refusal_slip(county, store, "C2", "1")


def test_who_may_do_a_step_of_a_case(county, tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("id,case,at,actor,action,item,applicant\n"
                   "1,C1,2025-03-03T09:00:00,MZ01,accept,62052400MZ-XK-0001,某协会\n", encoding="utf-8")
    store = banli.memory_store()
    assert not banli.replay(county, banli.read_log(county, str(log)), store).refusals
    may = banli.assignees(county, store, "C1", "受理", "2025-03-03T10:00:00")
    assert may == [p.id for p in county.persons if "民政受理岗" in p.posts] != []
    with pytest.raises(banli.Error) as unknown:
        banli.assignees(county, store, "C1", "受里", "2025-03-03T10:00:00")
    assert unknown.value.code == "unknown-step"


def test_rules_are_saved_and_posts_described(county, tmp_path):
    text = county.save_rules()
    assert text.startswith("kind: rules\nrules:\n  - id: T-1\n")
    (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")
    again = banli.load(str(tmp_path))
    assert again.rules == county.rules and again.save_rules() == text
    window = next(p for p in county.posts if p.id == "民政受理岗")
    assert window.powers == ["受理权", "办理结果送达权"]
    assert window.missing_window_powers == ["审核权", "协调处置权"]
    assert window.limit == "5 workdays"
    assert county.persons[0].posts


def test_an_item_is_exported_as_three_tables_and_one_chart(county):
    files = county.export_item("62052400ZF-QT-0001")
    assert [name.rsplit("-", 1)[1] for name in files] == [
        "事项信息表.csv", "事项信息表.md", "申请材料表.csv", "申请材料表.md", "岗位环节表.csv", "岗位环节表.md",
        "权力运行流程图.svg"]
    steps = files["62052400ZF-QT-0001-岗位环节表.csv"]
    assert "科室负责人岗" in steps and "信息发布审核表 可写：科室意见、科室意见日期" in steps
    with pytest.raises(banli.Error) as none:
        county.export_item("X")
    assert none.value.code == "unknown-item"


def test_a_bad_log(county, tmp_path):
    bad = tmp_path / "log.csv"
    bad.write_text("id,case,at,actor,action\n1,C1,noon,MZ01,acept\n", encoding="utf-8")
    assert [p.code for p in banli.check_log(county, str(bad))] == ["bad-date", "unknown-command"]
    with pytest.raises(banli.Error):
        banli.read_log(county, str(bad))


def test_the_permit_log():
    path = SHARED / "data" / "logs" / "receipt.csv.gz"
    if not path.is_file():
        pytest.skip("the log is not here")
    config = banli.load(str(ROOT / "examples" / "permit-receipt"))
    log = banli.read_log(config, str(path))
    r = banli.replay(config, log, banli.memory_store())
    assert (r.complete, r.unfinished, r.deviating, r.deadlines_reproduced) == (1272, 161, 1, 1080)
    deviating = [f for f in r.refusals if f.problem.code != "not-finished"]
    assert [(f.case, f.step) for f in deviating] == [("case-7917", "T05")]


def test_the_module_is_the_command_line():
    run = [sys.executable, "-m", "banli"]
    good = subprocess.run(run + ["check", COUNTY], capture_output=True, text=True, encoding="utf-8")
    assert good.returncode == 0, good.stderr
    assert subprocess.run(run + ["fly"], capture_output=True).returncode == 2
    with tempfile.TemporaryDirectory() as folder:
        assert subprocess.run(run + ["check", folder + "/none"], capture_output=True).returncode == 1


STUB = Path(banli.__file__).parent / "_core.pyi"


def test_the_stub_names_what_the_module_has():
    stub = STUB.read_text(encoding="utf-8")
    declared = set(re.findall(r"^(?:class |def )?([A-Za-z]\w*)[:(]", stub, re.MULTILINE))
    real = {n for n in dir(banli._core) if not n.startswith("_")}
    assert declared == real
    for name in real:
        thing = getattr(banli._core, name)
        if not inspect.isclass(thing) or issubclass(thing, Exception):
            continue
        body = re.search(rf"^class {name}\b.*?:\n((?:    .*\n|\n)*)", stub, re.MULTILINE).group(1)
        methods = set(re.findall(r"^    def ([a-z]\w*)", body, re.MULTILINE))
        values = set(re.findall(r"^    ([a-z]\w*):", body, re.MULTILINE))
        ours = {n: v for n, v in vars(thing).items() if not n.startswith("_")}
        assert methods == {n for n, v in ours.items() if not isinstance(v, property)}, name
        assert values == {n for n, v in ours.items() if isinstance(v, property)}, name


def test_the_stub_has_the_arguments_that_the_documentation_names():
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    stub = {}
    for node in tree.body:
        if getattr(node, "name", "_").startswith("_"):
            continue
        owner = node.name + "." if isinstance(node, ast.ClassDef) else ""
        for f in node.body if owner else [node]:
            if isinstance(f, ast.FunctionDef):
                given = f.args.posonlyargs + f.args.args + f.args.kwonlyargs
                stub.setdefault(owner + f.name, set()).update(a.arg for a in given if a.arg != "self")
    checked = 0
    for name, arguments in stub.items():
        documented = getattr(operator.attrgetter(name)(banli._core), "__doc__", None) or ""
        call = re.match(rf"{name.split('.')[-1]}\((.*?)\)\s+->", documented, re.DOTALL)
        by_hand = call and ": " not in call[1]
        if by_hand and "**" not in call[1] and "{" not in call[1]:  # else words stand for the arguments
            assert arguments == set(re.findall(r"(?<!['\w])([a-z_]+)(?!['\w])(?=[=,\s]|$)", call[1])), name
            checked += 1
    assert checked >= 20
