"""What an office shows to the public, and personal data that stay at home."""

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest

import banli

ROOT = Path(__file__).resolve().parents[2]
COUNTY = str(ROOT / "examples" / "county")
ITEM = "62052400MZ-XK-0001"
CASE = "MZ-2026-000001"
CERTIFICATE = "11010519491231002X"
PERSONAL = ("张三丰", CERTIFICATE, "13800001234")
MASTER = "5" * 64
REVIEWS = ";".join(m + "=complete" for m in (
    "登记申请书", "业务主管单位的批准文件", "验资报告、场所使用权证明", "发起人和拟任负责人的基本情况、身份证明", "章程草案"))

LOG = f"""id,case,at,actor,action,item,step,opinion,applicant,channel,title,phone,certificate,certificate_number,reviews
A1,{CASE},2026-03-02T08:30:00,MZ01,apply,{ITEM},,,张三丰,online,张三丰的申请,13800001234,resident_id,{CERTIFICATE},
A2,{CASE},2026-03-02T09:00:00,MZ01,review_materials,,,,,,,,,,{REVIEWS}
A3,{CASE},2026-03-02T09:30:00,MZ01,accept,{ITEM},,,,,,,,,
A4,{CASE},2026-03-03T09:30:00,MZ01,complete,,受理,张三丰材料齐全,,,,,,,
"""


@pytest.fixture(scope="module")
def county():
    return banli.load(COUNTY)


@pytest.fixture(scope="module")
def log(county, tmp_path_factory):
    path = tmp_path_factory.mktemp("portal") / "log.csv"
    path.write_text(LOG, encoding="utf-8")
    return banli.read_log(county, str(path))


@pytest.fixture
def sealed(county, log):
    inner = banli.memory_store()
    ring = banli.memory_key_ring(MASTER)
    store = banli.sealing_store(inner, ring)
    assert not banli.replay(county, log, store).refusals
    return inner, ring, store


def schema(name):
    return json.loads((ROOT / "schemas" / "exchange" / f"{name}.schema.json").read_text(encoding="utf-8"))


def test_the_column_is_walked_read_and_searched(county):
    column = banli.ServiceColumn(county)
    root = column.directory(["department", "type"])
    assert sorted(root["items"]) == sorted(i.code for i in county.items)
    assert [b["name"] for b in root["below"]][0] == "武山县民政局"
    page = column.page(1, 2, node="武山县民政局>行政许可")
    assert page["lines"] == [(ITEM, "社会团体成立登记", "武山县民政局")] and page["pages"] == 1
    with pytest.raises(banli.Error):
        column.page(2, 200)
    opened = column.open(ITEM)
    assert set(opened) == {"guide", "consultation", "forms", "application", "feedback"}
    assert len(opened["guide"]) == 11 and opened["guide"]["承诺期限"].startswith("20个工作日\n办理时间:工作日 8:30")
    assert opened["forms"][0]["number"] == "表一" and opened["feedback"]["publicised"]
    assert column.commitment(ITEM)["收费标准"] == "不收费"
    assert column.search("社会团体登记要什么材料")[0]["item"] == ITEM
    assert column.route("社会团体登记")["to"] == "MZ"
    assert column.route("天气", reception="ZW")["by"] == "reception"
    with pytest.raises(banli.Error, match="did you mean"):
        column.open("62052400MZ-XK-0002")


def test_a_question_has_five_working_days():
    clock = banli.reply_clock(banli.Calendar.cn(), "2024-09-29T10:00", "2024-10-12")
    assert clock["due"] == dt.date(2024, 10, 11) and clock["standing"] == "overdue"


