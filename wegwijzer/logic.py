"""Three-valued conditions that keep their trace.

A truth value is ``True``, ``False`` or ``None`` (not known). Conditions are built once, when the law is loaded, and
evaluated for many cases; a case carries a memo, so that a condition that stands in several provisions is evaluated once.

The connectives are Kleene's strong ones: they are monotone, so a condition that is firm on some facts stays what it is
when facts are added, as long as every :class:`Atom` is monotone (property-tested in tests/wegwijzer).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Optional, Protocol

Truth = Optional[bool]


class Case(Protocol):
    """What a condition is evaluated on."""

    memo: dict["Condition", Truth]


_MISSING: Any = object()


def conjunction(values: Iterator[Truth]) -> Truth:
    """Kleene's strong *and*: false as soon as one value is false, true only when all are."""
    result: Truth = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def disjunction(values: Iterator[Truth]) -> Truth:
    """Kleene's strong *or*: true as soon as one value is true, false only when all are."""
    result: Truth = False
    for value in values:
        if value is True:
            return True
        if value is None:
            result = None
    return result


def negation(value: Truth) -> Truth:
    """True and false swap; not known stays not known."""
    return None if value is None else not value


class Condition:
    """Something that is true, false or not known of a case."""

    __slots__ = ()
    children: tuple["Condition", ...] = ()

    def __call__(self, case: Any) -> Truth:
        memo = case.memo
        value = memo.get(self, _MISSING)
        if value is _MISSING:
            value = memo[self] = self._evaluate(case)
        return value

    def _evaluate(self, case: Any) -> Truth:
        raise NotImplementedError

    def open_facts(self, case: Any) -> Iterator[str]:
        """The facts that keep this condition open, with repetitions; nothing when it is firm."""
        if self(case) is None:
            for child in self.children:
                yield from child.open_facts(case)

    def open_points(self, case: Any) -> Iterator["OpenPoint"]:
        """The unsettled points of law that keep this condition open for this case."""
        if self(case) is None:
            for child in self.children:
                yield from child.open_points(case)

    def support(self, case: Any) -> Iterator[str]:
        """The facts that made this condition true or false, with repetitions."""
        raise NotImplementedError

    def walk(self) -> Iterator["Condition"]:
        """This condition and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def __and__(self, other: "Condition") -> "Condition":
        return All(self, other)

    def __or__(self, other: "Condition") -> "Condition":
        return Any_(self, other)

    def __invert__(self) -> "Condition":
        return Not(self)


class Atom(Condition):
    """A condition on facts, decided by a function that must be monotone.

    ``facts`` are the names the function may read; ``relevant`` (optional) narrows them to those that are worth asking
    for this case (a birth date, when the age in years is known already).
    """

    __slots__ = ("id", "facts", "test", "relevant")

    def __init__(
        self,
        id: str,
        facts: tuple[str, ...],
        test: Callable[[Any], Truth],
        relevant: Callable[[Any], tuple[str, ...]] | None = None,
    ) -> None:
        self.id = id
        self.facts = facts
        self.test = test
        self.relevant = relevant

    def _evaluate(self, case: Any) -> Truth:
        return self.test(case)

    def open_facts(self, case: Any) -> Iterator[str]:
        if self(case) is None:
            yield from self.relevant(case) if self.relevant else self.facts

    def support(self, case: Any) -> Iterator[str]:
        return iter(self.facts)

    def __repr__(self) -> str:
        return f"Atom({self.id})"


class All(Condition):
    """True when every part is."""

    __slots__ = ("children",)

    def __init__(self, *children: Condition) -> None:
        self.children = children

    def _evaluate(self, case: Any) -> Truth:
        result: Truth = True
        for child in self.children:
            value = child(case)
            if value is False:
                return False
            if value is None:
                result = None
        return result

    def support(self, case: Any) -> Iterator[str]:
        decisive = False if self(case) is False else True
        for child in self.children:
            if child(case) is decisive:
                yield from child.support(case)
                if not decisive:
                    return  # one false part is enough

    def __repr__(self) -> str:
        return f"All{self.children!r}"


class Any_(Condition):
    """True when at least one part is."""

    __slots__ = ("children",)

    def __init__(self, *children: Condition) -> None:
        self.children = children

    def _evaluate(self, case: Any) -> Truth:
        result: Truth = False
        for child in self.children:
            value = child(case)
            if value is True:
                return True
            if value is None:
                result = None
        return result

    def support(self, case: Any) -> Iterator[str]:
        decisive = True if self(case) is True else False
        for child in self.children:
            if child(case) is decisive:
                yield from child.support(case)
                if decisive:
                    return  # one true part is enough

    def __repr__(self) -> str:
        return f"Any{self.children!r}"


class Not(Condition):
    """True when the part is false."""

    __slots__ = ("children",)

    def __init__(self, child: Condition) -> None:
        self.children = (child,)

    def _evaluate(self, case: Any) -> Truth:
        value = self.children[0](case)
        return None if value is None else not value

    def support(self, case: Any) -> Iterator[str]:
        return self.children[0].support(case)

    def __repr__(self) -> str:
        return f"Not({self.children[0]!r})"


class OpenPoint(Condition):
    """What the sources leave open: never true; false only when the case does not touch it.

    ``ask`` are ids of the offices that can tell, ``sources`` where the doubt stands in the law file.
    """

    __slots__ = ("id", "children", "ask", "sources")

    def __init__(self, id: str, touched: Condition, ask: tuple[str, ...], sources: tuple[str, ...]) -> None:
        self.id = id
        self.children = (touched,)
        self.ask = ask
        self.sources = sources

    def _evaluate(self, case: Any) -> Truth:
        return False if self.children[0](case) is False else None

    def open_points(self, case: Any) -> Iterator["OpenPoint"]:
        if self.children[0](case) is True:
            yield self

    def support(self, case: Any) -> Iterator[str]:
        return self.children[0].support(case)

    def __repr__(self) -> str:
        return f"OpenPoint({self.id})"
