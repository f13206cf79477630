"""The library of an office in Python: life cycle, versions, laws, disclosure, bundles."""

import datetime as dt
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import banli

ROOT = Path(__file__).resolve().parents[2]
T0 = dt.datetime(2025, 1, 1, 9)


def hour(n):
    return T0 + dt.timedelta(hours=n)


@pytest.fixture(scope="module")
def county():
    c = banli.load(str(ROOT / "examples/county"))
    assert c.problems == []
    return c


@pytest.fixture(scope="module")
def item(county):
    found = next(i for i in county.items if i.code == "62052400MZ-XK-0001")
    return found.replace(code="")


@pytest.fixture
def people(item):
    return {
        "writer": banli.ItemActor("w", ["录入账号"], item.department),
        "reviewer": banli.ItemActor("r", ["department_reviewer"], item.department),
        "office": banli.ItemActor("o", ["establishment_office"]),
        "city": banli.ItemActor("c", ["city_office"]),
        "service": banli.ItemActor("s", ["service_office"]),
    }


def code_of(call):
    with pytest.raises(banli.Error) as e:
        call()
    return e.value.code


def to_be_coded(lib, item, people, at=0):
    n = lib.create(item, people["writer"], hour(at), origin="权力清单 1")
    assert lib.act(n, "submit", people["reviewer"], hour(at + 1)) == "department_reviewed"
    assert lib.act(n, "编办审核", people["office"], hour(at + 2)) == "office_reviewed"
    return n


def into_library(lib, item, people):
    n = to_be_coded(lib, item, people)
    assert lib.assign_code(n, people["service"], hour(3), "county", "62052400MZ") == "62052400MZ-XK-0001"
    assert lib.act(n, "publish", people["service"], hour(4), effective="2025-02-01") == "published"
    return n


# ---- life cycle ----------------------------------------------------------------------------------
def test_the_table_of_the_life_cycle_can_be_walked():
    cycle = banli.LifeCycle
    rows = cycle.rows()
    assert len(rows) == 27
    assert (rows[1].from_state, rows[1].command, rows[1].to_state) == ("draft", "submit", "department_reviewed")
    assert rows[1].role == "department_reviewer"
    assert "own department" in rows[1].conditions()
    assert "必填要素完整" in rows[1].conditions("zh")
    assert {r.from_state for r in rows} | {r.to_state for r in rows} == set(cycle.states)
    assert {r.command for r in rows} == set(cycle.commands)
    assert cycle.roles[-1] == "administrator"
    assert cycle.next("draft", "edit", ["entry_account"], ["own_department"]) == "draft"
    assert code_of(lambda: cycle.next("draft", "publish", ["service_office"])) == "no-transition"
    assert code_of(lambda: cycle.next("draft", "edit", ["entry_account"], ["own_departmant"])) == "unknown-value"
    assert [r.command for r in cycle.allowed("部门已审核", ["编办"], ["reasoned"])] == [
        "review", "send_back", "make_void"]
    assert cycle.mermaid("zh").startswith("stateDiagram-v2")
    assert cycle.dot().startswith("digraph")


def test_a_notebook_shows_the_life_cycle_and_where_an_item_stands():
    page = ET.fromstring(banli.LifeCycle("编办已审核")._repr_svg_())
    boxes = {g.get("data-node"): g.get("class") for g in page.iter("{http://www.w3.org/2000/svg}g") if g.get("data-node")}
    assert set(boxes) == set(banli.LifeCycle.states)
    assert [n for n, css in boxes.items() if "resting" in css] == ["office_reviewed"]
    assert "编办已审核" in "".join(page.itertext())
    assert "office_reviewed" in banli.LifeCycle().svg("en")
    assert code_of(lambda: banli.LifeCycle("publishd")) == "unknown-value"


