"""How the report's questions are put. The words are in locales/*/report.ftl under the question's name."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from handlers.behalf import is_combined
from handlers.buttons import command_button
from handlers.context import Context
from handlers.conversation import Choice, Prompt
from handlers.long_list import MOST
from handlers.records import Draft
from handlers.report_checks import measured, sentence, warnings_of
from handlers.report_kinds import key_answers, quarters_for, said_result
from handlers.report_labels import report_labels
from handlers.report_view import (
    accepted_keys,
    correctable_keys,
    counted_span,
    indicator_name,
    indicator_names,
    indicator_of,
    kind_of,
    known_key,
    narrative_of,
    open_keys,
    pending_keys,
    previous,
    quarter_name,
    reported,
    sent_in_full,
    spoken,
    stored_draft,
    sub_measure_label,
    sub_measure_of,
    target_of,
    title,
    unit_name,
    unit_of,
)
from handlers.short_names import short_names
from handlers.unit_names import said_names
from models.rules.fiscal import Quarter
from models.rules.office import ReportKey, ResultKind, ZeroReason


def step(context: Context) -> str:
    """The head of a question: "2300-848 · ห้องสมุดสวนลุมพินี · ไตรมาส 1/2570"; the unit's name is always said."""
    return context.w(
        "report-step",
        code=indicator_of(context).code,
        unit=unit_name(context, unit_of(context)),
        quarter=str(known_key(context).quarter),
    )


def sub_measures(context: Context) -> tuple[str, ...]:
    if "indicator" not in context.answers:
        return ()
    return tuple(each.code for each in indicator_of(context).sub_measures)


def draft(context: Context) -> Prompt:
    """Unfinished drafts first: which one goes on, or something else."""
    w, person = context.w, context.facts.person
    unfinished = open_drafts(context)
    # A colleague's draft is asked about once more, saying who began it and when.
    own = {each.key: {"resume": "continue"} if person and each.holder == person.id else {} for each in unfinished}
    choices = [
        Choice(
            title(context, each.key),
            {"answers": {**key_answers(each.key), "draft": "taken", **own[each.key]}},
            short=label,
            names=(w("report-button-continue"),) if len(unfinished) == 1 else (),
        )
        for each, label in zip(unfinished, labels_of(context, [each.key for each in unfinished]), strict=True)
    ]
    choices.append(Choice(w("report-button-other"), "other"))
    return Prompt(w("report-draft", count=len(choices) - 1), tuple(choices), numbered=True)


def labels_of(context: Context, keys: Sequence[ReportKey]) -> list[str]:
    """Reports in a numbered list, each short enough for a button."""
    return report_labels(context, [(each.unit_id, each.indicator_id, each.quarter) for each in keys])


def open_drafts(context: Context) -> list[Draft]:
    """Drafts that can still be sent, and fit what was typed along with รายงาน."""
    fixed = {name: context.answers[name] for name in ("indicator", "quarter") if name in context.answers}
    keys = [each for each in open_keys(context) if fixed.items() <= key_answers(each).items()]
    return [each for each in context.facts.drafts.values() if each.cancelled_at is None and each.key in keys]


def sent_report(context: Context) -> Prompt:
    """Which of the sent reports is to be corrected."""
    keys = correctable_keys(context)
    choices = tuple(
        Choice(title(context, each), {"answers": {**key_answers(each), "sent": "taken"}}, short=label)
        for each, label in zip(keys, labels_of(context, keys), strict=True)
    )
    asking = context.w("request-button-edit")
    further = (command_button(asking, asking),) if accepted_keys(context) else ()
    return Prompt(context.w("report-sent"), choices, numbered=True, buttons=further)


def choosable(context: Context) -> tuple[ReportKey, ...]:
    """What is offered: all that is pending, and when nothing is, what was sent and can be corrected."""
    pending = pending_keys(context)
    fixed = {name: context.answers[name] for name in ("unit", "indicator", "quarter") if name in context.answers}
    fits = [each for each in pending if fixed.items() <= key_answers(each).items()]
    return tuple(fits) or tuple(each for each in open_keys(context) if fixed.items() <= key_answers(each).items())


def unit(context: Context) -> Prompt:
    office = context.facts.office
    units = [office.units[each] for each in dict.fromkeys(key.unit_id for key in choosable(context))]
    names = [unit_name(context, each) for each in units]
    called, short = said_names(context, [each.id for each in units]), short_names(names)
    rows = list(zip(units, names, called, short, strict=True))
    if len(rows) <= MOST:
        choices = [Choice(name, each.id, names=also, short=brief) for each, name, also, brief in rows]
        return Prompt(context.w("report-unit"), tuple(choices), numbered=True)
    # A coordinator's thirty-six libraries: their short names beside one another, each with its number.
    choices = [
        Choice(f"{place}. {brief}", each.id, names=(str(place), name, *also), short=brief)
        for place, (each, name, also, brief) in enumerate(rows, 1)
    ]
    return Prompt(context.w("report-unit"), tuple(choices))


