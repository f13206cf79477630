# Rules and decision tables at the command line: checked, tested, explained.
banli rules check examples/rules --lang en
banli rules test examples/rules --lang en
banli rules explain examples/rules --bind examples/rules/case.json --lang en