def test_an_item_goes_into_the_library_and_is_changed(item, people):
    lib = banli.ItemLibrary()
    n = into_library(lib, item, people)
    assert len(lib) == 1 and lib.find("62052400MZ-XK-0001") == n and lib.find("x") is None
    assert lib.origin(n) == "权力清单 1"
    assert lib.as_of(n, "2025-01-31") is None
    version = lib.as_of(n, "2025-02-01")
    assert (version.state_zh, version.state_code, version.in_force("2025-02-01")) == ("已入库", 60, True)
    assert lib.search(name=item.name, state="published") == [(n, 1)]
    lib.act(n, "change", people["writer"], hour(5), disposition="下放")
    assert lib.to_do(people["writer"]) == [(n, ["edit"])]
    assert lib.search(disposition="delegated") == [(n, 2)]
    shorter = lib.versions(n)[1].item.replace(promised="15 workdays")
    lib.edit(n, shorter, people["writer"], hour(6))
    assert [c.path for c in lib.compare(n, 1, 2)] == ["promised"]
    assert lib.history(n)[-1].reason == "promised"
    lib.act(n, "submit", people["reviewer"], hour(7))
    lib.act(n, "review", people["office"], hour(8))
    lib.act(n, "publish", people["service"], hour(9), effective="2025-03-01")
    assert [v.state for v in lib.versions(n)] == ["archived", "published"]
    assert lib.as_of(n, "2025-02-28").number == 1
    assert lib.as_of(n, "2025-03-01").number == 2
    lib.act(n, "propose_void", people["writer"], hour(10), reason="依据已废止")
    assert lib.proposed_voids() == [(n, "依据已废止")]
    lib.act(n, "make_void", people["office"], hour(11), reason="同意", effective="2025-06-01")
    assert lib.voided() == [(n, "同意")]
    assert lib.items_of("cancelled") == [(n, 2)]
    assert [r.command for r in lib.history(n) if r.kind == "acted"] == [
        "submit", "review", "assign_code", "publish", "change", "edit", "submit", "review", "publish",
        "replace", "propose_void", "make_void"]
    assert code_of(lambda: lib.compare(n, 1, 3)) == "unknown-item"


def test_what_is_lacking_holds_a_draft_back_and_a_batch_gives_a_verdict_on_each(item, people):
    lib = banli.ItemLibrary(["city"])
    assert lib.chain == ["city"] and lib.marks == ["basic", "extended", "window"]
    thin = item.replace(description="", hall="undecided")
    assert [(p.code, p.file) for p in lib.lacking(thin)] == [
        ("incomplete-item", "/description"), ("incomplete-item", "/hall")]
    good = lib.create(item, people["writer"], hour(0))
    bad = lib.create(thin, people["writer"], hour(0))
    assert code_of(lambda: lib.act(bad, "submit", people["reviewer"], hour(1))) == "incomplete-item"
    assert lib.allowed(bad, people["reviewer"]) == []
    verdicts = lib.act_all([good, bad, 9], "submit", people["reviewer"], hour(1))
    assert [(v.entry, v.good, v.state) for v in verdicts] == [
        (good, True, "department_reviewed"), (bad, False, None), (9, False, None)]
    assert [p.code for p in verdicts[1].problems] == ["incomplete-item"] * 3
    assert verdicts[2].problems[0].code == "unknown-item"
    lenient = banli.ItemLibrary(marks=["窗口服务情况"])
    assert [p.file for p in lenient.lacking(thin)] == ["/hall"]
    assert code_of(lambda: banli.ItemLibrary(marks=["windo"])) == "unknown-value"
    assert code_of(lambda: banli.ItemLibrary(["town"])) == "unknown-value"


def test_codes_come_after_confirmation_and_count_on(item, people):
    lib = banli.ItemLibrary(["city"])
    taken = item.replace(code="62052400MZ-XK-0041")
    old = lib.adopt(taken, people["service"], hour(0), "2019-05-01", origin="旧系统")
    assert lib.versions(old)[0].state == "published"
    n = to_be_coded(lib, item, people)
    give = lambda: lib.assign_code(n, people["service"], hour(9), "county", "62052400MZ")
    assert code_of(give) == "condition-not-met"  # the city has not confirmed
    lib.act(n, "confirm_city", people["city"], hour(8))
    assert give() == "62052400MZ-XK-0042"
    m = to_be_coded(lib, item, people, 20)
    lib.act(m, "confirm_city", people["city"], hour(30))
    verdicts = lib.assign_codes([n, m], people["service"], hour(31), "county", lambda i: "62052400" + i.department)
    assert [v.code for v in verdicts] == ["", "62052400MZ-XK-0043"]
    assert verdicts[0].problems[0].code == "condition-not-met"
    assert code_of(lambda: lib.assign_code(m, people["service"], hour(32), "conty", "x")) == "unknown-value"


