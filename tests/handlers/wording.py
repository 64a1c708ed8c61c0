"""What is wrong with the words of an answer, as far as a program can see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from handlers.effects import Say
from locales.catalog import words
from tests.handlers.stage import Stage
from tests.handlers.written import COMMANDS, DUTIES, FITTING, FREE, NAMES, WITHIN

THAI = re.compile("[ก-๎]")
"""Letters and signs, not digits: a summary may be asked for in Thai ones."""
ENGLISH = re.compile(r"[A-Za-z]{3,}(?: [A-Za-z]{2,})+")
ADDRESS = re.compile(r"https?://\S+")
QUOTED = re.compile(r"“[^”]*…”|\((?:Before|เดิม): .*…\)|\S*…")
"""What somebody wrote, or a long name, cut short."""
NAMED = "⁑"
"""Stands for a name while an answer is looked at."""
FORMS = {
    "unfilled": re.compile(r"[{}]|\bNone\b(?! has)|\$\w|\b(?:True|False)\b"),
    "doubled blank": re.compile(r"\S  |[^\S\n]+$", re.MULTILINE),
    "doubled mark": re.compile(r"[,;:·][^\S\n]*[,;:·]|\.\.|\( | \)|\(\)|“”|[^\S\n],|^[·,:]|·$", re.MULTILINE),
    "doubled น.": re.compile(r"น\.\s*น\."),
    "doubled word": re.compile(r"([ก-๛]{4,})\1|\b([A-Za-z]{3,}) \2\b"),
}
SUGGESTED = tuple(
    each
    for name in ("review-reasons-figure", "review-reasons-narrative", "requests-answers", "approve-reasons")
    for language in ("th", "en")
    for each in words(language)(name).split("|")
)
KEPT = ("LINE", "English", "ภาษาไทย", "กท 1234/2570")


def faults(say: Say, stage: Stage, language: str) -> Iterator[str]:
    """What is wrong with an answer, in short words."""
    texts = [say.text, *(each.label for each in say.buttons)]
    texts += [text for card in say.cards for text in (card.title, card.alt, *(row.text for row in card.rows))]
    names = names_of(stage)
    texts = [without(text, names) for text in texts]
    for name, form in FORMS.items():
        yield from (f"{name}: {hit.group()!r}" for text in texts if (hit := form.search(text)))
    rows = [row.strip() for row in texts[0].splitlines() if len(row.strip()) > 3 and NAMED not in row]
    yield from (f"said twice: {row}" for row in rows if rows.count(row) > 1)
    for row in (row for text in texts for row in QUOTED.sub("", ADDRESS.sub("", text)).splitlines()):
        if language == "en" and THAI.search(row):
            yield f"Thai: {row}"
        if language == "th" and not THAI.search(row) and ENGLISH.search(row):
            yield f"English: {row}"


def names_of(stage: Stage) -> tuple[str, ...]:
    """What is neither language's: names, and what people wrote, the longest first."""
    told = {each for draft in stage.drafts.values() for each in typed(draft.answers)}
    told |= {each for session in stage.sessions.values() for each in typed(session.get("answers", {}))}
    for versions in stage.versions.values():
        for each in versions:
            told |= {*each.narrative.split("\n"), each.explanation, each.summary.reporter_name}
    told |= {each.name for each in stage.people.values()}
    return longest_first(frozenset({*told, *known_names(stage)}))


def typed(answers: Mapping[str, Any]) -> Iterator[str]:
    """The texts among these answers: the narrative row by row, and whatever is not the program's own word."""
    for answer in answers.values():
        match answer:
            case str() if not answer.isascii():
                yield answer
            case {"parts": list(parts)}:
                yield from (row for _, text in parts for row in text.split("\n"))


@lru_cache(maxsize=4)
def longest_first(names: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted((each for each in names if len(each) > 1), key=len, reverse=True))


def known_names(stage: Stage) -> Iterator[str]:
    """Those of the office, and what a walk may write."""
    office = stage.office
    yield from (name for each in office.units.values() for name in (each.name, each.name.removeprefix("ห้องสมุด")))
    for indicator in office.indicators.values():
        yield from (indicator.name, indicator.question, indicator.unit_of_measure, *indicator.other_names)
        yield from (name for each in indicator.sub_measures for name in (each.label, *each.measures))
    yield from (each.name for duties in office.coordinators.values() for each in duties)
    yield from (each.label for criteria in office.criteria.values() for each in criteria)
    yield from (
        *NAMES,
        *FREE,
        *COMMANDS,
        *WITHIN,
        *SUGGESTED,
        *KEPT,
        *(each for many in (*FITTING.values(), *DUTIES.values()) for each in many),
    )


def without(text: str, names: tuple[str, ...]) -> str:
    for each in names:
        if each in text:
            text = text.replace(each, NAMED)
    return text
