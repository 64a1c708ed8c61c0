"""ประเมิน 2300-848 ไตรมาส 3: an evaluator scores each criterion and, by itself, the whole. Every version is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from handlers.asking import edit_choices
from handlers.buttons import command_button
from handlers.context import Context
from handlers.conversation import Answered, Choice, Conversation, Each, Prompt, Question, Reading, Unclear
from handlers.effects import Evaluate, Say, Turn
from handlers.evaluation_view import criterion_name, evaluation_text, newest
from handlers.facts import EvaluationSummary, FullReport, ReportInFull, ReportsOf
from handlers.idle import idle_buttons
from handlers.kinds import Line, OneOf
from handlers.measured import Measured
from handlers.report_kinds import QuarterChoice
from handlers.report_questions import first_words
from handlers.report_view import indicator_name, overseen, quarter_name, spoken
from handlers.round_view import Reports
from handlers.session import Session
from models.rules.fiscal import Quarter
from models.rules.office import Criterion, Indicator, ReportKey
from models.rules.permissions import Action

MOST_OFFERED = 10
"""What waits for a score is offered up to this number; whatever else there is can be typed by its code."""
BASE = "_base"
"""In the answers: the version that stood when this began; 0: none."""
EXCERPT = 300
"""Characters of the narrative that are shown before the scores; อ่านทั้งหมด shows all."""


@dataclass(frozen=True)
class Score(Measured):
    """Points, 0 to a maximum; skipped is not given, which is not zero."""

    most: Callable[[Context], Decimal | None] = lambda _: None

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:
        for each in self.put(context).choices:
            if each.is_said(text):
                return self.take(context, name, each.value)
        return super().read(context, name, text, message_id)

    def answered(self, context: Context, name: str, value: Decimal) -> Reading:
        most = self.most(context)
        if most is not None and value > most:
            return Unclear(context.w("evaluate-above", value=value, most=most))
        return super().answered(context, name, value)


@dataclass(frozen=True)
class Seen(OneOf):
    """Answered with the number of the version that was shown: a newer one is shown again."""

    def complete(self, context: Context, name: str) -> bool:
        return bool(context.answers[name] == version_before(context))


@dataclass(frozen=True)
class QuarterToScore(QuarterChoice):
    """The quarter of the chosen indicator; where a single one waits for its score, that one. Others are said along."""

    def alone(self, context: Context) -> Any | None:
        waiting = [str(of) for each, of in unscored(context) if each.id == context.answers["indicator"]]
        return waiting[0] if len(waiting) == 1 else None


@dataclass(frozen=True)
class Comment(Line):
    """One message of any length, as it was written."""

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:  # noqa: ARG002
        for each in self.put(context).choices:
            if each.is_said(text):
                return self.take(context, name, each.value)
        return Answered({name: text.strip()}) if text.strip() else Unclear(context.w("answer-not-words"))

    def take(self, context: Context, name: str, value: Any) -> Reading:
        before = given_before(context)
        if value is True and before:  # a button cannot carry a long comment
            return Answered({name: before.comment})
        return self.read(context, name, value, "") if isinstance(value, str) else Unclear(context.w("engine-stale"))


def evaluable(context: Context) -> list[Indicator]:
    """The indicators whose owner lies in this evaluator's charge."""
    below = overseen(context, Action.EVALUATE)
    found = [each for each in context.facts.office.indicators.values() if each.owner_id in below]
    return sorted(found, key=lambda each: (each.order, each.code))


def begun_quarters(context: Context) -> tuple[Quarter, ...]:
    """The last four quarters that have begun, the newest first: each number once."""
    found = [Quarter.of(context.facts.today)]
    while len(found) < 4:
        found.append(found[-1].previous)
    return tuple(found)


def unscored(context: Context) -> list[tuple[Indicator, Quarter]]:
    """What waits for an overall score: what was due in quarters that are over and is settled, the earliest first."""
    indicators = evaluable(context)
    over = sorted(each for each in begun_quarters(context) if each.last_day < context.facts.today)
    done = {(each.indicator_id, each.quarter) for each in given(context) if each.overall is not None}
    return [
        (indicator, quarter)
        for quarter in over
        for indicator in indicators
        if (indicator.id, quarter) not in done
        and is_due(context, indicator, quarter)
        and not why_not_yet(context, indicator, quarter)
    ]


