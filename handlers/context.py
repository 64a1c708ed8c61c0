"""What a question sees while it is asked or answered: the session, the facts, the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from handlers.facts import Facts
from handlers.needs import Need
from handlers.records import Person
from handlers.session import Answers, Session
from locales.catalog import Words, words

T = TypeVar("T")
First = TypeVar("First")
Second = TypeVar("Second")


class Missing(Exception):
    """A fact that has to be looked up before the turn can go on; `receive` turns it into `Asks`."""

    def __init__(self, *needs: Need) -> None:
        super().__init__(", ".join(type(need).__name__ for need in needs))
        self.needs = frozenset(needs)


PUTTING = frozenset({"asked", "asked_at", "offered", "held"})
"""What a session remembers of putting its question: nothing is found out from these, see `once`."""


class Context(Struct, frozen=True):
    """One moment of one turn."""

    session: Session
    facts: Facts
    derived: dict[Any, Any] = field(default_factory=dict)
    """What was found out from the two, see `once`."""

    @property
    def answers(self) -> Answers:
        return self.session.answers

    @property
    def w(self) -> Words:
        return words(self.facts.language)

    @property
    def own(self) -> Context:
        """The same moment apart from the report that is entered for another unit, if one is: with one's own reports."""
        return self if self.facts.own is None else Context(Session(), self.facts.own)

    def in_language(self, language: str) -> Context:
        """The same moment in the words of whoever hears of it."""
        person = self.facts.person or Person(0, "", "")
        return Context(self.session, replace(self.facts, person=replace(person, language=language)))

    def find(self, need: Need) -> Any:
        """What was looked up for `need`; raises Missing when it was not looked up yet."""
        if need not in self.facts.found:
            raise Missing(need)
        return self.facts.found[need]

    def find_all(self, needs: Iterable[Need]) -> list[Any]:
        """What was looked up for several needs at once."""
        needs = list(needs)
        missing = [need for need in needs if need not in self.facts.found]
        if missing:
            raise Missing(*missing)
        return [self.facts.found[need] for need in needs]

    def both(self, first: Callable[[], First], second: Callable[[], Second]) -> tuple[First, Second]:
        """Two parts of one answer: what either still needs is looked up at once."""
        try:
            made = first()
        except Missing as needed:
            try:
                second()
            except Missing as further:
                raise Missing(*needed.needs, *further.needs) from None
            raise
        return made, second()

    def changed(self, **changes: Any) -> Context:
        """The same moment with some of the session changed."""
        session = replace(self.session, **changes)
        return Context(session, self.facts, self.derived) if changes.keys() <= PUTTING else Context(session, self.facts)

    def answered(self, values: Answers, **changes: Any) -> Context:
        """With these answers given; a None takes an answer back. `changes`: of the session beside them."""
        merged = {**self.answers, **values}
        return self.changed(answers={name: value for name, value in merged.items() if value is not None}, **changes)


def once(find: Callable[[Context], T]) -> Callable[[Context], T]:
    """Find something out of a context once: a moment never changes, so what was found of it stays right.

    It must not depend on how the question was put (`PUTTING`): what was found outlives that.
    """

    @wraps(find)
    def found(context: Context) -> T:
        if find not in context.derived:
            context.derived[find] = find(context)
        answer: T = context.derived[find]
        return answer

    return found
