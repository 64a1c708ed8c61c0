"""The catalog reads .ftl files strictly, and the files and the code agree on every id."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import regex
from jinja2 import Environment, nodes

from locales.catalog import LANGUAGES, BadCatalog, UnknownWord, ids, read_words, words
from models.rules.fiscal import Quarter
from tests.effort import little

ROOT = Path(__file__).parents[2]
LONGEST_LABEL = 20
"""Grapheme clusters in the label of a LINE quick reply."""

SAMPLE = """
-name = Raingan
hello = สวัสดี คุณ{ $name }
    .button-ok = ตกลง
due = ครบกำหนด{ DATE($day, style: "weekday") } เวลา { TIME($at) }
count = { AMOUNT($n) } / { $n } / { -name }
kinds = { $n ->
    [0] none
    [one] one room
   *[other] { $n } rooms
    }
inside = ({ hello })
"""


def folder_with(path: Path, text: str) -> Path:
    (path / "sample.ftl").write_text(text, encoding="utf-8")
    return path


def test_messages_attributes_and_functions(tmp_path: Path) -> None:
    """Messages, attributes, terms, dates, times and amounts come out as they are written, without isolating marks."""
    w = read_words(folder_with(tmp_path, SAMPLE), "th")
    assert w("hello", name="นภา") == "สวัสดี คุณนภา"
    assert w("hello.button-ok") == "ตกลง"
    at = datetime(2027, 1, 5, 7, 32, tzinfo=UTC)
    assert w("due", day=date(2027, 1, 11), at=at) == "ครบกำหนดวันจันทร์ที่ 11 ม.ค. 70 เวลา 14.32 น."
    assert w("inside", name="นภา") == "(สวัสดี คุณนภา)"
    assert w.variables("inside") == {"name"}
    assert w.has("hello.button-ok")
    assert not w.has("hello.hint")


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Decimal("1407.520000"), "1,407.52 / 1,407.52 / Raingan"),
        (Decimal("0.123456"), "0.123456 / 0.123456 / Raingan"),
        (Decimal("36000.00"), "36,000 / 36,000 / Raingan"),
        (2570, "2,570 / 2570 / Raingan"),
    ],
)
def test_numbers_stay_exact(tmp_path: Path, value: Decimal | int, printed: str) -> None:
    """A Decimal prints exactly and grouped; a bare int prints its digits, for it may be a year."""
    assert read_words(folder_with(tmp_path, SAMPLE), "th")("count", n=value) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(Decimal("0.00"), "none"), (1, "one room"), (Decimal("1.0"), "one room"), (Decimal("1.5"), "1.5 rooms")],
)
def test_numbers_choose(tmp_path: Path, value: Decimal | int, printed: str) -> None:
    """Whole Decimals and ints choose variants and plurals alike."""
    assert read_words(folder_with(tmp_path, SAMPLE), "en")("kinds", n=value) == printed


def test_a_narrative_is_never_cut(tmp_path: Path) -> None:
    """A text longer than fluent's own limit comes out whole, another one beside it too."""
    w = read_words(folder_with(tmp_path, "both = { $first } · { $second }"), "th")
    first, second = "ก" * 5_000, "ข" * 3_000
    assert w("both", first=first, second=second) == f"{first} · {second}"


def test_a_quarter_prints_as_its_name(tmp_path: Path) -> None:
    """A Quarter prints as 1/2570."""
    assert read_words(folder_with(tmp_path, "q = ไตรมาส { $q }"), "th")("q", q=Quarter(2570, 1)) == "ไตรมาส 1/2570"


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    """A missing message, attribute or variable is an error that names it."""
    w = read_words(folder_with(tmp_path, SAMPLE), "th")
    with pytest.raises(UnknownWord, match="no message 'goodbye'"):
        w("goodbye")
    with pytest.raises(UnknownWord, match=r"no message 'hello\.hint'"):
        w("hello.hint")
    with pytest.raises(UnknownWord, match=r"needs \$name"):
        w("hello")
    with pytest.raises(TypeError, match=r"\$name is a bool"):
        w("hello", name=True)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("broken", "broken"),
        ("a = { b }", "refers to b"),
        ("a = { a }", "refers to itself"),
        ("a = 1\na = 2", "stands twice"),
        ("a = { DATETIME($d) }", "DATETIME"),
    ],
)
def test_bad_files_stop_the_program(tmp_path: Path, text: str, complaint: str) -> None:
    """Junk, dangling references, doubles and functions that print ค.ศ. are refused when the files are read."""
    with pytest.raises(BadCatalog, match=complaint):
        read_words(folder_with(tmp_path, text), "th")


def test_an_unknown_language_is_thai() -> None:
    """Somebody whose language is not spoken here reads Thai."""
    assert words("fr") is words("th")


def test_a_message_costs_little(tmp_path: Path) -> None:
    """A formatted message takes less than 100 µs, counted as work: the machine is shared."""
    w = read_words(folder_with(tmp_path, SAMPLE), "th")
    assert little(lambda: w("hello", name="นภา"), share=0.02)


def test_both_languages_say_the_same_things() -> None:
    """Thai and English hold the same messages and attributes with the same variables."""
    assert ids("th") == ids("en")
    differing = [name for name in sorted(ids("th")) if words("th").variables(name) != words("en").variables(name)]
    assert not differing


