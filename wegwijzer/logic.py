"""Three-valued conditions that keep their trace.

A truth value is ``True``, ``False`` or ``None`` (not known). Conditions are built once, when the law is loaded; a
:class:`Program` evaluates all of them for a case, each once, and the case keeps the values as the trace.

The connectives are Kleene's strong ones: they are monotone, so a condition that is firm on some facts stays what it is
when facts are added, as long as every :class:`Atom` is monotone (property-tested in tests/wegwijzer).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Protocol

Truth = bool | None


class Case(Protocol):
    """What a condition is evaluated on. ``values`` is filled by :meth:`Program.run`."""

    values: list[Truth]

    @property
    def get(self) -> Callable[[str], Any]:
        """The value of a fact, None when it is not known."""

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The numbers and lists of the law."""


class Condition:
    """Something that is true, false or not known of a case that a :class:`Program` has run on."""

    children: tuple[Condition, ...] = ()
    slot: int  # place in Case.values, given by the program

    def __call__(self, case: Any) -> Truth:
        return case.values[self.slot]

    def code(self, value: Callable[[Condition], str]) -> str:
        """A Python expression for the truth of this condition; ``value(child)`` is the name of a child's."""
        raise NotImplementedError

    def open_facts(self, case: Any, found: set[str]) -> None:
        """Add the facts that keep this condition open; none when it is firm."""
        if case.values[self.slot] is None:
            for child in self.children:
                child.open_facts(case, found)

    def open_points(self, case: Any, found: dict[str, OpenPoint]) -> None:
        """Add the unsettled points of law that keep this condition open for this case."""
        if case.values[self.slot] is None:
            for child in self.children:
                child.open_points(case, found)

    def support(self, case: Any, found: set[str]) -> None:
        """Add the facts that made this condition true or false."""
        for child in self.children:
            child.support(case, found)

    def walk(self) -> Iterator[Condition]:
        """This condition and all below it, children first, shared ones once."""
        yield from self._walk(set())

    def _walk(self, seen: set[Condition]) -> Iterator[Condition]:
        if self not in seen:
            seen.add(self)
            for child in self.children:
                yield from child._walk(seen)
            yield self

    def __and__(self, other: Condition) -> Condition:
        return All(self, other)

    def __or__(self, other: Condition) -> Condition:
        return Any_(self, other)

    def __invert__(self) -> Condition:
        return Not(self)


class Atom(Condition):
    """A condition on facts, decided by ``test``, which must be monotone.

    ``test`` is a function of the case or, for the many that only look a value up, a Python expression of ``get`` and
    ``parameters`` that the program writes inline. ``facts`` are the names it may read; ``relevant`` (optional) narrows
    them to those that are worth asking for this case (a birth date, when the age in years is known already).
    """

    def __init__(
        self,
        id: str,
        facts: tuple[str, ...],
        test: Callable[[Any], Truth] | str,
        relevant: Callable[[Any], tuple[str, ...]] | None = None,
    ) -> None:
        self.id = id
        self.facts = facts
        self.test = test
        self.relevant = relevant

    def open_facts(self, case: Any, found: set[str]) -> None:
        if case.values[self.slot] is None:
            found.update(self.relevant(case) if self.relevant else self.facts)

    def support(self, case: Any, found: set[str]) -> None:
        found.update(self.facts)

    def __repr__(self) -> str:
        return f"Atom({self.id})"


class _Junction(Condition):
    """Several parts of which one is enough to decide."""

    #: The value of a part that decides the whole.
    decisive: bool

    def __init__(self, *children: Condition) -> None:
        self.children = children

    def code(self, value: Callable[[Condition], str]) -> str:
        names = [value(child) for child in self.children]
        decided = " or ".join(f"{name} is {self.decisive}" for name in names)
        unknown = " or ".join(f"{name} is None" for name in names)
        return f"{self.decisive} if {decided} else None if {unknown} else {not self.decisive}"

    def support(self, case: Any, found: set[str]) -> None:
        values = case.values
        value = values[self.slot]
        for child in self.children:
            if values[child.slot] is value:
                child.support(case, found)
                if value is self.decisive:  # one such part is enough
                    return

    def __repr__(self) -> str:
        return f"{type(self).__name__.rstrip('_')}{self.children!r}"