def why_not_yet(context: Context, indicator: Indicator, quarter: Quarter) -> str:
    """Why a quarter is not to be evaluated: to come, nothing there, or its round is open and nothing accepted."""
    w, today, dates = context.w, context.facts.today, context.facts.office.rounds.get(quarter)
    if today < quarter.first_day:
        return w("evaluate-to-come", quarter=str(quarter))
    report = owners_reports(context).get(ReportKey(indicator.owner_id, indicator.id, quarter))
    if report is not None and (dates is None or report.accepted_version is not None):
        return ""
    if dates is None or not is_due(context, indicator, quarter):
        return w("evaluate-nothing-there", code=indicator.code, quarter=str(quarter))
    if today > dates.closes:
        return ""  # whatever was reported by then, or nothing, is what there is to evaluate
    return w("evaluate-not-accepted", code=indicator.code, quarter=str(quarter), day=w.day(dates.closes))


def given(context: Context) -> list[EvaluationSummary]:
    """What there is of everything in this evaluator's charge: asked for at once, whatever the turn then needs of it."""
    found, _ = context.both(
        lambda: newest(context, evaluable(context), years_concerned(context)),
        lambda: context.both(
            lambda: owners_reports(context), lambda: reported(context) if known_subject(context) else None
        ),
    )
    return found


def years_concerned(context: Context) -> list[int]:
    quarters = [*begun_quarters(context), *([subject(context)[1]] if known_subject(context) else [])]
    return sorted({each.fiscal_year for each in quarters})


def owners_reports(context: Context) -> Reports:
    """The newest standing versions of what is evaluated: the owners' own reports."""
    owners = frozenset(each.owner_id for each in evaluable(context))
    found = context.find_all(ReportsOf(owners, year) for year in years_concerned(context)) if owners else []
    return {each.key: each for some in found for each in some}


def scores_status(context: Context) -> Say:
    """สถานะ for an evaluator: what waits for a score, a tap each."""
    w, waiting = context.w, unscored(context)
    begun = {(each.indicator_id, each.quarter) for each in given(context)}
    rows = [
        w(
            "evaluate-row",
            code=each.code,
            quarter=str(of),
            name=indicator_name(context, each),
            begun="yes" if (each.id, of) in begun else "no",
        )
        for each, of in waiting
    ]
    more = [w("status-more", count=len(rows) - MOST_OFFERED)] if len(rows) > MOST_OFFERED else []
    how = [w("evaluate-how", code=each.code, quarter=str(of)) for each, of in waiting[:1]]
    lines = [w("evaluate-status", count=len(waiting)), *rows[:MOST_OFFERED], *more, *how]
    buttons = [
        command_button(
            w("evaluate-waiting-short", code=each.code, quarter=str(of)),
            f"{w('evaluate-button')} {each.code} {w('evaluate-quarter-typed', quarter=str(of))}",
        )
        for each, of in waiting[:MOST_OFFERED]
    ]
    return Say("\n".join(lines), (*buttons, *idle_buttons(context)))


def is_due(context: Context, indicator: Indicator, quarter: Quarter) -> bool:
    """Whether any unit reports the indicator in the quarter."""
    return any(
        (each.indicator_id, each.fiscal_year) == (indicator.id, quarter.fiscal_year) and quarter.number in each.quarters
        for each in context.facts.office.assignments
    )


def subject(context: Context) -> tuple[Indicator, Quarter]:
    answers = context.answers
    return context.facts.office.indicators[answers["indicator"]], Quarter.parse(answers["quarter"])


def criteria(context: Context) -> tuple[Criterion, ...]:
    return context.facts.office.criteria.get(subject(context)[1].fiscal_year, ())


def criterion_of(context: Context, code: str) -> Criterion:
    return next(each for each in criteria(context) if each.code == code)


def given_before(context: Context) -> EvaluationSummary | None:
    """The newest evaluation of the quarter under way."""
    indicator, quarter = subject(context)
    return next((each for each in given(context) if (each.indicator_id, each.quarter) == (indicator.id, quarter)), None)


def version_before(context: Context) -> int:
    before = given_before(context)
    return before.version if before else 0


def which_indicator(context: Context) -> Prompt:
    """What waits stands first, whole; every indicator can be typed by its code."""
    quarter = context.answers.get("quarter")
    waiting = [] if quarter else unscored(context)[:MOST_OFFERED]
    offered = [
        Choice(
            context.w("evaluate-waiting", code=each.code, quarter=str(of)),
            {"answers": {"indicator": each.id, "quarter": str(of)}},
            short=context.w("evaluate-waiting-short", code=each.code, quarter=str(of)),
        )
        for each, of in waiting
    ]
    indicators = [Choice(each.code, each.id, names=(each.name,), tappable=not waiting) for each in evaluable(context)]
    return Prompt(context.w("evaluate-indicator", count=len(waiting)), (*offered, *indicators), numbered=True)


