"""คำขอ: what people asked for, each granted with one tap; a refusal says why. Whoever asked is told at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from handlers.buttons import command_button
from handlers.context import Context
from handlers.conversation import Answered, Choice, Conversation, Prompt, Question, Reading, Unclear, never
from handlers.effects import AddActivity, AddTarget, Ask, Decide, Effect, EndMembership, Say, Tell, Turn, Withdraw
from handlers.kinds import Line, OneOf
from handlers.needs import Versions, WaitingRequests
from handlers.records import FullReport, RequestKind, WaitingRequest
from handlers.report_view import overseen, title, unit_name, units_where
from handlers.waiting_list import DONE, WaitingList, next_ones, remember
from locales.dates import ENGLISH_MONTHS, THAI_MONTHS, THAI_MONTHS_SHORT
from locales.thai_phrases import plain
from models.rules.fiscal import BUDDHIST_ERA, Quarter
from models.rules.office import ReportKey
from models.rules.permissions import Action, oversees
from models.rules.standing import ReportState

MOST = 5
"""Requests listed at once: two buttons each, and LINE shows thirteen."""
DAYS = (7, 14, 30)
"""How long a unit is let in again, the first unless said otherwise."""
LONGEST = 90
OPENS = (RequestKind.UNLOCK, RequestKind.EDIT)


def requests_need(context: Context) -> WaitingRequests:
    """What `waiting` looks up."""
    owners = {each.owner_id for each in context.facts.office.indicators.values()}
    return WaitingRequests(overseen(context, Action.GRANT) | owners)


def waiting(context: Context) -> tuple[WaitingRequest, ...]:
    """What this coordinator may decide, the earliest first."""
    facts, office = context.facts, context.facts.office
    if not units_where(context, Action.GRANT):
        return ()
    found: tuple[WaitingRequest, ...] = context.find(requests_need(context))
    below = overseen(context, Action.GRANT)
    return tuple(
        each
        for each in found
        if each.id != context.answers.get(DONE)
        and (
            each.unit_id in below
            or (
                (key := key_of(each)) is not None
                and oversees(office, facts.memberships, Action.GRANT, key, facts.today) is not None
            )
        )
    )


def key_of(each: WaitingRequest | Ask) -> ReportKey | None:
    if each.indicator_id is None or each.quarter is None:
        return None
    return ReportKey(each.unit_id, each.indicator_id, each.quarter)


def chosen(context: Context) -> WaitingRequest | None:
    return next((each for each in waiting(context) if each.id == context.answers.get("request")), None)


def listed(context: Context) -> tuple[str, ...]:
    return tuple(each.id for each in waiting(context)[:MOST])


def request(context: Context) -> Prompt:
    """Each row says all there is to know, so that one tap is enough."""
    w, asked = context.w, waiting(context)
    rows, choices = [w("requests-list", count=len(asked))], []
    for place, each in enumerate(asked[:MOST], 1):
        rows.append(f"{place}. {said(context, each)}")
        for granted, name in ((True, "grant"), (False, "refuse")):
            label = w(f"requests-button-{name}", place=place)
            choices.append(Choice(label, {"answers": {"request": each.id, "granted": granted}}))
    if len(asked) > MOST:
        rows.append(w("requests-more", count=len(asked) - MOST))
    return Prompt("\n".join(rows), tuple(choices))


def said(context: Context, each: WaitingRequest) -> str:
    w = context.w
    return w(
        "requests-row",
        what=what(context, each),
        reason=each.reason or "none",
        who=each.person.name or w("person-former"),
        day=w.day(each.at),
    )


def what(context: Context, each: WaitingRequest | Ask) -> str:
    """What is asked for, as whoever asks and whoever decides read it."""
    w, office, key, data = context.w, context.facts.office, key_of(each), each.data
    measure = office.indicators[each.indicator_id].unit_of_measure if each.indicator_id in office.indicators else ""
    return w(
        "requests-what",
        kind=each.kind.value,
        title=title(context, key) if key else "–",
        unit=unit_name(context, office.units[each.unit_id]),
        quarter=str(each.quarter) if each.quarter else "–",
        activity=data.get("activity") or "none",
        month=data.get("month") or "none",
        target=w("report-amount", value=Decimal(data["value"]), measure=measure) if "value" in data else "–",
        document=data.get("document") or "none",
        role=w(f"role-{data['role']}") if "role" in data else "–",
    )


def chosen_what(context: Context) -> str:
    found = chosen(context)
    if found is None:
        raise LookupError("no request was chosen")
    return what(context, found)


@dataclass(frozen=True)
class LastDay(OneOf):
    """A number of days from today, tapped or typed. The answer is the day, as ISO writes it."""

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:
        found = re.fullmatch(r"(\d{1,3})\s*(?:วัน|days?)?", plain(text))
        if found and 1 <= int(found[1]) <= LONGEST:
            return Answered({name: (context.facts.today + timedelta(days=int(found[1]))).isoformat()})
        if found:
            return Unclear(context.w("requests-days-range", longest=LONGEST))
        return super().read(context, name, text, message_id)


def until(context: Context) -> Prompt:
    w, today = context.w, context.facts.today
    choices = tuple(
        Choice(
            w("requests-days", days=days, day=w.day(day)), day.isoformat(), short=w("requests-days-short", days=days)
        )
        for days in DAYS
        for day in (today + timedelta(days=days),)
    )
    return Prompt(w("requests-until", what=chosen_what(context), longest=LONGEST), choices)


def activity(context: Context) -> Prompt:
    return Prompt(context.w("requests-activity", what=chosen_what(context)))


def answer(context: Context) -> Prompt:
    phrases = context.w("requests-answers").split("|")
    return Prompt(
        context.w("requests-answer", what=chosen_what(context)),
        tuple(Choice(each, each) for each in phrases),
        beside=True,
    )


def opens(context: Context) -> bool:
    found = chosen(context)
    return found is not None and bool(context.answers.get("granted")) and found.kind in OPENS


def lacks_activity(context: Context) -> bool:
    """ขอเปลี่ยนกิจกรรม as the reason of a zero names no new activity yet."""
    found = chosen(context)
    asked = found is not None and found.kind is RequestKind.ACTIVITY and not found.data.get("activity")
    return asked and bool(context.answers.get("granted"))


def is_refused(context: Context) -> bool:
    return chosen(context) is not None and not context.answers["granted"]


def prepare(context: Context) -> Context:
    """Look up at once what a grant will need."""
    context = remember(context, listed)
    found = chosen(context)
    if found is not None and found.kind is RequestKind.WITHDRAW and (key := key_of(found)):
        context.find(Versions(key))
    return context


def refuse(context: Context) -> str:
    if not units_where(context, Action.GRANT):
        return context.w("requests-not-yours")
    return "" if waiting(context) or "request" in context.answers else context.w("requests-nothing")


def decided(context: Context) -> Turn:
    w, found = context.w, chosen(context)
    if found is None:
        return next_ones(REQUESTS, context, listed, w("requests-decided"))
    granted: bool = context.answers["granted"]
    last = date.fromisoformat(context.answers["until"]) if "until" in context.answers else None
    words = context.answers.get("answer", "")
    effects: list[Effect] = [Decide(found.id, granted, last, words)]
    if granted:
        effects += consequences(context, found)
    if found.person.reachable:
        effects.append(Tell(found.person.person_id, told(context, found, last)))
    done = w(
        "requests-done",
        granted="yes" if granted else "no",
        what=what(context, found),
        until=w.day(last) if granted and last else "none",
        answer=words or "none",
    )
    if not found.person.reachable:
        done = f"{done}\n{w('requests-not-told', who=found.person.name or w('person-former'))}"
    return next_ones(REQUESTS, context, listed, done, *effects, done=found.id)


def consequences(context: Context, found: WaitingRequest) -> list[Effect]:
    """What is changed beside the request itself."""
    key = key_of(found)
    match found.kind:
        case RequestKind.WITHDRAW if key is not None:
            versions: tuple[FullReport, ...] = context.find(Versions(key))
            newest = versions[-1].summary if versions else None
            if newest is not None and newest.state is not ReportState.WITHDRAWN:
                return [Withdraw(key, newest.version, found.reason)]
        case RequestKind.ACTIVITY if key is not None:
            text = found.data.get("activity") or context.answers["activity"]
            begins = first_day(found.data.get("month", ""), key.quarter, context.facts.today)
            return [AddActivity(key, begins, text, found.reason)]
        case RequestKind.TARGET if key is not None:
            value = Decimal(found.data["value"])
            return [AddTarget(key, context.facts.today, value, found.data.get("document", ""), found.reason)]
        case RequestKind.MOVED:
            return [EndMembership(found.data["membership"])]
    return []


def told(context: Context, found: WaitingRequest, last: date | None) -> Say:
    """What reaches whoever asked, in their language."""
    person, theirs = context.facts.person, context.in_language(found.person.language)
    w, granted = theirs.w, context.answers["granted"]
    text = w(
        "requests-told",
        granted="yes" if granted else "no",
        kind=found.kind.value,
        what=what(theirs, found),
        until=w.day(last) if last else "–",
        answer=context.answers.get("answer") or "none",
        coordinator=person.name if person else "",
    )
    if granted and found.kind is RequestKind.MOVED:
        return Say(text)
    name = "help" if not granted else "edit-sent" if found.kind is RequestKind.EDIT else "report"
    words = w(f"engine-button-{name}")
    return Say(text, (command_button(words, words),))


def first_day(month: str, quarter: Quarter, today: date) -> date:
    """The first day of a month as people write it (พ.ค. 64, May 2027); without a year the fiscal year of the report's.

    A month that cannot be read begins today.
    """
    words = re.sub(r"[.\s]", "", plain(month))
    months = (
        *((place, name) for place, name in enumerate(THAI_MONTHS, 1)),
        *((place, name) for place, name in enumerate(THAI_MONTHS_SHORT, 1)),
        *((place, name[:3].casefold()) for place, name in enumerate(ENGLISH_MONTHS, 1)),
    )
    found = next((place for place, name in months if name.replace(".", "") in words), None)
    if found is None:
        return today.replace(day=1)
    said_year = re.search(r"\d{4}|\d{2}", words)
    if said_year is None:
        year = quarter.fiscal_year - BUDDHIST_ERA - (1 if found >= 10 else 0)
    else:
        number = int(said_year[0])
        number = number + 2500 if number < 100 else number
        year = number - BUDDHIST_ERA if number > 2400 else number
    return date(year, found, 1)


REQUESTS = Conversation(
    name="requests",
    questions=(
        Question("request", WaitingList(request, self_answering=False, guesses=False, waits=listed), backs=never),
        Question("until", LastDay(until, self_answering=False), relevant=opens, backs=never),
        Question("activity", Line(activity), relevant=lacks_activity),
        Question("answer", Line(answer), relevant=is_refused),
    ),
    on_complete=decided,
    prepare=prepare,
    refuse=refuse,
    leave=lambda context: context.w("requests-put-aside"),
)