class All(_Junction):
    """True when every part is."""

    decisive = False


class Any_(_Junction):
    """True when at least one part is."""

    decisive = True


class Not(Condition):
    """True when the part is false."""

    def __init__(self, child: Condition) -> None:
        self.children = (child,)

    def code(self, value: Callable[[Condition], str]) -> str:
        name = value(self.children[0])
        return f"None if {name} is None else not {name}"

    def __repr__(self) -> str:
        return f"Not({self.children[0]!r})"


class OpenPoint(Condition):
    """What the sources leave open: never true; false only when the case does not touch it.

    ``ask`` are ids of the offices that can tell, ``sources`` where the doubt stands in the law file.
    """

    def __init__(self, id: str, touched: Condition, ask: tuple[str, ...], sources: tuple[str, ...]) -> None:
        self.id = id
        self.children = (touched,)
        self.ask = ask
        self.sources = sources

    def code(self, value: Callable[[Condition], str]) -> str:
        return f"False if {value(self.children[0])} is False else None"

    def open_points(self, case: Any, found: dict[str, OpenPoint]) -> None:
        if case.values[self.children[0].slot] is True:
            found[self.id] = self

    def __repr__(self) -> str:
        return f"OpenPoint({self.id})"


class Program:
    """Conditions compiled to Python functions that evaluate each once, children first.

    Evaluating them as objects, each looking up its children, took four fifths of an assessment's time (benchmarks/).
    ``settled`` names, by key, roots that are false from the start (the other region's law): with that key they, and
    what only they need, are not computed.
    """

    def __init__(self, *roots: Condition, settled: Mapping[str, Collection[Condition]] | None = None) -> None:
        self._roots = roots
        self.conditions: list[Condition] = []
        seen: set[Condition] = set()
        for root in roots:
            self.conditions.extend(root._walk(seen))
        for slot, condition in enumerate(self.conditions):
            condition.slot = slot
        self._run_all = self._function(frozenset())
        self._run_for = {key: self._function(frozenset(false)) for key, false in (settled or {}).items()}

    def _function(self, false: frozenset[Condition]) -> Callable[[Any], None]:
        needed: set[Condition] = set()
        todo = [root for root in self._roots if root not in false]
        while todo:
            condition = todo.pop()
            if condition not in needed:
                needed.add(condition)
                todo.extend(child for child in condition.children if child not in false)
        names = {}
        lines = ["def run(case):", "    get, parameters = case.get, case.parameters"]
        scope: dict[str, Any] = {}
        for slot, condition in enumerate(self.conditions):
            names[condition] = f"v{slot}"
            if condition not in needed:
                expression = "False"
            elif not isinstance(condition, Atom):
                expression = condition.code(names.__getitem__)
            elif isinstance(condition.test, str):
                expression = condition.test
            else:
                scope[f"t{slot}"] = condition.test
                expression = f"t{slot}(case)"
            if expression == "False" or expression in names.values():  # nothing of its own to compute
                names[condition] = expression
            else:
                lines.append(f"    v{slot} = {expression}")
        lines.append(f"    case.values = [{', '.join(names.values())}]")
        exec(compile("\n".join(lines), "<law>", "exec"), scope)  # made of slot numbers and the law's own names only
        function: Callable[[Any], None] = scope["run"]
        return function

    def run(self, case: Any, key: str | None = None) -> None:
        """Evaluate the conditions on ``case``; afterwards ``condition(case)`` is its truth value."""
        self._run_for.get(key or "", self._run_all)(case)