def test_places_stand_on_four_levels(county):
    hall = county.items[0].windows[0].hall
    tree = banli.WindowTree([
        {"id": "TS", "name": "天水市政务服务中心", "level": "city"},
        {"id": "WS", "name": hall, "level": "county", "parent": "TS"},
        {"id": "CG", "name": "城关镇便民服务中心", "level": "town", "parent": "WS"},
        {"id": "CG-1", "name": "东街社区", "level": "village", "parent": "CG", "kind": "station"}])
    assert tree.chain("CG-1") == ["TS", "WS", "CG", "CG-1"] and tree.count("TS", "village") == 1
    assert any(s["item"] == county.items[0].code for s in tree.served("TS", county, below=True))
    with pytest.raises(banli.Error) as e:
        banli.WindowTree([{"id": "A", "name": "甲", "level": "town", "parent": "B"}])
    assert [p.code for p in e.value.problems] == ["unknown-reference"]


def test_who_may_write_what():
    assert len(banli.participants()) == 9
    assert banli.may_write("监察部门", "supervision_rules")
    assert not banli.may_write("departments", "supervision_rules")


def test_masks():
    assert banli.mask_name("张三") == "张*" and banli.mask_phone("13800001234") == "138****1234"
    assert banli.mask_number(CERTIFICATE) == "110105********002X"
    assert banli.mask_numbers_in("电话13800001234") == "电话138****1234"


def test_what_is_sealed_is_not_in_the_store_and_can_be_forgotten(county, sealed):
    inner, ring, store = sealed
    kept = json.dumps(inner.events(CASE), ensure_ascii=False, default=str)
    assert "张三丰" not in kept.replace("张三丰材料齐全", "") and CERTIFICATE not in kept
    assert store.events(CASE)[0]["with"]["applicant"] == "张三丰"
    assert ring.knows("resident_id", CERTIFICATE) and len(ring) == 1
    assert ring.forget("resident_id", CERTIFICATE, "2026-11-22")
    assert not ring.forget("resident_id", CERTIFICATE, "2026-11-22")
    assert inner.verify() == [] and store.verify() == []
    assert store.events(CASE)[0]["with"]["applicant"] == banli.ERASED


def test_repositories_are_masked_and_follow_their_schema(county, sealed):
    store = sealed[2]
    for name in ("items", "processes", "results", "supervision_rules", "supervision_business"):
        table = banli.repository(county, store, name)
        jsonschema.validate(json.loads(table.to_json()), schema("repository"))
        assert not any(p in table.to_csv() + table.to_json() for p in PERSONAL)
    turns = banli.repository(county, store, "processes", personal=True)
    assert len(turns) == 2 and [r[6] for r in turns.rows] == ["已办", "待办"]
    assert banli.read_repository(turns.to_csv(), "processes") == turns
    assert banli.read_repository(turns.to_json()) == turns
    assert turns.columns[1] == ("step", "岗位(环节)名称")
    with pytest.raises(banli.Error) as e:
        banli.read_repository("办理部门,状态\n甲,乙\n", "results")
    assert {p.code for p in e.value.problems} == {"missing-column", "unknown-field"}


def test_lists_for_everybody(county, sealed):
    store = sealed[2]
    assert banli.publicised_results(county, store, ITEM) == []
    late = banli.overdue_cases(county, store, "2026-12-01")
    assert [c["number"] for c in late] == [CASE] and late[0]["days_late"] > 200


def test_a_window_does_one_thing_after_the_other(county, sealed):
    asked = banli.Consultation(asked=dt.datetime(2026, 2, 27, 10), answered=dt.datetime(2026, 2, 28, 9))
    stages = banli.window_stages(county, sealed[2], CASE, asked=asked)
    assert [(s["stage"], s["label"], str(s["begun"])) for s in stages] == [
        ("consultation", "咨询", "2026-02-27 10:00:00"), ("acceptance", "受理", "2026-03-02 08:30:00"),
        ("handling", "办理", "2026-03-02 09:30:00")]
    assert [s["ended"] is None for s in stages] == [False, False, True]
    before = banli.window_stages(county, sealed[2], CASE, at="2026-03-02T09:00")
    assert [s["stage"] for s in before] == ["acceptance"]
    with pytest.raises(banli.Error):
        banli.window_stages(county, sealed[2], "none")


