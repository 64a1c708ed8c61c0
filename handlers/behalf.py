"""รายงานแทน: a coordinator enters what a unit told, or the owner's combined result, through the report conversation."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.context import Context
from handlers.conversation import Choice, Prompt
from handlers.needs import LastReturn, Need, ReportInFull, UnitFacts
from handlers.records import FactsOfUnit
from handlers.session import Answers
from models.rules.fiscal import Quarter
from models.rules.office import ReportKey
from models.rules.permissions import Action, Allowed, may, overseen_keys

BEHALF = "behalf"
"""The answer that says for whom: "unit" for what a unit told, "owner" for a combined result."""


def stands_in(context: Context) -> bool:
    """Whether the report under way is entered for another unit than one's own."""
    return BEHALF in context.answers


def is_told(context: Context) -> bool:
    """Whether somebody told the figures, who is then named."""
    return context.answers.get(BEHALF) == "unit"


def is_combined(context: Context) -> bool:
    """Whether it is an owner's result, rolled up from what units reported (รวมผล)."""
    return context.answers.get(BEHALF) == "owner"


def for_whom(context: Context, key: ReportKey) -> str:
    """Whether a report is an owner's, combined from others', or what a unit told."""
    office = context.facts.office
    owner = office.indicators[key.indicator_id].owner_id
    return "owner" if key.unit_id == owner and office.parts(key.indicator_id, key.quarter) else "unit"


def coordinates(context: Context) -> bool:
    """Whether somebody reports for others only, so that there is no report of their own to be opened."""
    facts = context.facts
    roles = {each.role for each in facts.memberships if each.valid_on(facts.today)}
    return any(may(each, Action.REPORT_FOR) for each in roles) and not any(may(each, Action.REPORT) for each in roles)


def whose(context: Context) -> Prompt:
    """Never asked: it is known from the command that began the report."""
    return Prompt(context.w("behalf-unit"), (Choice(context.w("behalf-unit"), context.answers[BEHALF]),))


def with_facts_of_unit(context: Context) -> Context:
    """The same moment, with the reports, drafts and pictures of the unit that is stood in for instead of one's own."""
    if not stands_in(context):
        return context
    unit_id = context.answers.get("unit")
    if context.facts.stands_in_for == (unit_id or 0):
        return context
    found = FactsOfUnit({}, {}, {}, {}, context.facts.next_numbers)
    if unit_id is not None:
        found = context.find_all(needs_of(unit_id, context.answers))[0]
    facts = replace(
        context.facts,
        stands_in_for=unit_id or 0,
        own=context.facts.own or context.facts,
        reports=found.reports,
        withdrawn=found.withdrawn,
        drafts=found.drafts,
        pictures=found.pictures,
        next_numbers=found.next_numbers,
        openings=(),
    )
    return Context(context.session, facts)


def needs_of(unit_id: int, answers: Answers) -> tuple[Need, ...]:
    """A unit's facts first; once it is known which report is under way also that, as it was sent and sent back."""
    if not {"indicator", "quarter"} <= answers.keys():
        return (UnitFacts(unit_id),)
    key = ReportKey(unit_id, answers["indicator"], Quarter.parse(answers["quarter"]))
    return UnitFacts(unit_id), ReportInFull(key), LastReturn(key)


def keys_for_another(context: Context) -> tuple[ReportKey, ...]:
    """What may be entered for other units: whatever has been opened, in the years that a turn knows."""
    facts, office = context.facts, context.facts.office
    years = office.years_around(facts.today)
    quarters = [each for each in sorted(office.rounds) if each.fiscal_year in years]
    keys = overseen_keys(office, facts.memberships, Action.REPORT_FOR, quarters, facts.today)
    if "unit" in context.answers:
        keys = tuple(each for each in keys if each.unit_id == context.answers["unit"])
    if is_told(context):
        # An owner's result is rolled up, not told.
        keys = tuple(each for each in keys if for_whom(context, each) == "unit")
    return tuple(key for key in keys if isinstance(facts.gate(key, for_another=True), Allowed))


def told_by(context: Context) -> Prompt:
    return Prompt(context.w("behalf-told-by"))
