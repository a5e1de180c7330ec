"""Every provision was true, false and open at least once over the cases of tests/law and their blanked variants."""

from __future__ import annotations

from datetime import date

from tests.wegwijzer.people import known_people
from wegwijzer.assessment import open_points, provisions
from wegwijzer.coverage import ALL_TRUTHS, missing_truths, truth_values_seen, with_blanks


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