def test_items_are_recognised_and_counted(item, people):
    lib = banli.ItemLibrary()
    powers = [("权力清单", "1", "社会团体成立登记"), ("权力清单", "2", "慈善组织认定")]
    n = lib.recognise(powers[0], "XK", people["writer"], hour(0))
    assert lib.origin(n) == "权力清单 1"
    assert lib.missing_from(powers, item.department) == powers[1:]
    assert code_of(lambda: lib.recognise(powers[0], "XK", people["writer"], hour(1))) == "duplicate-id"
    lib.move(n, "民政>登记", 3, people["writer"], hour(2))
    assert lib.place(n) == ("民政>登记", 3)
    assert lib.search(group="民政") == [(n, 1)]
    lib.remark(n, "律师审查:同意", people["office"], hour(3))
    assert lib.history(n)[-1].kind == "opinion"
    assert lib.counts("type")["XK"]["draft"] == 1
    assert lib.counts()[item.department]["recognised"] == 1
    assert code_of(lambda: lib.counts("colour")) == "unknown-value"


def test_versions_are_compared_as_text_and_as_data(item):
    other = item.replace(promised="10 workdays", conditions=item.conditions + ["有章程草案"])
    changes = banli.compare_items(item, other)
    assert [(c.path, c.kind) for c in changes] == [
        (f"conditions/{len(item.conditions)}", "added"), ("promised", "changed")]
    assert changes[1].text() == "promised: 20 workdays -> 10 workdays"
    assert changes[1].text("zh") == "承诺期限:20个工作日 → 10个工作日"
    assert json.dumps(changes[1].as_dict("zh"), ensure_ascii=False) == (
        '{"path": "promised", "kind": "changed", "before": "20个工作日", "after": "10个工作日"}')
    assert banli.compare_items(item, item) == []


# ---- laws and systems ----------------------------------------------------------------------------
def test_laws_hold_for_a_time_and_bases_rest_on_them(item, county):
    law = banli.Law(id="stdj", rank="行政法规", title="社会团体登记管理条例", effective="1998-10-25",
                    articles=[{"number": "第九条"}, {"number": "第十二条"}])
    laws = banli.LawLibrary([law])
    assert len(laws) == 1 and laws.laws[0].rank == "administrative_rule"
    assert laws.find("stdj").articles[1].number == "第十二条"
    assert laws.find("社会团体登记管理条例", on="2020-01-01") == law
    assert laws.check(item) == [] and laws.check(item, "2020-01-01") == []
    assert [p.code for p in laws.check(item, "1998-01-01")] == ["bad-value"] * 2
    wrong = item.replace(bases=[banli.LegalBasis(rank="行政法规", title="社会团体登纪管理条例", article="第九条")])
    assert "did you mean '社会团体登记管理条例'" in laws.check(wrong)[0].message
    laws.repeal("stdj", "2030-01-01", "被新条例代替")
    assert [p.code for p in laws.check(item, "2030-01-01")] == ["repealed-law"] * 2
    assert not laws.find("stdj").holds("2030-01-01")
    assert code_of(lambda: laws.add(law)) == "duplicate-id"
    assert code_of(lambda: laws.amend(law.replace(id="x"))) == "unknown-reference"
    laws.amend(law)
    assert laws == banli.LawLibrary([law])
    assert {s.id: s.name for s in county.systems}["shzz"] == "社会组织登记管理系统"
    assert len(county.laws) == 11


# ---- disclosure ----------------------------------------------------------------------------------
def duties_of_two_websites():
    return banli.load(str(ROOT / "examples/disclosure/duties.yaml")).duties


def test_the_duties_of_two_websites_make_columns_and_a_report():
    duties = duties_of_two_websites()
    assert len(duties) == 208
    book = banli.DisclosureBook("2025-01-01", duties)
    assert sum(len(c.columns) for c in book.columns()) > 20
    report = book.report(banli.Calendar.cn(), "2025-12-01")
    assert len(report.lines) == 208
    assert {line.standing for line in report.lines} == {"unbound", "in_time", "missing"}
    assert all(row["late"] == row["due"] for row in report.months)  # nothing was ever published
    monthly = next(i for i, d in enumerate(duties) if d.when == "every:P1M")
    book.publications = [
        banli.Publication(column=duties[monthly].column, date=f"2025-{m:02}-15", kind="发布", title="题",
                          number=f"SY-{m}", unit=duties[monthly].unit) for m in range(1, 12)]
    assert book.check() == []
    line = book.report(banli.Calendar.cn(), "2025-12-01").lines[monthly]
    assert (line.standing, line.standing_zh, line.last_published) == ("in_time", "正常", dt.date(2025, 11, 15))


