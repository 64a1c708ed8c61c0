"""Every sentence that people read, by its id, from `locales/<language>/*.ftl`.

    w = words("th")
    w("report-result", unit="ห้อง")        # a message
    w("report-result.hint")                # one of its attributes
    w.day(date(2027, 1, 11), "weekday")    # วันจันทร์ที่ 11 ม.ค. 70

In the .ftl files: `{ DATE($d, style: "short|medium|long|weekday") }`, `{ TIME($t) }`, `{ AMOUNT($n) }`.
Bare placeables: a Decimal prints like AMOUNT, an int prints its digits ungrouped (so that a year is a year),
a date prints like style "short", a datetime adds its time. Whole Decimals and ints also choose variants and plurals.

What is wrong in a file stops the program when the language is first asked for, never in the middle of a dialogue:
junk, an id twice, a reference to nothing, a function that is not one of the three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, get_args

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import CurrentEnvironment, Pattern, ResolverEnvironment, TextElement
from fluent.runtime.types import FluentInt, FluentType
from fluent.syntax import ast, visitor

from locales import dates
from locales.dates import DayStyle, Language
from models.rules.fiscal import Quarter

LANGUAGES: tuple[Language, ...] = get_args(Language)
Arg = str | int | Decimal | date | Quarter

_FUNCTIONS = frozenset({"DATE", "TIME", "AMOUNT"})

# fluent.runtime refuses placeables over 2,500 characters, and a narrative is never cut: longer texts travel as a mark
# that is swapped for the text after formatting. NUL cannot be typed in LINE and is refused by PostgreSQL.
_LONGEST_PLACEABLE = 2_500
_MARK = "\x00"


class BadCatalog(Exception):
    """A language's .ftl files contradict themselves; says where and what."""


class UnknownWord(KeyError):
    """There is no message, attribute or variable of that name."""

    def __str__(self) -> str:
        return str(self.args[0])


class _Count(FluentInt):
    """A whole Decimal: chooses plurals like an int, prints grouped."""

    def format(self, locale: Any) -> str:  # noqa: ARG002 - fluent's signature
        return dates.amount(int(self))


class _Digits(FluentInt):
    """An int: prints its digits, for it may be a year."""

    def format(self, locale: Any) -> str:  # noqa: ARG002 - fluent's signature
        return str(int(self))


class _Exact(FluentType):
    """A Decimal with a fraction, kept exact (Babel would round it to three places)."""

    def __init__(self, value: Decimal) -> None:
        self.value = value

    def format(self, locale: Any) -> str:  # noqa: ARG002 - fluent's signature
        return dates.amount(self.value)


class _Moment(FluentType):
    """A date or datetime on its way to DATE or TIME."""

    def __init__(self, value: date, language: Language) -> None:
        self.value = value
        self.language = language

    def format(self, locale: Any) -> str:  # noqa: ARG002 - fluent's signature
        text = dates.day(self.language, self.value)
        return f"{text} {dates.time(self.language, self.value)}" if isinstance(self.value, datetime) else text


