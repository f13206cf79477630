"""The item library, the life cycle, comparison, bundles and the disclosure report in Python."""

import datetime as dt
from pathlib import Path

import pytest

import banli

ROOT = Path(__file__).resolve().parents[2]
T0 = dt.datetime(2025, 1, 1, 9)


def hour(n):
    return T0 + dt.timedelta(hours=n)


@pytest.fixture(scope="module")
def item():
    found = next(i for i in banli.load(str(ROOT / "examples/county")).items if i.type == "XK")
    return found.replace(code="")


@pytest.fixture
def people(item):
    return {
        "writer": banli.ItemActor("w", ["录入账号"], item.department),
        "reviewer": banli.ItemActor("r", ["department_reviewer"], item.department),
        "office": banli.ItemActor("o", ["establishment_office"]),
        "service": banli.ItemActor("s", ["service_office"]),
    }


def into_library(lib, item, people):
    n = lib.create(item, people["writer"], hour(0), origin="权力清单 1")
    assert lib.act(n, "submit", people["reviewer"], hour(1)) == "department_reviewed"
    assert lib.act(n, "编办审核", people["office"], hour(2)) == "office_reviewed"
    assert lib.assign_code(n, people["service"], hour(3), lambda i: "62052400SJ-XK-0001") == "62052400SJ-XK-0001"
    assert lib.act(n, "publish", people["service"], hour(4), effective="2025-02-01") == "published"
    return n


def test_the_table_of_the_life_cycle_can_be_walked():
    rows = banli.life_cycle_rows()
    assert len(rows) == 27
    assert (rows[1].from_state, rows[1].command, rows[1].to_state) == ("draft", "submit", "department_reviewed")
    assert "own department" in rows[1].conditions()
    assert banli.life_cycle_next("draft", "edit", ["entry_account"], ["own_department"]) == "draft"
    with pytest.raises(banli.Error) as e:
        banli.life_cycle_next("draft", "publish", ["service_office"])
    assert e.value.code == "no-transition"
    assert [r.command for r in banli.life_cycle_allowed("部门已审核", ["编办"], ["reasoned"])] == [
        "review", "send_back", "make_void"]
    assert banli.life_cycle_mermaid("zh").startswith("stateDiagram-v2")


def test_an_item_goes_into_the_library_and_is_changed(item, people):
    lib = banli.ItemLibrary()
    n = into_library(lib, item, people)
    assert len(lib) == 1
    assert lib.as_of(n, "2025-01-31") is None
    assert lib.as_of(n, "2025-02-01").state_zh == "已入库"
    assert lib.search(name=item.name, state="published") == [(n, 1)]
    lib.act(n, "change", people["writer"], hour(5), disposition="下放")
    assert lib.to_do(people["writer"]) == [(n, ["edit"])]
    assert [v.state for v in lib.versions(n)] == ["published", "draft"]
    assert lib.versions(n)[1].disposition == "delegated"
    changes = banli.compare_items(item, lib.versions(n)[1].item)
    assert [c.path for c in changes] == ["code"]
    assert changes[0].text("zh") == "事项编码:新增 62052400SJ-XK-0001"
    assert [r.command for r in lib.history(n) if r.kind == "acted"] == [
        "submit", "review", "assign_code", "publish", "change"]


def test_what_may_not_be_done_says_why(item, people):
    lib = banli.ItemLibrary(["city"])
    n = lib.create(item, people["writer"], hour(0))
    for command, who, code in [("publish", "service", "no-transition"), ("submit", "office", "not-permitted")]:
        with pytest.raises(banli.Error) as e:
            lib.act(n, command, people[who], hour(1))
        assert e.value.code == code
    done, refused = lib.act_all([n, 9], "submit", people["reviewer"], hour(1))
    assert done == [n]
    assert refused[0][0] == 9 and refused[0][1].code == "unknown-item"


def test_a_bundle_comes_back_and_a_damaged_one_does_not(item, people):
    office = banli.OfficeLibrary()
    into_library(office.items, item, people)
    kept = office.export()
    again = banli.OfficeLibrary.restore(kept)
    assert again == office
    assert again.export() == kept
    assert [p.code for p in banli.OfficeLibrary.problems(kept[:-80])][0] == "bundle-damaged"
    with pytest.raises(banli.Error):
        banli.OfficeLibrary.restore(kept.replace(item.name, "别的名称"))


def test_columns_that_are_late_are_reported():
    duties = banli.load(str(ROOT / "examples/county")).duties
    lines = banli.disclosure_report(duties, banli.Calendar.cn(), "2025-01-01", "2025-12-01")
    assert len(lines) == len(duties)
    assert {line.standing for line in lines} <= {"unbound", "in_time", "due_soon", "late", "missing"}
    monthly = next(i for i, d in enumerate(duties) if d.when == "every:P1M")
    assert lines[monthly].standing == "missing"
    fresh = [(duties[monthly].column, f"2025-{m:02}-15") for m in range(1, 12)]
    lines = banli.disclosure_report(duties, banli.Calendar.cn(), "2025-01-01", "2025-12-01", fresh)
    assert lines[monthly].standing == "in_time"
