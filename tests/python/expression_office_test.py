"""Dates, money, calendars, optionals and addresses in expressions, and what an explanation says."""

import datetime
import decimal
import ipaddress

import pytest

import banli


def run(source, variables=None, values=None):
    return banli.compile(source, variables).evaluate(values or {}).value


def test_an_office_reckons_with_dates_and_its_calendar():
    words = {"calendar": "calendar", "received": "date", "limit": "time_limit"}
    facts = {"calendar": banli.Calendar.cn(), "received": "2025-09-30", "limit": "5个工作日"}
    assert run("calendar.due(limit, received)", words, facts) == datetime.date(2025, 10, 14)
    facts["received"] = datetime.date(2025, 9, 30)
    facts["limit"] = banli.TimeLimit("5 workdays")
    assert run("calendar.workdays_between(received, received + 14)", words, facts) == 5
    assert run("limit", words, facts) == banli.TimeLimit("5 workdays")
    assert run("calendar", words, facts).is_workday(datetime.date(2025, 10, 11))
    with pytest.raises(banli.Error, match="received"):
        run("received", words, {"received": "the day before yesterday"})


def test_money_goes_in_and_out_exactly():
    words = {"fee": "decimal"}
    assert run("fee * 3", words, {"fee": decimal.Decimal("12.50")}) == decimal.Decimal("37.50")
    assert run("fee + 1", words, {"fee": "0.10"}) == decimal.Decimal("1.10")
    assert run("fee", words, {"fee": 7}) == 7
    for bad in (1.5, decimal.Decimal("1e-30"), "1e3"):
        with pytest.raises(banli.Error):
            run("fee", words, {"fee": bad})


def test_optionals_and_addresses_have_classes_of_python():
    some = run("optional.of(3)")
    assert some and some.value == 3 and some == banli.OptionalValue(3)
    none = run("optional.none()")
    assert not none and none.or_value("x") == "x" and none == banli.OptionalValue()
    with pytest.raises(banli.Error, match="bad-value"):
        none.value
    assert run("x.orValue(1)", {"x": "optional_type(int)"}, {"x": banli.OptionalValue(4)}) == 4
    assert run("ip('::ffff:c0a8:1')") == ipaddress.ip_address("192.168.0.1")
    assert run("cidr('10.1.2.3/8')") == ipaddress.ip_interface("10.1.2.3/8")
    assert run("cidr('10.0.0.0/8')") == ipaddress.ip_network("10.0.0.0/8")
    words = {"a": "net.IP", "n": "net.CIDR"}
    facts = {"a": ipaddress.ip_address("10.1.1.1"), "n": ipaddress.ip_network("10.0.0.0/8")}
    assert run("n.containsIP(a)", words, facts) is True


def test_an_explanation_says_what_would_have_to_turn():
    words = {"办件": {"days": "int", "status": ["open", "closed"]}}
    facts = {"办件": {"days": 19, "status": "open"}}
    program = banli.compile("办件.days > 16 && 办件.status != 'closed'", words)
    why = program.explain(facts)
    assert why.nearest == [("办件.days <= 16", False)]
    assert why.describe("en") == (
        'True, because 办件.days = 19, 办件.status = "open". '
        "It would be false if 办件.days <= 16."
    )
    assert why.describe().startswith("成立")


def test_a_cost_is_known_before_anything_is_evaluated():
    words = {"l": "list(list(int))"}
    program = banli.compile("l.all(a, a.all(b, b > 0))", words, assumed_elements=10)
    assert 100 < program.worst_cost < 1_000
    with pytest.raises(banli.Error) as refused:
        banli.compile("l.all(a, a.all(b, l.all(c, c.all(d, b > d))))", words, assumed_elements=1000)
    assert refused.value.code == "cost-exceeded"


def test_functions_of_python_are_typed_and_called():
    functions = {
        "twice": [(lambda n: 2 * n, ["int"], "int"), (lambda s: s + s, ["string"], "string")],
        ".sum": (lambda l, n: sum(l) + n, ["list(int)", "int"], "int"),
        "bad": (lambda: 1 / 0, [], "int"),
    }

    def of(source):
        return banli.compile(source, {"n": "int"}, functions=functions).evaluate({"n": 4})

    assert of("twice(n) + [n, 1].sum(1)").value == 14
    assert of("twice('ab')").value == "abab"
    assert "division by zero" in str(of("bad()").error)
    with pytest.raises(banli.Error, match=r"twice\(int\), twice\(string\)"):
        of("twice(1.5)")