def test_button_labels_fit() -> None:
    """A label without variables is at most 20 grapheme clusters in both languages."""
    too_long = [
        (language, name, label)
        for language in LANGUAGES
        for name in sorted(ids(language))
        if is_button(name) and not words(language).variables(name)
        for label in [words(language)(name)]
        if len(regex.findall(r"\X", label)) > LONGEST_LABEL
    ]
    assert not too_long


def test_every_message_asked_for_exists() -> None:
    """Each literal id in handlers/, bot/ and its templates exists; an f-string matches at least one."""
    unknown = [
        f"{place}: {pattern}"
        for place, pattern in asked_for()
        if not any(map(regex.compile(pattern).fullmatch, ids("th")))
    ]
    assert not unknown


def test_every_message_is_asked_for() -> None:
    """No sentence lies unused: each is asked for, named in the code, or part of another sentence."""
    patterns = regex.compile("|".join(sorted({f"(?:{pattern})" for _, pattern in asked_for()})))
    used = set(filter(patterns.fullmatch, ids("th")))
    used |= strings() & ids("th")
    used |= {reference for name in used for reference in words("th").references(name)}
    assert not sorted(ids("th") - used)


def test_no_thai_word_stands_twice_beside_a_date_or_time() -> None:
    """A time comes with its น. and a weekday with its วันที่, so no sentence has a second one beside such a value."""
    given = {
        (pattern, keyword.arg, word)
        for _, tree in sources()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and call.args and speaks(call.func)
        for pattern in patterns_of(call.args[0])
        for keyword in call.keywords
        for word in words_given(keyword.value)
    }
    assert {word for _, _, word in given} == {"น.", "วัน"}
    twice = [
        (name, argument)
        for name, text in thai_texts()
        for pattern, argument, word in given
        if regex.fullmatch(pattern, name)
        and regex.search(rf"{{ ?\${argument} ?}}\s*น\." if word == "น." else rf"วัน(?:ที่)?\s*{{ ?\${argument} ?}}", text)
    ]
    assert not twice
    assert not [name for name, text in thai_texts() if regex.search(r"TIME\([^)]*\) ?}\s*น\.", text)]
    assert not [name for name, text in thai_texts() if regex.search(r'วัน(?:ที่)?\s*{ ?DATE\([^)]*"weekday"', text)]


def words_given(value: ast.expr) -> Iterator[str]:
    """The words that a value brings along, where it is made of `w.time(…)` or of `w.day(…, "weekday")`."""
    for node in ast.walk(value):
        match node:
            case ast.Call(func=ast.Attribute(attr="time")):
                yield "น."
            case ast.Call(func=ast.Attribute(attr="day"), args=[_, ast.Constant(value="weekday")]):
                yield "วัน"


def thai_texts() -> Iterator[tuple[str, str]]:
    """Each Thai message as it is written, and each of its attributes, under their id."""
    for file in sorted((ROOT / "locales" / "th").glob("*.ftl")):
        name = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if begins := regex.match(r"([a-z][\w-]*) =|\s+(\.[\w-]+) =", line):
                name = begins[1] or name.partition(".")[0] + begins[2]
            yield name, line


def is_button(name: str) -> bool:
    message, _, attribute = name.partition(".")
    return attribute.startswith("button") if attribute else "button" in message.split("-")


def sources() -> Iterator[tuple[str, ast.Module]]:
    for folder in ("handlers", "bot"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield str(file.relative_to(ROOT)), ast.parse(file.read_text(encoding="utf-8"))


def templates() -> Iterator[tuple[str, nodes.Template]]:
    for file in sorted((ROOT / "bot").rglob("*.html")):
        if "templates" in file.parts:
            yield str(file.relative_to(ROOT)), Environment(autoescape=True).parse(file.read_text(encoding="utf-8"))


def patterns_in(argument: nodes.Expr) -> Iterator[str]:
    """The same as `patterns_of`, in a template."""
    match argument:
        case nodes.Const(value=str(name)):
            yield regex.escape(name)
        case nodes.CondExpr(expr1=one, expr2=nodes.Expr() as other):
            yield from patterns_in(one)
            yield from patterns_in(other)
        case nodes.Concat(nodes=parts):
            yield "".join(regex.escape(str(part.value)) if isinstance(part, nodes.Const) else ".+" for part in parts)


def asked_for() -> list[tuple[str, str]]:
    """Where a message is asked for, and a pattern of its id."""
    return [
        (f"{file}:{node.lineno}", pattern)
        for file, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.args and speaks(node.func)
        for pattern in patterns_of(node.args[0])
    ] + [
        (f"{file}:{node.lineno}", pattern)
        for file, tree in templates()
        for node in tree.find_all(nodes.Call)
        if isinstance(node.node, nodes.Name) and node.node.name == "w"
        for pattern in patterns_in(node.args[0])
    ]


def speaks(function: ast.expr) -> bool:
    match function:
        case ast.Name(id="w") | ast.Attribute(attr="w" | "words"):
            return True
        case ast.Call(func=ast.Name(id="words") | ast.Attribute(attr="words")):
            return True
    return False


def patterns_of(argument: ast.expr) -> Iterator[str]:
    match argument:
        case ast.Constant(value=str(name)):
            yield regex.escape(name)
        case ast.IfExp(body=body, orelse=other):
            yield from patterns_of(body)
            yield from patterns_of(other)
        case ast.JoinedStr(values=parts):
            yield "".join(regex.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in parts)


def strings() -> set[str]:
    return {
        node.value
        for _, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    } | {node.value for _, tree in templates() for node in tree.find_all(nodes.Const) if isinstance(node.value, str)}