def which_quarter(context: Context) -> Prompt:
    """Those that can be evaluated; where none can, all are offered, and each says why not."""
    indicator, begun = context.facts.office.indicators[context.answers["indicator"]], begun_quarters(context)
    choices = tuple(
        Choice(quarter_name(context, each), str(each), short=context.w("report-button-quarter", quarter=str(each)))
        for each in [each for each in begun if not why_not_yet(context, indicator, each)] or begun
    )
    return Prompt(context.w("evaluate-quarter", code=indicator.code), choices, listed=True)


def first_score(code: str) -> Score:
    def put(context: Context) -> Prompt:
        w, criterion, before = context.w, criterion_of(context, code), given_before(context)
        score = before.scores.get(code) if before else None
        question = w("evaluate-score", criterion=criterion_name(context, criterion), maximum=criterion.maximum)
        return with_before(context, question, score, first=criterion is criteria(context)[0])

    return Score(
        put,
        points,
        said_points,
        fractions=lambda _: True,
        adds_up=lambda _: False,
        may_be_absent=True,
        most=lambda context: criterion_of(context, code).maximum,
    )


def overall(context: Context) -> Prompt:
    before = given_before(context)
    return with_before(
        context, context.w("evaluate-overall"), before.overall if before else None, first=not criteria(context)
    )


def with_before(context: Context, question: str, before: Decimal | None, *, first: bool) -> Prompt:
    """A score's question; the first stands under what is evaluated, and what was given before is a tap away."""
    w = context.w
    lines = [*(evaluated(context) if first else []), question]
    keep = [] if before is None else [Choice(w("evaluate-keep", score=before), f"{before:f}")]
    return Prompt("\n".join(lines), tuple(keep), beside=True)


def evaluated(context: Context) -> list[str]:
    """The result and the beginning of the narrative that are evaluated, and which version stands."""
    w, (indicator, quarter), report = context.w, subject(context), reported(context)
    lines = [w("evaluation-head", code=indicator.code, quarter=quarter_name(context, quarter))]
    if report is None:
        lines.append(w("evaluate-not-reported"))
    else:
        key, found = report.summary.key, report.summary
        target = context.facts.office.target(key)
        lines.append(
            w(
                "evaluate-result",
                result=spoken(context, key, found.result, found.zero_reason),
                target=spoken(context, key, target.value) if target and target.value is not None else "none",
            )
        )
        if report.narrative:
            lines.append(first_words(report.narrative, EXCERPT))
        if len(report.narrative) > EXCERPT:
            lines.append(w("evaluate-read-all"))
    before = given_before(context)
    if before:
        lines.append(w("evaluate-before", version=before.version, day=w.day(before.evaluated_at)))
    return lines


def reported(context: Context) -> FullReport | None:
    """What the owner reported."""
    indicator, quarter = subject(context)
    found: FullReport | None = context.find(ReportInFull(ReportKey(indicator.owner_id, indicator.id, quarter)))
    return found


def points(context: Context) -> tuple[str, ...]:
    return tuple(context.w("evaluate-points").split("|"))


def said_points(context: Context, value: Decimal) -> str:
    return context.w("evaluate-said", score=value)


def comment(context: Context) -> Prompt:
    w, before = context.w, given_before(context)
    keep = (Choice(w("engine-button-keep"), True),) if before and before.comment else ()
    old = [w("evaluate-comment-before", text=before.comment)] if before and before.comment else []
    return Prompt("\n".join([w("evaluate-comment"), *old]), keep, beside=True)


def proposed(context: Context) -> tuple[dict[str, Decimal], Decimal | None, str]:
    """Scores by criterion code, overall score and comment, as they are to be stored."""
    answers = context.answers
    scores = {
        each.code: Decimal(answers[f"scores.{each.code}"])
        for each in criteria(context)
        if answers.get(f"scores.{each.code}")
    }
    whole = answers.get("overall")
    return scores, Decimal(whole) if whole else None, answers.get("comment", "")


