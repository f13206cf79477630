"""What does one rule cost a case from Python, beside the other engines Python can have?

Each engine gets the rule in its own words, compiled once, and the same cases as dicts. The answers of
all cases are compared before any is timed; then each engine runs over all of them in turn, and the
best of the rounds counts. An engine that is not installed is left out.
"""

import random
import sys
import time

import banli

CASES = 2_000
ROUNDS = 7
CEL = ('double(case.elapsed_workdays) > double(case.promised_days) * 0.8 && case.status != "concluded" '
       '&& !(case.type in ["instant"]) && fees.all(f, f.amount <= f.standard)')
ZEN = ('case.elapsed_workdays > case.promised_days * 0.8 and case.status != "concluded" '
       'and not (case.type in ["instant"]) and all(fees, #.amount <= #.standard)')


def cases():
    dice = random.Random(7)
    for _ in range(CASES):
        yield {"case": {"elapsed_workdays": dice.randrange(1, 30), "promised_days": dice.choice([5, 10, 20]),
                        "status": dice.choice(["open", "open", "suspended", "concluded"]),
                        "type": dice.choice(["instant", "promised", "promised"])},
               "fees": [{"amount": float(dice.randrange(50, 101)), "standard": 100.0 - 5.0 * dice.randrange(3)}
                        for _ in range(3)]}


def of_banli(given):
    program = banli.compile(CEL, variables={
        "case": {"elapsed_workdays": "int", "promised_days": "int", "status": "string", "type": "string"},
        "fees": "list(map(string, double))"})
    return [lambda c=c: program.evaluate(c).value for c in given]


def of_cel_python(given):
    import celpy
    environment = celpy.Environment()
    program = environment.program(environment.compile(CEL))
    bound = [{k: celpy.json_to_cel(v) for k, v in c.items()} for c in given]
    return [lambda c=c: bool(program.evaluate(c)) for c in bound]


def of_common_expression_language(given):
    import cel
    program = cel.compile(CEL)
    return [lambda c=c: program.execute(c) for c in given]


def of_zen(given):
    import zen
    rule = zen.compile_expression(ZEN)
    return [lambda c=c: rule.evaluate(c) for c in given]


def main():
    given = list(cases())
    engines = {}
    for make in (of_banli, of_cel_python, of_common_expression_language, of_zen):
        name = make.__name__.removeprefix("of_").replace("_", "-")
        try:
            engines[name] = make(given)
        except ImportError:
            print(f"{name}: not installed")
    expected = [ask() for ask in engines["banli"]]
    assert 100 < sum(expected) < CASES - 100
    for name, asks in engines.items():
        if [ask() for ask in asks] != expected:
            sys.exit(f"{name} answers otherwise")
    best = dict.fromkeys(engines, float("inf"))
    for _ in range(ROUNDS):
        for name, asks in engines.items():
            start = time.process_time()
            for ask in asks:
                ask()
            best[name] = min(best[name], time.process_time() - start)
    for name, seconds in best.items():
        print(f"{name:28} {seconds / CASES * 1e6:8.2f} us a case  {seconds / best['banli']:7.1f} x banli")


if __name__ == "__main__":
    main()