class Words:
    """One language's sentences. Immutable; made by `words` or, from another folder, by `read_words`."""

    def __init__(self, language: Language, entries: Mapping[str, _Entry], bundle: FluentBundle) -> None:
        self.language = language
        self._entries = entries
        self._bundle = bundle
        self._patterns: dict[str, Any] = {}
        for name in entries:
            message, _, attribute = name.partition(".")
            compiled = bundle.get_message(message)
            self._patterns[name] = compiled.attributes[attribute] if attribute else compiled.value
        self._rows = {name: row for name, pattern in self._patterns.items() if (row := _row(pattern)) is not None}
        # Labels and the like, which take nothing: half of what is said.
        self._fixed = {name: self._filled(name, {}) for name, entry in entries.items() if not entry.variables}

    def __call__(self, name: str, /, **args: Arg) -> str:
        """The sentence `name` ("id" or "id.attribute") filled with `args`.

        Raises UnknownWord for a name or variable that is missing, TypeError for an argument of another type.
        Arguments that the sentence does not use are allowed: one caller may fill several sentences alike.
        """
        if name in self._fixed:
            return self._fixed[name]
        if name not in self._patterns:
            raise UnknownWord(f"no message {name!r} in {self.language!r}")
        variables = self._entries[name].variables
        if not variables <= args.keys():
            missing = ", $".join(sorted(variables - args.keys()))
            raise UnknownWord(f"message {name!r} in {self.language!r} needs ${missing}")
        row = self._rows.get(name)
        if row is not None:
            return "".join([part if fixed else self._printed(part, args[part]) for part, fixed in row])
        set_aside: list[str] = []
        given = {key: self._carried(key, value, set_aside) for key, value in args.items()}
        text = self._filled(name, given)
        for place, kept in enumerate(set_aside):
            text = text.replace(f"{_MARK}{place}{_MARK}", kept)
        return text

    def _filled(self, name: str, given: dict[str, Any]) -> str:
        errors: list[Exception] = []
        # Not bundle.format_pattern: it turns every int, ours too, back into one that Babel prints.
        environment = ResolverEnvironment(self._bundle, errors, current=CurrentEnvironment(args=given))
        text = str(self._patterns[name](environment))
        if errors:
            raise BadCatalog(f"message {name!r} in {self.language!r}: {errors[0]}") from errors[0]
        return text

    def has(self, name: str) -> bool:
        """Whether the message or attribute exists."""
        return name in self._entries

    def names(self) -> frozenset[str]:
        """Every "id" and "id.attribute"."""
        return frozenset(self._entries)

    def variables(self, name: str) -> frozenset[str]:
        """What the sentence must be given, those of the messages it refers to included."""
        return self._entries[name].variables

    def references(self, name: str) -> frozenset[str]:
        """The names of the messages that the sentence is built from."""
        return self._entries[name].references

    def day(self, value: date, style: DayStyle = "short") -> str:
        """See `dates.day`."""
        return dates.day(self.language, value, style)

    def time(self, value: datetime) -> str:
        """See `dates.time`."""
        return dates.time(self.language, value)

    def months(self, quarter: Quarter) -> str:
        """See `dates.months`."""
        return dates.months(self.language, quarter)

    def span(self, first: date, last: date) -> str:
        """See `dates.span`."""
        return dates.span(self.language, first, last)

    def amount(self, value: Decimal | int) -> str:
        """See `dates.amount`."""
        return dates.amount(value)

    def _printed(self, key: str, value: Arg) -> str:
        """A bare variable as fluent would print it, of any length."""
        match value:
            case str():
                return value.replace(_MARK, "")
            case Decimal():
                return dates.amount(value)
        carried = self._carried(key, value, [])
        return carried if isinstance(carried, str) else str(carried.format(None))

    def _carried(self, key: str, value: Arg, set_aside: list[str]) -> Any:
        match value:
            case bool():
                raise TypeError(f"${key} is a bool; give a word that the message can choose by")
            case str():
                if len(value) <= _LONGEST_PLACEABLE:
                    return value.replace(_MARK, "")
                set_aside.append(value.replace(_MARK, ""))
                return f"{_MARK}{len(set_aside) - 1}{_MARK}"
            case int():
                return _Digits(value)
            case Decimal():
                return _Count(int(value)) if value.is_finite() and value == int(value) else _Exact(value)
            case date():
                return _Moment(value, self.language)
            case Quarter():
                return str(value)
        raise TypeError(f"${key} is a {type(value).__name__}, which no message can print")


def _row(pattern: Pattern | TextElement) -> list[tuple[str, bool]] | None:
    """A pattern of texts (True) and bare variables (False) in a row; None for one that calls, refers or chooses."""
    parts: list[tuple[str, bool]] = []
    for element in getattr(pattern, "elements", (pattern,)):  # a pattern of one text is compiled to that text
        match element:
            case ast.TextElement():
                parts.append((element.value, True))
            case ast.Placeable(expression=ast.VariableReference() as variable):
                parts.append((variable.id.name, False))
            case _:
                return None
    return parts


@lru_cache(maxsize=8)
def words(language: str) -> Words:
    """The sentences of a language; Thai for one that is not spoken here. Read once and kept."""
    return _read(language if language in LANGUAGES else LANGUAGES[0])


def ids(language: str) -> frozenset[str]:
    """Every "id" and "id.attribute" of a language."""
    return words(language).names()