def confirm(context: Context) -> Prompt:
    """Everything that will be stored, numbered as แก้ข้อ N counts."""
    w, (indicator, quarter) = context.w, subject(context)
    scores, whole, words = proposed(context)
    lines = [w("evaluate-preview", code=indicator.code, quarter=quarter_name(context, quarter))]
    for place, each in enumerate(criteria(context), 1):
        score = scores.get(each.code)
        lines.append(
            w(
                "evaluate-preview-score",
                place=place,
                criterion=criterion_name(context, each),
                score=w.amount(score) if score is not None else "none",
                maximum=each.maximum,
            )
        )
    place = len(criteria(context)) + 1
    lines.append(w("evaluate-preview-overall", place=place, score=w.amount(whole) if whole is not None else "none"))
    highest = max((each.maximum for each in criteria(context)), default=None)
    if whole is not None and highest is not None and whole > highest:
        lines.append(w("evaluate-overall-high", most=highest))
    lines.append(w("evaluate-preview-comment", place=place + 1, text=words or "–"))
    edits = edit_choices(EVALUATE, context)
    before = given_before(context)
    same = before is not None and (dict(before.scores), before.overall, before.comment) == (scores, whole, words)
    if same or not (scores or whole is not None or words):
        lines.append(w("evaluate-same" if same else "evaluate-nothing"))
        return Prompt("\n".join(lines), edits)
    names = tuple(w("evaluate-button-save.names").split("|"))
    return Prompt("\n".join(lines), (Choice(w("evaluate-button-save"), True, names=names), *edits))


def prepare(context: Context) -> Context:
    """Remembers which version this began from; a colleague's newer one is shown before anything is stored."""
    if not known_subject(context) or BASE in context.answers or refuse(context):
        return context
    return context.answered({BASE: version_before(context)})


def overtaken(context: Context) -> bool:
    return known_subject(context) and version_before(context) != context.answers.get(BASE)


def newer(context: Context) -> Prompt:
    w, before = context.w, given_before(context)
    lines = [w("evaluate-newer"), evaluation_text(context, before)] if before else [w("evaluate-newer")]
    return Prompt("\n".join(lines), (Choice(w("engine-button-continue"), version_before(context)),))


def refuse(context: Context) -> str:
    """Why this cannot be evaluated, or not by this person."""
    w, office, answers = context.w, context.facts.office, context.answers
    if not overseen(context, Action.EVALUATE):
        return w("evaluate-not-yours")
    if "indicator" in answers and answers["indicator"] not in {each.id for each in evaluable(context)}:
        return w("evaluate-other-unit", code=office.indicators[answers["indicator"]].code)
    if known_subject(context) and given_before(context) is None and (why := why_not_yet(context, *subject(context))):
        return why
    return "" if evaluable(context) else w("evaluate-nothing-assigned")


def stored(context: Context) -> Turn:
    """The receipt: what now stands, and what still waits."""
    w, (indicator, quarter) = context.w, subject(context)
    scores, whole, words = proposed(context)
    ids = {criterion_of(context, code).id: score for code, score in scores.items()}
    version = version_before(context)
    effect = Evaluate(indicator.id, quarter, version, whole, ids, words)
    now = EvaluationSummary(indicator.id, quarter, version + 1, whole, scores, words, context.facts.now)
    left = len([each for each in unscored(context) if each != (indicator, quarter) or whole is None])
    lines = [w("evaluate-stored"), evaluation_text(context, now)]
    lines += [w("evaluate-without-overall")] if whole is None else []
    lines.append(w("evaluate-left", count=left))
    return Turn(Session(), (effect, Say("\n".join(lines), idle_buttons(context))))


def full_text(context: Context) -> str:
    report = reported(context) if known_subject(context) else None
    return report.narrative if report else ""


def known_subject(context: Context) -> bool:
    return {"indicator", "quarter"} <= context.answers.keys()


def codes(context: Context) -> tuple[str, ...]:
    return tuple(each.code for each in criteria(context)) if known_subject(context) else ()


EVALUATE = Conversation(
    name="evaluate",
    questions=(
        Question("indicator", OneOf(which_indicator, self_answering=False), restarts=True),
        Question(
            "quarter",
            QuarterToScore(which_quarter, self_answering=False, open_quarters=begun_quarters),
            restarts=True,
        ),
        Each("scores", codes, first_score, counted=True, required=False),
        Question(
            "overall",
            Score(overall, points, said_points, fractions=lambda _: True, adds_up=lambda _: False, may_be_absent=True),
            required=False,
            counted=True,
        ),
        Question("comment", Comment(comment), required=False, counted=True),
        Question("newer", Seen(newer, self_answering=False), relevant=overtaken, backs=False),
        Question("confirm", OneOf(confirm, self_answering=False, guesses=False), backs=False),
    ),
    on_complete=stored,
    prepare=prepare,
    refuse=refuse,
    full_text=full_text,
    leave=lambda context: context.w("evaluate-left-off"),
    sure_to_cancel=lambda context: context.w("evaluate-cancel"),
    cancelled=lambda context: context.w("evaluate-left-off"),
)