def test_a_case_is_told_to_who_has_both_numbers(tmp_path):
    banli.main(["run", COUNTY, "--log", write(tmp_path, "log.csv", LOG), "--store", str(tmp_path / "c.db"),
                "--keys", str(tmp_path / "c.keys"), "--master", write(tmp_path, "m", MASTER)])
    office = banli.open_office(COUNTY, store=str(tmp_path / "c.db"), keys=str(tmp_path / "c.keys"), master=MASTER)
    answer = office.ask(CASE, CERTIFICATE)
    assert answer["办件编号"] == CASE and answer["办件名称"] == "张**的申请"
    assert answer["受理时间"] == "2026-03-02 09:30"
    assert office.ask(CASE, "110105194912310021") is None and office.ask("none", CERTIFICATE) is None
    assert office.verify() and office.items == 9 and office.event_count == 4


def write(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_an_archive_knows_what_stood_where():
    archive = banli.PublicationArchive()
    archive.publish("/a", "工作简报", "综合科", "一".encode(), "2025-01-20", index_number="SY-1")
    archive.publish("/a", "工作简报", "综合科", "二".encode(), "2025-02-20")
    archive.withdraw("/a", "更正", "2025-03-01")
    assert archive.holds("/a", "2025-02-01", "一".encode()) and not archive.holds("/a", "2025-02-20", "一".encode())
    assert archive.as_of("/a", "2025-03-01") is None and len(archive.history("/a")) == len(archive) == 3
    assert archive.verify() == 0 and banli.PublicationArchive.read(archive.save()).save() == archive.save()
    with pytest.raises(banli.Error):
        banli.PublicationArchive.read(archive.save().replace("更正", "更改"))


def test_messages_are_taken_once_and_record_by_record(county):
    gate = banli.DockingGate(county)
    good = {"department": "武山县民政局", "item": ITEM, "case": "A", "state": "准予", "ended": "2026-03-01T16:00"}
    message = {"message": "m1", "system": "shzz", "sequence": 1, "sent": "2026-03-02T02:00",
               "repository": "results", "records": [good, dict(good, case="B", state="办完")]}
    envelope = schema("docking_message")
    envelope["properties"]["sent"] = schema("repository")["$defs"]["instant"]
    jsonschema.validate(message, envelope)
    receipt, records = gate.receive(json.dumps(message))
    assert receipt["accepted"] == len(records) == 1 and receipt["refused"][0]["record"] == 2
    assert gate.receive(json.dumps(message))[0] == receipt and gate.last("shzz") == 1
    with pytest.raises(banli.Error, match="condition-not-met"):
        gate.receive(json.dumps(dict(message, message="m3", sequence=3)))


def test_an_application_gets_a_number(county):
    intake = banli.ApplicationIntake("62052400", ["SQ62052400-20260302-0004"])
    item = next(i for i in county.items if i.code == ITEM)
    files = [(m.name, banli.Attachment(id=f"f{n}", name=f"f{n}.pdf", media_type="application/pdf", bytes=1,
                                       sha256="a" * 64)) for n, m in enumerate(item.materials)]
    application = {"item": ITEM, "applicant": "张三丰", "certificate": "resident_id",
                   "certificate_number": CERTIFICATE, "phone": "13800001234", "files": files,
                   "facts": {"members": "60"}}
    assert intake.take(county, application, "2026-03-02T20:00") == "SQ62052400-20260302-0005"
    with pytest.raises(banli.Error) as e:
        intake.take(county, dict(application, files=[], certificate_number="110105194912310021"), "2026-03-02")
    assert {p.code for p in e.value.problems} == {"bad-value", "missing-field"}
    assert not any(x in str(p) for p in e.value.problems for x in PERSONAL)


def test_complainants_are_masked():
    complaint = banli.ComplaintRecord(complainant="张三丰", matter="张三丰反映拖延", confidential=True)
    assert banli.shown_complaint(complaint).complainant == ""
    assert banli.shown_complaint(complaint).matter == "张**反映拖延"
    assert banli.shown_complaint(complaint, personal=True) == complaint
