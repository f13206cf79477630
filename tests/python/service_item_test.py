"""Service items built, judged, changed and saved in Python."""

from pathlib import Path

import pytest

import banli

COUNTY = Path(__file__).parents[2] / "examples" / "county"


def item(**changes):
    return banli.ServiceItem(
        code="62052400MZ-XK-0001", type="XK", name="社会团体成立登记",
        bases=[banli.LegalBasis(rank="行政法规", title="《社会团体登记管理条例》", article="第九条")],
        body="武山县民政局", statutory="60日", promised=banli.TimeLimit("20 workdays"),
        department="MZ", section="社会组织管理股", phone="0938-0000001", flow="civil-association",
        supervision_phone="0938-0000000").replace(**changes)


def codes(problems):
    return [p.code for p in problems]


def test_a_builder_takes_what_a_document_takes():
    i = item()
    assert i.check() == []
    assert (i.name, i.promised, i.statutory) == ("社会团体成立登记", "20 workdays", "60 days")
    assert i.bases[0].rank == "administrative_rule"
    assert str(i.bases[0]) == "《社会团体登记管理条例》第九条"
    same = item(bases=[{"rank": "administrative_rule", "title": "《社会团体登记管理条例》", "article": "第九条"}])
    assert same == i


def test_replace_makes_another_and_leaves_the_first():
    i = item()
    j = i.replace(name="社会团体变更登记", windows=[banli.ServiceWindow(hall="大厅", window="3号")])
    assert i.name == "社会团体成立登记" and i.windows == [] and j.windows[0].hall == "大厅"
    assert i != j and i == j.replace(name=i.name, windows=[])
    with pytest.raises(AttributeError):
        i.name = "x"


def test_faults_have_their_own_codes():
    assert codes(item(promised="61 days").check()) == ["promise-above-statute"]
    assert codes(item(bases=[]).check()) == ["missing-basis"]
    assert codes(item(nature="受委托单位").check()) == ["missing-entruster"]
    assert codes(item(delegated_from_above=True).check()) == ["missing-superior"]
    assert codes(item(case_kind="joint").check()) == ["missing-co-handlers"]
    assert codes(item(certificates=[banli.Certificate(validity="4年")]).check()) == ["unnamed-certificate"]
    low = banli.LegalBasis(rank="normative_document", title="《通知》", article="一")
    assert codes(item(bases=[low, *item().bases]).check()) == ["basis-order"]


@pytest.mark.parametrize("wrong, code, hint", [
    ({"nmae": "x"}, "unknown-field", "'name'"),
    ({"nature": "entrusted_unti"}, "unknown-value", "'entrusted_unit'"),
    ({"promised": "20"}, "bad-limit", ""),
    ({"name": 3}, "wrong-type", ""),
    ({"conditions": "有章程"}, "wrong-type", ""),
    ({"bases": [3]}, "wrong-type", ""),
    ({"supervised": "yes"}, "wrong-type", ""),
    ({"bases": [{"titel": "x"}]}, "unknown-field", "'title'"),
])
def test_what_does_not_fit_is_refused_with_a_hint(wrong, code, hint):
    with pytest.raises(banli.Error) as e:
        item(**wrong)
    assert e.value.code == code and hint in str(e.value)


def test_saved_and_read_back_it_is_the_same():
    i = item(conditions=["no", "0123", "a: b", "第一行\n第二行"], documents=["受理通知书",
             banli.ItemDocument(name="决定书", step="审批")], public_field="教育", on_platform=False)
    text = i.to_yaml()
    assert text.startswith("kind: item\ncode: 62052400MZ-XK-0001\n")
    assert banli.ServiceItem.from_yaml(text) == i
    assert banli.ServiceItem.from_yaml(text).to_yaml() == text
    with pytest.raises(banli.Error) as e:
        banli.ServiceItem.from_yaml("kind: item\nnmae: x\npromised: 1日\n", file="x.yaml")
    assert e.value.problem.file == "x.yaml" and e.value.problem.line == 2


def test_completeness_marks_each_section():
    marks = {m.section: m for m in item().completeness()}
    assert list(marks)[:3] == ["basic", "extended", "window"] and len(marks) == 9
    assert not marks["window"].complete and ("/windows", "办理时间") in marks["window"].missing
    eight = item().completeness("guide_eight")
    assert eight.asked == 8 and not eight.complete and not item().complete
    clear = banli.ServiceWindow(hall="大厅", window="3号", hours="9:00-17:00")
    assert item(windows=[clear]).completeness("clear_hours").complete
    assert item(windows=[clear.replace(hours="上班时间")]).completeness("明确工作时间").missing == [
        ("/windows", "工作时间起止")]
    with pytest.raises(banli.Error, match="did you mean 'guide_eight'"):
        item().completeness("guide_eigth")