def read_words(folder: Path, language: Language) -> Words:
    """Read `folder/*.ftl` as `language`. Raises BadCatalog for whatever is wrong in them."""
    files = sorted(folder.glob("*.ftl"))
    if not files:
        raise BadCatalog(f"no .ftl file for {language!r}")
    resources = {file.name: FluentResource(file.read_text(encoding="utf-8")) for file in files}
    bundle = FluentBundle([language], functions=_functions(language), use_isolating=False)
    found: dict[str, ast.Message | ast.Term] = {}
    for file, resource in resources.items():
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                reasons = "; ".join(annotation.message or "" for annotation in entry.annotations)
                raise BadCatalog(f"{language}/{file}: {reasons}: {(entry.content or '').strip()[:120]!r}")
            if isinstance(entry, ast.Message | ast.Term):
                name = _name(entry)
                if name in found:
                    raise BadCatalog(f"{language}/{file}: {name!r} stands twice")
                found[name] = entry
        bundle.add_resource(resource)
    return Words(language, _entries(language, found), bundle)


@cache
def _read(language: Language) -> Words:
    return read_words(Path(__file__).parent / language, language)


class _Entry:
    """What one pattern needs: variables and the messages it is built from, both through its references."""

    __slots__ = ("references", "variables")

    def __init__(self, variables: frozenset[str], references: frozenset[str]) -> None:
        self.variables = variables
        self.references = references


class _Parts(visitor.Visitor):
    """Collects what one pattern mentions."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.references: set[str] = set()
        self.functions: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - fluent's name
        self.variables.add(node.id.name)

    def visit_FunctionReference(self, node: ast.FunctionReference) -> None:  # noqa: N802 - fluent's name
        self.functions.add(node.id.name)
        self.generic_visit(node)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - fluent's name
        self.references.add(_reference(node, ""))

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802 - fluent's name
        self.references.add(_reference(node, "-"))


def _reference(node: ast.MessageReference | ast.TermReference, mark: str) -> str:
    name = f"{mark}{node.id.name}"
    return f"{name}.{node.attribute.name}" if node.attribute else name


def _name(entry: ast.Message | ast.Term) -> str:
    return f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name


def _patterns(found: Mapping[str, ast.Message | ast.Term]) -> Iterator[tuple[str, ast.Pattern]]:
    for name, entry in found.items():
        if entry.value is not None:
            yield name, entry.value
        for attribute in entry.attributes:
            yield f"{name}.{attribute.id.name}", attribute.value


def _entries(language: Language, found: Mapping[str, ast.Message | ast.Term]) -> dict[str, _Entry]:
    parts: dict[str, _Parts] = {}
    for name, pattern in _patterns(found):
        parts[name] = _Parts()
        parts[name].visit(pattern)
        if unknown := parts[name].functions - _FUNCTIONS:
            raise BadCatalog(f"{language}: {name!r} calls {', '.join(sorted(unknown))}; there is DATE, TIME, AMOUNT")
    for name, part in parts.items():
        if unknown := part.references - parts.keys():
            raise BadCatalog(f"{language}: {name!r} refers to {', '.join(sorted(unknown))}, which does not exist")
    return {name: _Entry(*_reached(language, name, parts)) for name in parts if not name.startswith("-")}


def _reached(
    language: Language, name: str, parts: Mapping[str, _Parts], above: tuple[str, ...] = ()
) -> tuple[frozenset[str], frozenset[str]]:
    if name in above:
        raise BadCatalog(f"{language}: {name!r} refers to itself")
    variables, references = set(parts[name].variables), set(parts[name].references)
    for reference in parts[name].references:
        deeper_variables, deeper_references = _reached(language, reference, parts, (*above, name))
        references |= deeper_references
        if not reference.startswith("-"):  # a term sees only what it is given in its own parentheses
            variables |= deeper_variables
    return frozenset(variables), frozenset(references)


def _functions(language: Language) -> dict[str, Callable[..., Any]]:
    def day(moment: _Moment, style: DayStyle = "short") -> str:
        return dates.day(language, moment.value, style)

    def time(moment: _Moment) -> str:
        if not isinstance(moment.value, datetime):
            raise TypeError("TIME needs a datetime")
        return dates.time(language, moment.value)

    def amount(number: _Exact | FluentInt) -> str:
        return dates.amount(number.value if isinstance(number, _Exact) else int(number))

    return {"DATE": day, "TIME": time, "AMOUNT": amount}