def indicator(context: Context) -> Prompt:
    office = context.facts.office
    wanted = dict.fromkeys(key.indicator_id for key in choosable(context) if key.unit_id == context.answers["unit"])
    indicators = [office.indicators[each] for each in wanted]
    choices = tuple(
        Choice(
            f"{each.code} {indicator_name(context, each)}",
            each.id,
            names=indicator_names(context, each),
            short=each.code,
        )
        for each in indicators
    )
    return Prompt(context.w("report-indicator", unit=unit_name(context, unit_of(context))), choices, numbered=True)


def quarter(context: Context) -> Prompt:
    pending = quarters_for(context, choosable(context))
    choices = tuple(
        Choice(quarter_name(context, each), str(each), short=context.w("report-button-quarter", quarter=str(each)))
        for each in pending
    )
    text = context.w("report-quarter", unit=unit_name(context, unit_of(context)), code=indicator_of(context).code)
    return Prompt(text, choices)


def open_quarters(context: Context) -> tuple[Quarter, ...]:
    return quarters_for(context, open_keys(context))


def resume(context: Context) -> Prompt:
    """A draft is stored that this session has not seen: begun earlier, or continued by a colleague."""
    w, stored = context.w, stored_draft(context)
    if stored is None:
        raise LookupError("no draft is stored")
    person = context.facts.person
    whose = "mine" if person and stored.holder == person.id else "other"
    text = w(
        "report-resume",
        whose=whose,
        same="yes" if stored.begun_by == stored.holder else "no",
        cancelled="yes" if stored.cancelled_at else "no",
        title=title(context, stored.key),
        begun_by=stored.begun_by_name or w("person-former"),
        begun_at=w.day(stored.begun_at),
        holder=stored.holder_name or w("person-former"),
        updated_at=f"{w.day(stored.updated_at)} {w.time(stored.updated_at)}",
    )
    choices = [Choice(w("report-button-continue"), "continue")]
    if context.session.draft_revision == 0:
        afresh = w("report-button-from-sent") if stored.key in context.facts.reports else w("report-button-afresh")
        choices.append(Choice(afresh, "afresh"))
    choices.append(Choice(w("report-button-leave"), {"do": "later"}))
    return Prompt(text, tuple(choices))


def newer(context: Context) -> Prompt:
    """Another version was sent since this one was begun: show the difference, let the person decide."""
    w, full = context.w, sent_in_full(context)
    if full is None:
        raise LookupError("no version is stored")
    summary = full.summary
    by_oneself = context.facts.person is not None and summary.reporter_name == context.facts.person.name
    text = w(
        "report-newer",
        own="combined" if is_combined(context) else "yes" if by_oneself else "no",
        unit=unit_name(context, unit_of(context)),
        code=indicator_of(context).code,
        reporter=summary.reporter_name,
        at=f"{w.day(summary.submitted_at)} {w.time(summary.submitted_at)}",
        theirs=reported(context, summary),
        mine=said_result(context),
        their_narrative=first_words(full.narrative),
        my_narrative=first_words(narrative_of(context)),
    )
    choices = (
        Choice(w("report-button-mine"), "mine"),
        Choice(w("report-button-theirs"), {"do": "cancel"}),
    )
    return Prompt(text, choices)