def test_an_entry_gives_what_the_item_does_not_say():
    e = banli.CatalogueEntry(id="MZ-001", name="社会团体登记", type="XK", statutory="30日")
    assert e.check() == []
    whole = e.inherit(item(statutory=None, type=""))
    assert (whole.catalogue, whole.type, whole.statutory) == ("MZ-001", "XK", "30 days")
    assert e.inherit(item()).statutory == "60 days"


def test_items_are_checked_against_each_other():
    a, b = item(), item(flow="civil-asociation", approvals_before=[banli.RelatedApproval(item="X")])
    found = banli.check_items([a, b], flows=["civil-association"], entries=[])
    assert codes(found) == ["missing-catalogue", "duplicate-code", "unknown-reference",
                            "unknown-reference", "missing-catalogue"]
    assert any("'civil-association'" in p.message for p in found)
    assert codes(banli.check_items([a])) == []


def test_a_benchmark_leads_from_facts_to_a_band():
    band, low, fine = banli.DiscretionBand, banli.FactCondition(fact="amount", below=5000), banli.OutcomeExtent
    b = banli.DiscretionBenchmark(name="无证经营", bands=[
        band(name="轻微", when=[low], outcomes=[fine(kind="警告")]),
        band(name="一般", when=[{"fact": "amount", "from_": 5000}],
             outcomes=[fine(kind="罚款", least=3000, most=10000, unit="元")])])
    assert b.band_of({"amount": 5000}) == "一般"
    assert b.judge({"amount": 6000}, [("罚款", 3000)]) == []
    assert codes(b.judge({"amount": 6000}, [("罚款", 12000)])) == ["outside-benchmark"]
    i = item(facts=[{"name": "amount", "type": "decimal"}], benchmarks=[b])
    assert i.check() == []
    assert codes(i.replace(facts=[]).check()) == ["unknown-identifier", "unknown-identifier"]


def test_the_county_is_read_and_saved():
    loaded = banli.load_items(str(COUNTY))
    assert loaded.good and len(loaded.items) == 9
    files = banli.load(str(COUNTY)).save_items()
    for name, text in files.items():
        if name.startswith("items/"):
            assert banli.ServiceItem.from_yaml(text).to_yaml() == text


def test_which_materials_a_case_needs():
    i = item(facts=[{"name": "shelter", "label": "有人防工程", "type": "boolean"},
                    {"name": "area", "label": "建筑面积", "type": "decimal"}],
             materials=[{"name": "申请表"}, {"name": "人防资料", "when": "form.shelter"},
                        {"name": "测绘报告", "when": "form.shelter || 表单.建筑面积 > 500.0"}])
    assert i.check() == []
    needs = i.needed_materials({"shelter": False})
    assert [(n.material, n.needed, n.missing) for n in needs] == [
        ("申请表", True, []), ("人防资料", False, []), ("测绘报告", None, ["form.area"])]
    assert [n.needed for n in i.needed_materials({"shelter": False, "area": 600})] == [True, False, True]
    assert repr(needs[2]) == "<MaterialNeed 测绘报告: undecided>" and needs[2].problem is None
    wrong = i.replace(materials=[{"name": "乙", "when": "form.sheltre"}])
    assert codes(wrong.check()) == ["unknown-field"] and "'shelter'" in wrong.check()[0].message
    with pytest.raises(banli.Error) as error:
        i.needed_materials({"aera": 1.0})
    assert error.value.code == "unknown-identifier"
    divided = i.replace(materials=[{"name": "丙", "when": "1.0 / form.area > 0.0 && 1 / 0 > 0"}])
    assert divided.needed_materials({"area": 1})[0].problem.code == "evaluation-error"


def test_a_wrong_condition_is_an_error_of_the_library(tmp_path):
    text = item().to_yaml() + "materials:\n  - {name: 乙, when: form.sheltre}\n"
    (tmp_path / "i.yaml").write_text(text, encoding="utf-8")
    problems = banli.load_items(str(tmp_path)).problems
    assert codes(problems) == ["unknown-field"] and problems[0].line == text.count("\n")
