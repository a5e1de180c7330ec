"""Three-valued logic: Kleene's laws, monotone, with a trace that explains."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from wegwijzer.logic import All, Any_, Atom, Condition, Not, OpenPoint, Program, Truth

NAMES = tuple("abcdef")
TRUTHS = st.sampled_from([True, False, None])
ENVIRONMENTS = st.fixed_dictionaries({name: TRUTHS for name in NAMES})
usual = settings(max_examples=200, deadline=None, derandomize=True)

# A tree as plain data, so that the same one can be built again: a name, or (connective, parts).
TREES = st.recursive(
    st.sampled_from(NAMES),
    lambda parts: st.one_of(
        st.tuples(st.sampled_from(["all", "any"]), st.lists(parts, min_size=1, max_size=3)),
        st.tuples(st.just("not"), st.lists(parts, min_size=1, max_size=1)),
    ),
    max_leaves=12,
)


def built(tree: Any, atoms: dict[str, Atom]) -> Condition:
    if isinstance(tree, str):
        return atoms[tree]
    connective = {"all": All, "any": Any_, "not": Not}[tree[0]]
    return connective(*(built(part, atoms) for part in tree[1]))


def new_atoms() -> dict[str, Atom]:
    # Both kinds of test: an expression that the program writes inline, and a function of the case.
    return {
        name: Atom(name, (name,), f"get({name!r})" if name in "abc" else lambda case, name=name: case.get(name))
        for name in NAMES
    }


def case_of(environment: dict[str, Truth]) -> Any:
    return SimpleNamespace(get=environment.get, parameters={}, values=[])


def values(environment: dict[str, Truth], *roots: Condition) -> list[Truth]:
    case = case_of(environment)
    Program(*roots).run(case)
    return [root(case) for root in roots]


def kleene(tree: Any, environment: dict[str, Truth]) -> Truth:
    """The tree by the definition: truth as 1, unknown as a half, false as 0; and is the least, or the greatest."""
    rank: dict[Truth, float] = {True: 1.0, None: 0.5, False: 0.0}

    def level(tree: Any) -> float:
        if isinstance(tree, str):
            return rank[environment[tree]]
        levels = [level(part) for part in tree[1]]
        return {"all": min, "any": max}[tree[0]](levels) if tree[0] != "not" else 1.0 - levels[0]

    return {1.0: True, 0.5: None, 0.0: False}[level(tree)]


@usual
@given(TREES, ENVIRONMENTS)
def test_the_compiled_program_computes_kleenes_tables(tree: Any, environment: dict[str, Truth]) -> None:
    assert values(environment, built(tree, new_atoms())) == [kleene(tree, environment)]


@usual
@given(TREES, TREES, TREES, ENVIRONMENTS)
def test_laws(a: Any, b: Any, c: Any, environment: dict[str, Truth]) -> None:
    atoms = new_atoms()
    x, y, z = built(a, atoms), built(b, atoms), built(c, atoms)
    for left, right in (
        (x & y, y & x),
        (x | y, y | x),
        ((x & y) & z, x & (y & z)),
        ((x | y) | z, x | (y | z)),
        (x & (y | z), (x & y) | (x & z)),
        (x | (y & z), (x | y) & (x | z)),
        (~(x & y), ~x | ~y),
        (~(x | y), ~x & ~y),
        (~~x, x),
        (x & x, x),
        (x | (x & y), x),
    ):
        one, other = values(environment, left, right)
        assert one is other, (left, right)


@usual
@given(TREES, ENVIRONMENTS, ENVIRONMENTS)
def test_what_is_firm_stays_when_more_is_known(
    tree: Any, environment: dict[str, Truth], learnt: dict[str, Truth]
) -> None:
    better = {name: learnt[name] if truth is None else truth for name, truth in environment.items()}
    root = built(tree, new_atoms())
    (before,), (after,) = values(environment, root), values(better, root)
    assert before is None or before is after


@usual
@given(TREES, ENVIRONMENTS)
def test_the_trace_explains(tree: Any, environment: dict[str, Truth]) -> None:
    root = built(tree, new_atoms())
    program, case = Program(root), case_of(environment)
    program.run(case)
    supporting: set[str] = set()
    missing: set[str] = set()
    root.open_facts(case, missing)
    if root(case) is None:
        assert missing, "open, and nothing says why"
        assert all(environment[name] is None for name in missing)
    else:
        assert missing == set()
        root.support(case, supporting)
        # Only what is known supports, and those facts alone are enough for the same truth.
        assert all(environment[name] is not None for name in supporting)
        alone = {name: truth if name in supporting else None for name, truth in environment.items()}
        assert values(alone, root) == [root(case)]


@usual
@given(TREES, ENVIRONMENTS)
def test_an_open_point_is_never_true_and_false_only_when_untouched(tree: Any, environment: dict[str, Truth]) -> None:
    touched = built(tree, new_atoms())
    point = OpenPoint("doubt", touched, ("agii",), ("here",))
    program, case = Program(point), case_of(environment)
    program.run(case)
    assert point(case) is (False if touched(case) is False else None)
    found: dict[str, OpenPoint] = {}
    point.open_points(case, found)
    assert set(found) == ({"doubt"} if touched(case) is True else set())


def test_a_shared_condition_is_evaluated_once() -> None:
    calls = []
    shared = Atom("shared", ("a",), lambda case: calls.append(1) is None)
    program = Program(shared & ~shared, shared | shared)
    program.run(case_of({}))
    assert len(calls) == 1
    assert len([condition for condition in program.conditions if condition is shared]) == 1


def test_relevant_narrows_what_is_asked() -> None:
    atom = Atom("of age", ("age", "birth_date"), "get('age')", lambda case: ("birth_date",))
    case = case_of({})
    Program(atom).run(case)
    found: set[str] = set()
    atom.open_facts(case, found)
    assert found == {"birth_date"}
