"""Every provision was true, false and open at least once over the cases of tests/law and their blanked variants."""

from __future__ import annotations

import io
from datetime import date

from tests.law.test_cases import CASES, PUBLIC_CASES, facts_of
from tests.wegwijzer.people import known_people
from wegwijzer.assessment import open_points, provisions
from wegwijzer.coverage import ALL_TRUTHS, missing_truths, read_cases, report, truth_values_seen, with_blanks


def test_every_provision_was_true_false_and_open() -> None:
    seen = truth_values_seen(with_blanks(known_people()))
    assert set(seen) == set(provisions())
    assert missing_truths(seen) == {}


def test_every_provision_was_true_and_false_on_a_case_that_states_what_must_come_out() -> None:
    lacking = missing_truths(truth_values_seen(known_people()))
    assert {id: truths for id, truths in lacking.items() if truths - {None}} == {}


def test_every_open_point_was_met() -> None:
    from wegwijzer import Facts, assess

    met = {point.id for facts, as_of in known_people() for point in assess(Facts.from_json(facts), as_of).open_points}
    assert set(open_points()) - met == set()


def test_the_cases_read_are_those_that_are_tested() -> None:
    own = [(facts_of(case), date.fromisoformat(case["as_of"])) for case in CASES]
    public = [(case["facts"], date.fromisoformat(case["as_of"])) for case in PUBLIC_CASES]
    assert read_cases() == public + own


def test_the_report_has_a_line_for_each_provision_and_ends_well() -> None:
    out = io.StringIO()
    assert report(out) == 0
    lines = out.getvalue().splitlines()
    assert {line.split()[0] for line in lines[:-1]} == set(provisions())
    assert lines[-1].endswith(f"{len(provisions())} provisions, 0 not yet true, false and open")


def test_what_was_not_seen_is_told() -> None:
    nobody = truth_values_seen([])
    assert set(missing_truths(nobody)) == set(provisions())
    assert missing_truths(nobody)["right.minor"] == ALL_TRUTHS
    one = truth_values_seen([({"nationalities": ["NL"]}, date(2026, 11, 23))])
    assert one["exempt.eu_national"] == {True}
    assert one["right.minor"] == {None}


def test_days_before_the_law_is_modelled_are_passed_over() -> None:
    assert truth_values_seen([({}, date(2010, 1, 1))]) == truth_values_seen([])


def test_blanks_leave_out_one_fact_each() -> None:
    person = ({"age": 30, "region": "brussels"}, date(2026, 11, 23))
    assert [facts for facts, _ in with_blanks([person])] == [person[0], {"region": "brussels"}, {"age": 30}, {}]
