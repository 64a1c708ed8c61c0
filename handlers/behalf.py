"""รายงานแทน: a coordinator enters what a unit told, or the owner's combined result, through the report conversation."""

from __future__ import annotations

from dataclasses import replace

from handlers.context import Context
from handlers.conversation import Choice, Prompt
from handlers.facts import FactsOfUnit, ReportInFull, UnitFacts
from handlers.session import Answers
from models.rules.fiscal import Quarter
from models.rules.office import ReportKey
from models.rules.permissions import Action, Allowed, overseen_keys

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
        found = context.find_all((UnitFacts(unit_id), *sent_earlier(context.answers)))[0]
    facts = replace(
        context.facts,
        stands_in_for=unit_id or 0,
        reports=found.reports,
        withdrawn=found.withdrawn,
        drafts=found.drafts,
        pictures=found.pictures,
        next_numbers=found.next_numbers,
        openings=(),
    )
    return Context(context.session, facts)


def sent_earlier(answers: Answers) -> tuple[ReportInFull, ...]:
    """The report under way as it was sent before, once it is known which: wanted whenever its unit's facts are."""
    if not {"indicator", "quarter"} <= answers.keys():
        return ()
    return (ReportInFull(ReportKey(answers["unit"], answers["indicator"], Quarter.parse(answers["quarter"]))),)


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
        keys = tuple(
            each
            for each in keys
            if each.unit_id != office.indicators[each.indicator_id].owner_id
            or not office.parts(each.indicator_id, each.quarter)
        )
    return tuple(key for key in keys if isinstance(facts.gate(key, for_another=True), Allowed))


def told_by(context: Context) -> Prompt:
    return Prompt(context.w("behalf-told-by"))