@pytest.fixture
def bulletin():
    duty = banli.DisclosureDuty(column="政务公开>工作简报", content="简报", unit="综合科牵头、各科室", when="every:P1M")
    return banli.DisclosureBook("2025-01-01", [duty])


def published(date, **more):
    return banli.Publication(**{"column": "政务公开>工作简报", "date": date, "kind": "content", "title": "第1期",
                                "number": date, "unit": "综合科", **more})


def test_due_late_and_missing_per_unit_and_month(bulletin):
    cal = banli.Calendar.cn()
    assert bulletin.duties[0].units == ["综合科", "各科室"]
    assert bulletin.report(cal, "2025-02-03").lines[0].standing == "due_soon"
    assert bulletin.report(cal, "2025-02-03", soon=1).lines[0].standing == "in_time"
    assert bulletin.report(cal, "2025-04-01").lines[0].standing == "missing"
    bulletin.publications = [published("2025-01-20"), published("2025-02-25")]
    report = bulletin.report(cal, "2025-04-01")
    line = report.lines[0]
    assert (line.standing, line.next_due, line.late) == ("late", dt.date(2025, 3, 25), 7)
    assert line.obligations[1] == (0, dt.date(2025, 1, 20), dt.date(2025, 2, 20), dt.date(2025, 2, 25))
    february = next(r for r in report.months if r["month"] == "2025-02")
    assert february == {"unit": "综合科", "month": "2025-02", "content": 1, "reviews": 0, "notes": 0,
                        "reposts": 0, "due": 2, "late": 1}


def test_nothing_changed_and_nothing_happened_must_be_said(bulletin):
    cal = banli.Calendar.cn()
    for when, kind in [("event:immediate;if_none:publish_notice", "note"),
                       ("event:immediate;if_unchanged:review_republish", "review")]:
        bulletin.duties = [bulletin.duties[0].replace(when=when)]
        bulletin.publications = []
        bulletin.events = []
        assert bulletin.report(cal, "2026-01-10").lines[0].standing == "missing"
        assert bulletin.report(cal, "2026-01-10", quiet="2 years").lines[0].standing == "in_time"
        bulletin.publications = [published("2025-06-01", kind=kind)]
        assert bulletin.report(cal, "2026-01-10").lines[0].standing == "in_time"
        bulletin.events = [banli.DisclosureEvent(column="政务公开>工作简报", trigger="event", date="2025-07-01")]
        assert bulletin.report(cal, "2026-01-10").lines[0].standing == "late"  # a note tells of no event


def test_a_policy_carries_its_validity(bulletin):
    bulletin.publications = [published("2025-01-20", title="补贴办法", valid_until="2025-06-30")]
    assert bulletin.check() == [] and bulletin.lapsed_publications("2025-06-30") == []
    assert bulletin.lapsed_publications("2025-07-01") == [0]
    assert str(bulletin.publications[0].valid_until) == "2025-06-30"
    bulletin.publications = [published("2025-01-20", valid_until="2025-01-19")]
    assert [p.code for p in bulletin.check()] == ["bad-value"]


def test_what_a_column_asks_of_guides(item, people):
    lib = banli.ItemLibrary()
    vague = item.replace(windows=[w.replace(hours="上班时间") for w in item.windows])
    into_library(lib, vague, people)
    book = banli.DisclosureBook("2025-01-01", [banli.DisclosureDuty(
        column="指南", content="办事指南", unit="由法制办和编办牵头，各单位配合",
        when="on_change:prompt;quality:working_hours_stated;quality:forms_attached")], [banli.Publication(
            column="指南", date="2025-02-10", title="指南", number="1", unit="政务办", item="62052400MZ-XK-0001")])
    assert book.duties[0].units == ["法制办", "编办", "各单位"]
    assert book.incomplete_guides(lib, "2025-03-01") == [
        (0, "62052400MZ-XK-0001", ["工作时间起止", "可下载的申请表"])]


def test_records_are_judged(bulletin):
    bulletin.publications = [published("2025-01-20", column="政务公开>工作简板"),
                             published("2025-01-20", kind="repost", title="")]
    assert [p.code for p in bulletin.check()] == ["unknown-reference", "missing-field", "missing-field", "duplicate-id"]
    with pytest.raises(banli.Error):
        banli.Publication(kind="公告")


