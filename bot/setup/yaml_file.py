"""Reading a set-up from YAML: every scalar stays the text it is, so that code 0848 keeps its zero."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.setup.rows import Cell, Place, Problem, Row, WrongSetup

_EMPTY = "tag:yaml.org,2002:null"


def read_yaml(path: Path) -> tuple[Row, ...]:
    """The rows of a file, in its order. Raises WrongSetup when it is not the YAML of docs/import.md."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise _wrong(Place(path.name, 0), "ไม่พบไฟล์", f"there is no such file: {path}") from None
    except (OSError, UnicodeDecodeError):
        raise _wrong(
            Place(path.name, 0), "อ่านไฟล์ไม่ได้ ต้องเป็นข้อความ UTF-8", "the file cannot be read; it has to be UTF-8 text"
        ) from None
    return parse_yaml(text, path.name)


def parse_yaml(text: str, file: str) -> tuple[Row, ...]:
    """The rows of a YAML text; `file` is what its places are called."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _wrong(
            Place(file, line), f"ไม่ใช่ YAML: {error.problem}", "this is not YAML; check the indentation"
        ) from None
    except yaml.YAMLError:
        raise _wrong(Place(file, 0), "มีอักขระที่ใช้ไม่ได้", "there is a character that YAML does not allow") from None
    return () if root is None else _Reader(file).sections(root)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file

    def sections(self, root: yaml.Node) -> tuple[Row, ...]:
        rows: list[Row] = []
        for key, node in self._pairs(root):
            if not _is_empty(node):
                rows += self._rows(key, node)
        return tuple(rows)

    def _rows(self, section: str, node: yaml.Node) -> list[Row]:
        if not isinstance(node, yaml.SequenceNode):
            raise _wrong(
                self._place(node),
                f"{section} ต้องเป็นรายการ แต่ละข้อขึ้นต้นด้วย -",
                f"{section} has to be a list; begin each item with -",
            )
        return [self._row(section, item) for item in node.value]

    def _row(self, section: str, node: yaml.Node) -> Row:
        pairs = self._pairs(node)
        return Row(
            section,
            self._place(node),
            {key: self._cell(key, value) for key, value in pairs if not _is_empty(value)},
        )

    def _cell(self, key: str, node: yaml.Node) -> Cell:
        place = self._place(node)
        if isinstance(node, yaml.ScalarNode):
            return Cell(place, node.value)
        if isinstance(node, yaml.SequenceNode) and node.value and isinstance(node.value[0], yaml.MappingNode):
            return Cell(place, tuple(self._row(key, item) for item in node.value))
        if isinstance(node, yaml.SequenceNode):
            return Cell(place, tuple(self._text(item) for item in node.value))
        raise _wrong(
            place,
            f"{key} ต้องเป็นข้อความหรือรายการ เช่น 2.1=95, 2.2=100",
            f"{key} has to be a text or a list, such as 2.1=95, 2.2=100",
        )

    def _pairs(self, node: yaml.Node) -> list[tuple[str, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            raise _wrong(self._place(node), "ต้องเขียนเป็น ชื่อ: ค่า", "write it as name: value (see docs/import.md)")
        pairs: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = self._text(key_node)
            if key in pairs:
                raise _wrong(self._place(key_node), f"{key} มีซ้ำ", f"{key} stands here twice; keep one of them")
            pairs[key] = value
        return list(pairs.items())

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise _wrong(self._place(node), "ต้องเป็นข้อความ", "this has to be a text")
        text: str = node.value
        return text

    def _place(self, node: Any) -> Place:
        return Place(self.file, node.start_mark.line + 1)


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and (node.tag == _EMPTY or not node.value.strip())


def _wrong(place: Place, thai: str, english: str) -> WrongSetup:
    return WrongSetup([Problem(place, thai, english)])
