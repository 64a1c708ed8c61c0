"""From rows to a set-up that can be written: every cell read, every code known, every problem named at its place."""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.setup.cells import WrongCell
from bot.setup.columns import SECTIONS, SUB_MEASURE, Section
from bot.setup.groups import KnownUnit, is_group, members
from bot.setup.rows import Cell, Place, Problem, Row, Unreadable, WrongSetup
from models.rules.fiscal import Quarter


@dataclass(frozen=True, slots=True)
class Known:
    """What the tables hold already: units by code, indicator codes. `today` is the day on which people are invited."""

    units: Mapping[str, KnownUnit] = field(default_factory=dict)
    indicators: frozenset[str] = frozenset()
    today: date = date.max


@dataclass(frozen=True, slots=True)
class Entry:
    """One row to keep. `values` holds only what the file says; codes stand where the tables have ids."""

    place: Place
    key: tuple[Any, ...]
    values: Mapping[str, Any]
    within: tuple[Entry, ...] | None = None
    """The declared sub-measures; None when the file says nothing of them."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where each value stands."""

    def place_of(self, name: str) -> Place:
        """Where a value stands, or the row when the file does not say it."""
        return self.places.get(name, self.place)


@dataclass(frozen=True, slots=True)
class Setup:
    """A checked set-up, section → entries in the file's order."""

    entries: Mapping[str, tuple[Entry, ...]]

    def __getitem__(self, section: str) -> tuple[Entry, ...]:
        return self.entries.get(section, ())


def check_setup(rows: Sequence[Row], known: Known) -> Setup:
    """Read and check everything. Raises WrongSetup with all problems found, not only the first."""
    return _Checker(known).check(rows)


