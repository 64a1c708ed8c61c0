"""ประเมิน 2300-848 ไตรมาส 3: an evaluator scores each criterion and, by itself, the whole. Every version is kept."""

from __future__ import annotations

from decimal import Decimal

from handlers.asking import edit_choices
from handlers.context import Context
from handlers.conversation import Choice, Conversation, Each, Prompt, Question, never
from handlers.effects import Evaluate, Say, Turn
from handlers.evaluation_kinds import Comment, QuarterToScore, Score, Seen
from handlers.evaluation_view import criterion_name, evaluation_text
from handlers.idle import idle_buttons
from handlers.kinds import OneOf
from handlers.records import EvaluationSummary
from handlers.report_questions import first_words
from handlers.report_view import indicator_names, overseen, quarter_name, spoken
from handlers.session import Session
from handlers.to_evaluate import (
    MOST_OFFERED,
    begun_quarters,
    combined,
    criteria,
    evaluable,
    given_before,
    known_subject,
    reported,
    subject,
    typed,
    unscored,
    version_before,
    waiting_buttons,
    why_not_yet,
)
from models.rules.office import Criterion, ReportKey
from models.rules.permissions import Action
from models.rules.standing import ReportState

BASE = "_base"
"""In the answers: the version that stood when this began; 0: none."""
MOST_NEXT = 3
"""Of what still waits, a tap away from the receipt."""
EXCERPT = 300
"""Characters of the narrative that are shown before the scores; อ่านทั้งหมด shows all."""


def criterion_of(context: Context, code: str) -> Criterion:
    return next(each for each in criteria(context) if each.code == code)


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
    indicators = [
        Choice(each.code, each.id, names=indicator_names(context, each), tappable=not waiting)
        for each in evaluable(context)
    ]
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
    lines = [w("evaluation-head", code=indicator.code, quarter=quarter_name(context, quarter)), result_line(context)]
    if report is not None and report.narrative:
        lines.append(first_words(report.narrative, EXCERPT))
        lines += [w("evaluate-read-all")] if len(report.narrative) > EXCERPT else []
    before = given_before(context)
    if before:
        lines.append(w("evaluate-before", version=before.version, day=w.day(before.evaluated_at)))
    return lines


def result_line(context: Context) -> str:
    """The owner's result with a zero's reason; where the owner sent none, what its units' reports make."""
    w, (indicator, quarter), report, made = context.w, subject(context), reported(context), combined(context)
    key = ReportKey(indicator.owner_id, indicator.id, quarter)
    target = context.facts.office.target(key)
    goal = spoken(context, key, target.value) if target and target.value is not None else "none"
    if report is not None:
        found = report.summary
        result, units, everybody, unreviewed = found.result, 0, 0, int(found.state is not ReportState.ACCEPTED)
        reason = w(f"report-zero-{found.zero_reason}") if found.zero_reason else "none"
    elif made is not None and made[0].result is not None:
        rolled, unreviewed = made
        result, reason, units = made[0].result, "none", len(rolled.counted)
        everybody = units + len(rolled.unusable) + len(rolled.missing)
    else:
        return w("evaluate-not-reported")
    return w(
        "evaluate-result",
        result=spoken(context, key, result),
        reason=reason,
        target=goal,
        units=units,
        all=everybody,
        unreviewed=unreviewed,
    )


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
    places = ", ".join(str(each) for each in range(1, place + 2))
    if same or not (scores or whole is not None or words):
        lines.append(w("evaluate-same" if same else "evaluate-nothing"))
        lines.append(w("evaluate-preview-how", save="no", places=places))
        return Prompt("\n".join(lines), edits, listed=False)
    lines.append(w("evaluate-preview-how", save="yes", places=places))
    names = tuple(w("evaluate-button-save.names").split("|"))
    return Prompt("\n".join(lines), (Choice(w("evaluate-button-save"), True, names=names), *edits), listed=False)


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
    left = [each for each in unscored(context) if each != (indicator, quarter) or whole is None]
    lines = [w("evaluate-stored"), evaluation_text(context, now)]
    lines += [w("evaluate-without-overall")] if whole is None else []
    lines.append(w("report-receipt-typed", words=typed(context, indicator, quarter)))
    lines.append(w("evaluate-left", count=len(left)))
    following = [each for each in left if each != (indicator, quarter)][:MOST_NEXT]
    buttons = (*waiting_buttons(context, following), *idle_buttons(context))
    return Turn(Session(), (effect, Say("\n".join(lines), buttons)))


def has_scores(context: Context) -> bool:
    """Whether something was answered that leaving throws away."""
    return any(name.startswith("scores.") or name in {"overall", "comment"} for name in context.answers)


def full_text(context: Context) -> str:
    report = reported(context) if known_subject(context) else None
    return report.narrative if report else ""


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
        Question("newer", Seen(newer, self_answering=False), relevant=overtaken, backs=never),
        Question("confirm", OneOf(confirm, self_answering=False, guesses=False), backs=never),
    ),
    on_complete=stored,
    prepare=prepare,
    refuse=refuse,
    full_text=full_text,
    leave=lambda context: context.w("evaluate-left-off", scored="yes" if has_scores(context) else "no"),
    sure_to_cancel=lambda context: context.w("evaluate-cancel"),
    cancelled=lambda context: context.w("evaluate-left-off", scored="no"),
)