# ---- the library as a whole ----------------------------------------------------------------------
@pytest.fixture
def office(county):
    service = banli.ItemActor("政务办", ["service_office"])
    return banli.OfficeLibrary.take_over(county, service, "2025-01-01", "2024-01-01")


def test_a_configuration_is_taken_over_and_saved(office, county):
    assert len(office.items) == len(county.items)
    assert office.check("2025-01-01") == []
    guides = office.disclosure.incomplete_guides(office.items, "2025-06-01")
    assert [(code, missing) for _, code, missing in guides] == [
        ("62052400MZ-XK-0001", ["可下载的申请表"]), ("62052400SC-XK-0001", ["办理时间", "可下载的申请表"])]
    assert len(office.disclosure.undisclosed(office.items, "2025-06-01")) == len(county.items) - 2
    files = office.save("2025-01-01")
    assert list(files)[-4:] == ["laws.yaml", "systems.yaml", "duties.yaml", "publications.yaml"]
    assert "kind: laws" in files["laws.yaml"]


def test_a_bundle_comes_back_and_a_damaged_one_does_not(office, item, people):
    into = office.items.create(item, people["writer"], hour(1))
    office.attachments = [banli.Attachment(id="a", name="申请表.docx", media_type="application/msword",
                                           bytes=1234, sha256="a" * 64, entry=into, added=hour(2), added_by="w")]
    kept = office.export()
    again = banli.OfficeLibrary.restore(kept)
    assert again == office
    assert again.export() == kept
    assert [p.code for p in banli.OfficeLibrary.problems(kept[:-80])][0] == "bundle-damaged"
    lines = kept.splitlines(keepends=True)
    lines[3] = lines[3].replace('"part"', '"colour":1,"part"')
    lines[5] = "x\n"
    with pytest.raises(banli.Error) as e:
        banli.OfficeLibrary.restore("".join(lines))
    assert [(p.line, p.code) for p in e.value.problems] == [
        (4, "unknown-field"), (6, "bundle-damaged"), (len(lines), "bundle-damaged")]


def test_references_and_attachments_are_checked(office):
    office.systems = []
    office.laws = banli.LawLibrary()
    assert {p.code for p in office.check("2025-01-01")} == {"unknown-reference"}
    bad = banli.Attachment(id="b", name="../x", media_type="word", sha256="A")
    assert [p.code for p in bad.check()] == ["bad-value"] * 3
    with pytest.raises(banli.Error):
        banli.Attachment(bytes=-1)


def test_the_catalogue_is_kept_by_the_service_office(county, item, people):
    office = banli.OfficeLibrary.take_over(county, people["service"], T0, "2024-01-01")
    catalogue = office.catalogue
    assert len(catalogue) == len(county.catalogue) and catalogue.find("MZ-001").entry.name == "社会团体登记"
    catalogue.add(banli.CatalogueEntry(id="MZ-002", name="养老服务", type="QT"), people["service"],
                  hour(1), group="民政", order=2)
    catalogue.move("MZ-001", people["service"], hour(2), group="民政", order=1)
    assert [e.entry.id for e in catalogue.entries if e.group == "民政"] == ["MZ-001", "MZ-002"]
    catalogue.change(banli.CatalogueEntry(id="MZ-002", name="养老服务补贴"), people["service"], hour(3))
    assert catalogue.find("MZ-002").entry.name == "养老服务补贴"
    assert banli.items_below(office.items, "MZ-001")
    assert code_of(lambda: catalogue.make_void("MZ-001", "合并", office.items, people["service"],
                                               hour(4))) == "condition-not-met"
    assert code_of(lambda: catalogue.move("MZ-2", people["service"], hour(4))) == "unknown-reference"
    assert code_of(lambda: catalogue.add(banli.CatalogueEntry(id="X", name="x"), people["writer"],
                                         hour(4))) == "not-permitted"
    catalogue.make_void("MZ-002", "合并", office.items, people["service"], hour(4))
    assert catalogue.find("MZ-002").voided and catalogue.find("X") is None
    assert [(r["entry"], r["act_zh"]) for r in catalogue.records[-4:]] == [
        ("MZ-002", "新增"), ("MZ-001", "移动"), ("MZ-002", "修改"), ("MZ-002", "作废")]
    again = banli.OfficeLibrary.restore(office.export())
    assert again == office and again.catalogue == catalogue
    assert "catalogue.yaml" in office.save("2025-06-01")