def first_words(text: str, limit: int = 80) -> str:
    """The beginning of a text for a list, cut at a space where there is one; marked with … when cut."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line or "–"
    space = line.rfind(" ", limit // 2, limit)
    end = space if space > 0 else limit
    # Never between a Thai consonant and its vowel or tone mark.
    while end < len(line) and line[end] in "ะัาำิีึืฺุูเแ็่้๊๋์ํ๎" and line[end] not in "เแ":
        end += 1
    return line[:end] + "…" if end < len(line) else line


def result(context: Context) -> Prompt:
    w, asked, kind = context.w, indicator_of(context), kind_of(context)
    key = known_key(context)
    own = (context.facts.language == "en" and asked.question_en) or (
        asked.question if context.facts.language == "th" else ""
    )
    lines = [step(context)]
    if kind is ResultKind.YES_NO:
        lines.append(
            w("report-result-yes-no", day=key.quarter.last_day, question=own or indicator_name(context, asked))
        )
    else:
        lines.append(
            w(
                "report-result-number",
                question=own or indicator_name(context, asked),
                measure=asked.unit_of_measure,
                kind=kind.value,
                low=asked.scale_min if asked.scale_min is not None else Decimal(0),
                high=asked.scale_max if asked.scale_max is not None else Decimal(0),
            )
        )
        lines.append(counted_span(context, asked.accumulation))
    target, before = target_of(context), previous(context)
    if target is not None:
        value = spoken(context, key, target.value) if target.value is not None and kind is not ResultKind.YES_NO else ""
        lines += [w("report-target", target=target.text or value)] if target.text or value else []
    if before is not None:
        lines.append(w("report-before", quarter=str(before.key.quarter), result=reported(context, before)))
    if kind is not ResultKind.YES_NO:
        return Prompt("\n".join(lines), none_yet(context), beside=True)
    return Prompt("\n".join(lines), result_choices(context))


def result_choices(context: Context) -> tuple[Choice, ...]:
    w = context.w
    return (
        Choice(w("report-choice-yes"), "yes", names=tuple(w("report-choice-yes.names").split("|"))),
        Choice(
            w("report-choice-in-progress"), "in_progress", names=tuple(w("report-choice-in-progress.names").split("|"))
        ),
        Choice(w("report-choice-no"), "no", names=tuple(w("report-choice-no.names").split("|"))),
    )


def zero_reason(context: Context) -> Prompt:
    w = context.w
    not_done = context.answers.get("result") == "no"
    reasons = [each for each in ZeroReason if not (not_done and each is ZeroReason.IN_PROGRESS)]
    choices = tuple(
        Choice(
            w(f"report-zero-{each.value}"),
            each.value,
            names=tuple(w(f"report-zero-{each.value}.names").split("|")),
            short=w(f"report-zero-{each.value}.short"),
        )
        for each in reasons
    )
    text = "\n".join((step(context), w("report-zero", result=said_result(context))))
    return Prompt(text, choices, numbered=True)


def sub_measure(context: Context, code: str) -> Prompt:
    w, asked = context.w, sub_measure_of(context, code)
    label = sub_measure_label(context, asked)
    lines = [
        step(context),
        w("report-sub-measure", label=label, measure=asked.unit_of_measure),
        counted_span(context, asked.accumulation),
    ]
    return Prompt("\n".join(lines), none_yet(context), beside=True)


def none_yet(context: Context) -> tuple[Choice, ...]:
    """ยังไม่มี is asked back: record 0, or not report yet."""
    label = context.w("report-button-none-yet")
    return (Choice(label, label),)


def narrative(context: Context) -> Prompt:
    w = context.w
    lines = [step(context), w("report-narrative")]
    labels = (w("report-button-example"), w("report-button-later"))
    return Prompt("\n".join(lines), buttons=tuple(command_button(each, each) for each in labels))


CHANGED_ACTIVITY = {"cumulative_falls", "magnitude_jump", "many_times_target"}
"""What a change of activity may explain (the seed's 36 of 3)."""


def explanation(context: Context) -> Prompt:
    """What the checks found, each with its way out: the other number, the answer again, or a word about it."""
    w, found = context.w, warnings_of(context)
    choices: list[Choice] = []
    for each in found:
        if each.rule == "narrative_disagrees":
            asked = each.data["question"]
            other, own = (measured(context, asked, Decimal(each.data[name])) for name in ("found", "reported"))
            choices.append(Choice(other, {"do": "set", "q": asked, "v": each.data["found"]}))
            change = w("report-button-change-narrative")
            choices.append(Choice(change, {"do": "edit", "q": "narrative"}, names=(own,)))
        elif each.rule in {"mixed_eras", "narrative_repeats"}:
            choices.append(Choice(w("report-button-change-narrative"), {"do": "edit", "q": "narrative"}))
        else:
            yes_no = kind_of(context) is ResultKind.YES_NO
            label = w("report-button-change-answer") if yes_no else w("report-button-change-result")
            choices.append(Choice(label, {"do": "edit", "q": "result"}))
    if any(each.rule in CHANGED_ACTIVITY for each in found):
        choices.append(Choice(w("report-button-activity"), {"text": w("report-button-activity"), "activity": True}))
    choices.append(Choice(w("report-button-correct"), {"text": ""}))
    unique = {each.label: each for each in reversed(choices)}
    lines = [
        step(context),
        w("check-head", count=len(found)),
        *(
            f"{place}) {sentence(context, each)}" if len(found) > 1 else sentence(context, each)
            for place, each in enumerate(found, 1)
        ),
        w("report-explanation"),
    ]
    return Prompt("\n".join(lines), tuple(reversed(unique.values())), warned=tuple(each.rule for each in found))


def activity(context: Context) -> Prompt:
    return Prompt("\n".join((step(context), context.w("report-activity"))))


def activity_month(context: Context) -> Prompt:
    return Prompt("\n".join((step(context), context.w("report-activity-month"))))


def reporter_name(context: Context) -> Prompt:
    return Prompt(context.w("report-reporter-name", unit=unit_name(context, unit_of(context))))


def example(context: Context) -> tuple[str, str]:
    """The words that ask for an example, and the example."""
    return context.w("report-button-example"), context.w("report-narrative-example")


def edit_words(context: Context, name: str) -> tuple[str, ...]:
    """What else people type to edit an answer: แก้ผล, แก้รายละเอียด, แก้ and a sub-measure's label."""
    kind, _, code = name.partition(".")
    if kind == "sub_measures":
        return (context.w("report-edit-sub-measure", label=sub_measure_of(context, code).label),)
    return tuple(context.w(f"report-edit-{kind}").split("|"))