class _Checker:
    def __init__(self, known: Known) -> None:
        self.known = known
        self.problems: list[Problem] = []
        self.entries: dict[str, list[Entry]] = {}
        self.seen: dict[tuple[Any, ...], Place] = {}
        self.named: set[str] = set()
        self.groups: list[tuple[Row, dict[str, Any], str]] = []
        """Assignments to a group: the row, its values without units, and the group."""

    def check(self, rows: Sequence[Row]) -> Setup:
        for row in rows:
            section = SECTIONS.get(row.section)
            if section is None:
                self._unknown(row.place, row.section, SECTIONS)
                continue
            if "code" in row.cells and row.section in {
                "units",
                "indicators",
            }:  # known also when the rest of its row is wrong: one fault, one sentence
                self.named.add(str(row.cells["code"].value).strip())
            known = {"units": self.known.units, "indicators": self.known.indicators}.get(row.section, ())
            values = self._values(row, section, known)
            if values is not None:
                self.entries.setdefault(row.section, []).extend(self._entries(row, section, values))
        self._expand_groups()
        self._codes()
        self._parents()
        if self.problems:
            raise WrongSetup(list(dict.fromkeys(self.problems)))
        return Setup({name: tuple(found) for name, found in self.entries.items()})

    def _values(self, row: Row, section: Section, known: Container[str] = ()) -> dict[str, Any] | None:
        """The row's cells read; None when a required one is missing or any is wrong."""
        values: dict[str, Any] = {}
        sound = True
        cells = {_alias(row, name): cell for name, cell in row.cells.items()}
        for name, cell in cells.items():
            if row.section == "indicators" and name == "sub_measures":
                continue
            reader = section.columns.get(name)
            if reader is None:
                self._unknown(cell.place, name, section.columns)
                sound = False
                continue
            try:
                values[name] = reader(_plain(cell))
            except WrongCell as wrong:
                sound = False
                shown = cell.value if isinstance(cell.value, str) else "…"
                self._problem(cell.place, f"{name} “{shown}” {wrong.thai}", f"{name} “{shown}” {wrong.english}")
        exists = "code" in values and values["code"] in known
        for name in section.required:
            if name not in cells and not exists:
                sound = False
                place = row.empty.get(name, row.place)
                self._problem(place, f"{row.section} ต้องระบุ {name}", f"{row.section} needs {name} here")
        return values if sound else None

    def _entries(self, row: Row, section: Section, values: dict[str, Any]) -> list[Entry]:
        declared = row.cells.get("sub_measures") if row.section == "indicators" else None
        within = self._sub_measures(declared) if declared is not None else None
        if "fiscal_year" in values and "valid_from" in section.columns:
            values.setdefault("valid_from", Quarter(values["fiscal_year"], 1).first_day)
        if row.section == "assignments":
            values.setdefault("quarters", [1, 2, 3, 4])
            units = values.pop("units")
            each_unit = [{**values, "unit": unit} for unit in units if not is_group(unit)]
            self.groups += [(row, values, unit) for unit in units if is_group(unit)]
        else:
            each_unit = [values]
        return [self._entry(row, section, each, within) for each in each_unit]

    def _entry(
        self, row: Row, section: Section, values: dict[str, Any], within: tuple[Entry, ...] | None = None
    ) -> Entry:
        key = tuple(tuple(value) if isinstance(value := values[name], list) else value for name in section.key)
        self._once(row.place, (row.section, *key), " ".join(map(str, key)))
        places = {_alias(row, name): cell.place for name, cell in row.cells.items()}
        if "units" in places:
            places["unit"] = places["units"]
        return Entry(row.place, key, values, within, places)

    def _expand_groups(self) -> None:
        """Groups become their libraries; what the file says of one library by its code goes before its group."""
        units = dict(self.known.units)
        for entry in self.entries.get("units", ()):
            said = {name: value for name, value in entry.values.items() if name in KnownUnit.__dataclass_fields__}
            units[entry.key[0]] = replace(units.get(entry.key[0], KnownUnit("")), **said)
        section = SECTIONS["assignments"]
        for row, values, group in self.groups:
            year = values["fiscal_year"]
            place = row.cells["units" if "units" in row.cells else "unit"].place
            for unit in self._members(place, group, units, Quarter(year, 1).first_day, Quarter(year, 4).last_day):
                each = {**values, "unit": unit}
                if ("assignments", *(each[name] for name in section.key)) not in self.seen:
                    self.entries.setdefault("assignments", []).append(self._entry(row, section, each))
        people = self.entries.get("people", [])
        for at, entry in enumerate(people):
            codes: list[str] = []
            for unit in entry.values["units"]:
                today, place = self.known.today, entry.place_of("units")
                codes += self._members(place, unit, units, today, today) if is_group(unit) else [unit]
            people[at] = replace(entry, values={**entry.values, "units": list(dict.fromkeys(codes))})

    def _members(self, place: Place, group: str, units: Mapping[str, KnownUnit], first: date, last: date) -> list[str]:
        found = members(group, units, first, last)
        if not found and not self.problems:  # a fault in a unit's own row is the one to mend
            self._problem(
                place,
                f"“{group}” ไม่มีห้องสมุดเลย ต้องมีหน่วยงานประเภท library ก่อน หรือระบุรหัสทีละแห่ง",
                f"“{group}” holds no library; set up units of the kind library first, or name their codes",
            )
        return found

    def _sub_measures(self, cell: Cell) -> tuple[Entry, ...]:
        rows = cell.value if isinstance(cell.value, tuple) else ()
        found: list[Entry] = []
        codes: set[str] = set()
        for each in rows:
            if not isinstance(each, Row):
                self._problem(
                    cell.place,
                    "sub_measures ต้องเป็นรายการที่มี code, label, unit_of_measure",
                    "sub_measures has to be a list of code, label, unit_of_measure",
                )
                continue
            values = self._values(each, SUB_MEASURE)
            if values is None:
                continue
            if values["code"] in codes:
                self._twice(each.place, values["code"])
            codes.add(values["code"])
            found.append(Entry(each.place, (values["code"],), {**values, "order": len(found)}))
        return tuple(found)

    def _codes(self) -> None:
        """Every code that is referred to stands in the file or in the tables."""
        units = {*self.known.units, *(entry.key[0] for entry in self.entries.get("units", ()))}
        indicators = {*self.known.indicators, *(entry.key[0] for entry in self.entries.get("indicators", ()))}
        kinds = {"parent": units, "owner": units, "unit": units, "units": units, "indicator": indicators}
        wrong = self.named - units - indicators
        for entry in (entry for entries in self.entries.values() for entry in entries):
            for name in kinds.keys() & entry.values.keys():
                value = entry.values[name]
                for code in value if isinstance(value, list) else [value]:
                    if code not in kinds[name] and code not in wrong:
                        self._unknown_code(entry.place_of(name), name, code, kinds[name] | wrong)

    def _unknown_code(self, place: Place, name: str, code: str, codes: Iterable[str]) -> None:
        known = sorted(codes)
        shortened = [each for each in known if each.lstrip("0") == code.lstrip("0")]
        near = shortened or difflib.get_close_matches(code, known, n=1)
        thai, english = " ต้องเพิ่มรหัสนี้ในไฟล์ก่อน", "; add it to the file"
        if near:
            thai, english = f" หมายถึง {near[0]} หรือไม่", f"; did you mean {near[0]}?"
        if shortened:
            thai += " เลขศูนย์นำหน้าหายไป ให้ตั้งรูปแบบเซลล์เป็นข้อความแล้วพิมพ์ใหม่"
            english += " Its zeros in front were lost: format the cell as text and type it again"
        self._problem(place, f"ไม่พบรหัส {name} {code}{thai}", f"{name} {code} is not known{english}")

    def _parents(self) -> None:
        parents = {code: unit.parent for code, unit in self.known.units.items()}
        entries = self.entries.get("units", [])
        parents.update({entry.key[0]: entry.values["parent"] for entry in entries if "parent" in entry.values})
        for entry in entries:
            above: str | None = entry.key[0]
            passed = set()
            while above is not None and above not in passed:
                passed.add(above)
                above = parents.get(above)
            if above is not None:
                self._problem(
                    entry.place_of("parent"),
                    f"parent ของ {entry.key[0]} วนกลับมาที่เดิม ต้องชี้ไปยังหน่วยงานที่อยู่เหนือขึ้นไป",
                    f"the parents of {entry.key[0]} run in a circle; name the unit above it",
                )

    def _once(self, place: Place, key: tuple[Any, ...], name: str) -> None:
        if key in self.seen:
            self._twice(place, name)
        self.seen[key] = place

    def _twice(self, place: Place, name: str) -> None:
        self._problem(place, f"{name} มีซ้ำในไฟล์ ให้เหลือรายการเดียว", f"{name} stands in the file twice; keep one")

    def _unknown(self, place: Place, name: str, names: Iterable[str]) -> None:
        near = difflib.get_close_matches(name, names, n=1)
        right = near[0] if near else ", ".join(names)
        self._problem(place, f"ไม่รู้จัก {name} ใช้ได้: {right}", f"{name} is not known here; use {right}")

    def _problem(self, place: Place, thai: str, english: str) -> None:
        self.problems.append(Problem(place, thai, english))


def _alias(row: Row, name: str) -> str:
    """One unit may be written as `unit` where several are `units`."""
    return "units" if row.section == "assignments" and name == "unit" else name


def _plain(cell: Cell) -> str | list[str]:
    if isinstance(cell.value, Unreadable):
        raise WrongCell(cell.value.thai, cell.value.english)
    if isinstance(cell.value, str):
        return cell.value
    texts = [each for each in cell.value if isinstance(each, str)]
    if len(texts) != len(cell.value):
        raise WrongCell("ต้องเป็นรายการของข้อความ", "has to be a list of texts")
    return texts