def test_places_are_asked_what_they_offer(item, people):
    lib = banli.ItemLibrary()
    town = item.replace(delegations=[banli.Delegation(unit="洛门镇", window="便民窗口", role="receives")])
    n = into_library(lib, town, people)
    assert lib.offered_at("洛门镇", "2025-02-01") == [(n, "便民窗口", "receives")]
    assert lib.offered_at("洛门镇", "2025-01-31") == []


def test_the_national_items_and_the_changes_of_items_oblige(item, people):
    lib = banli.ItemLibrary()
    into_library(lib, item, people)
    duty = banli.DisclosureDuty(column="指南", content="办事指南", unit="政务办",
                                when="on_change:immediate", baseline=[1, 65])
    book = banli.DisclosureBook("2025-01-01", [duty], [banli.Publication(
        column="指南", date="2025-01-10", title="指南", number="1", unit="政务办",
        item="62052400MZ-XK-0001")])
    assert len(book.unmapped_items()) == 63 and 65 not in book.unmapped_items()
    assert [(e.column, str(e.date)) for e in book.item_changes(lib, "2025-03-01")] == [
        ("指南", "2025-02-01")]
    assert book.item_changes(lib, "2025-01-31") == []


def test_codes_that_stand_twice_are_problems():
    found = banli.check_unique(["A-1", "B-2", "A-1", ""])
    assert [(p.code, p.file) for p in found] == [("duplicate-code", "/2/code")]


def test_orders_consultations_and_results_are_kept_with_the_library(county, people):
    office = banli.OfficeLibrary.take_over(county, people["service"], T0, "2024-01-01")
    order = banli.OrderRecord(number="督-1", supervisor="县监察局", unit="MZ", officer="p1",
                              matter="超过承诺期限", begun=T0, item="62052400MZ-XK-0001")
    assert order.check() == [] and order.state == "initiated" and order.ended is None
    assert len(order.replace(state="closed", reply="已办").check()) == 2
    ask = banli.Consultation(number="1", unit="MZ", title="题", words="文", asked=T0)
    results = [banli.ResultRecord(of=f"c{n}", name="登记", ended=hour(n * 24), outcome="准予") for n in range(3)]
    office.orders, office.consultations, office.results = [order], [ask], results
    assert office.check("2025-06-01") == []
    assert banli.OfficeLibrary.restore(office.export()) == office
    assert [r.of for r in banli.results_between(office.results, "2025-01-02", "2025-01-04")] == ["c2", "c1"]
    lists = banli.list_results(results, "2025-01-01", "2025-01-04", every=2, unit="民政局")
    assert [[r.of for r in l.results] for l in lists] == [["c1", "c0"], ["c2"]]
    assert lists[1].to_csv().startswith("办件名称,办结时间,办理结果") and "2025-01-03" in lists[1].to_markdown()
    complaint = banli.ComplaintRecord(number="T1", channel="letter", made="written", unit="MZ",
                                      matter="推诿", received=T0, result="改正", reply="已改正",
                                      reply_made="written", replied=hour(3), file="档1")
    assert complaint.check() == []
    assert [p.code for p in complaint.replace(reply_made="oral", file="").check()] == [
        "bad-value", "missing-field"]
    office.complaints = [complaint]
    assert banli.OfficeLibrary.restore(office.export()).complaints == [complaint]
    office.results = results + results[:1]
    assert [p.code for p in office.check("2025-06-01")] == ["duplicate-id"]


def test_units_are_on_duty_in_turn():
    rota = banli.DutyRota("在线访谈", ["民政局", "教育局"], "2025-01-01")
    assert rota.check() == [] and rota.unit_on_duty("2025-04-30") == "教育局"
    assert rota.unit_on_duty("2024-12-31") is None
    book = banli.DisclosureBook("2025-01-01", publications=[banli.Publication(
        column="在线访谈", date="2025-01-20", title="访谈", number="1", unit="民政局")])
    lines = rota.report(book, "2025-03-05")
    assert [(x["month"], x["unit"], x["standing"]) for x in lines] == [
        ("2025-01", "民政局", "met"), ("2025-02", "教育局", "late"), ("2025-03", "民政局", "open")]
    assert str(lines[0]["published"]) == "2025-01-20"
    with pytest.raises(banli.Error) as none:
        banli.DutyRota("", [], "2025-01-01").report(book, "2025-03-05")
    assert none.value.code == "missing-field"
