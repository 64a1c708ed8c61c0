"""The SQL of the public pages, in the way of `bot.sql`: what was accepted, and nothing else.

How many statements a page takes does not depend on how many units, years or pictures there are.
"""

from __future__ import annotations

from bot.sql import Statement

_STANDS = "r.accepted_version IS NOT NULL AND r.state <> 'withdrawn'"
_ACCEPTED = f"report r JOIN report_version v ON v.report_id = r.id AND v.version = r.accepted_version AND {_STANDS}"
_PUBLIC_PICTURES = f"{_ACCEPTED} JOIN evidence e ON e.version_id = v.id AND e.public"


# ── what an ETag follows: everything that can change what a page shows ──────────────────────────────────────────────
def _kind(what: str, rows: str) -> str:
    """One row for all of a kind: hundreds of rows would cost more on their way than all the rest of an answer."""
    return f" UNION ALL SELECT '{what}', string_agg(one, ' ') FROM ({rows} ORDER BY one) AS {what}s"  # noqa: S608 - ours


_SET_UP = "SELECT 'setup' AS what, CAST(COALESCE(MAX(setup_revision), 0) AS text) AS said FROM installation"
_REPORT = (
    "SELECT CAST(r.id AS text) || '.' || r.accepted_version || '.' || r.version AS one"  # noqa: S608 - as below
    f" FROM report r WHERE {_STANDS}"
)
_GIVEN = "SELECT {0} || '.' || MAX(e.version) AS one FROM {1} e WHERE"


def _revision(of_reports: str, of_evaluations: str) -> Statement:
    """Versions, evaluations and summaries are never changed: which of them count says what they say."""
    pictures = f"SELECT CAST(e.id AS text) AS one FROM {_PUBLIC_PICTURES} WHERE {of_reports}"  # noqa: S608
    evaluations = _GIVEN.format("e.quarter", "evaluation")
    summaries = _GIVEN.format("e.indicator_id", "year_summary")
    return Statement(
        _SET_UP
        + _kind("report", f"{_REPORT} AND {of_reports}")
        + _kind("picture", pictures)
        + _kind("evaluation", f"{evaluations} {of_evaluations} GROUP BY e.quarter")
        + _kind("summary", f"{summaries} {of_evaluations} GROUP BY e.indicator_id")
    )


_THIS_INDICATOR = "indicator_id = (SELECT id FROM indicator WHERE code = ?) AND {0}.fiscal_year = ?"
INDICATOR_REVISION = _revision(f"r.{_THIS_INDICATOR.format('r')}", f"e.{_THIS_INDICATOR.format('e')}")
"""Code and fiscal year, four times."""
_THIS_UNIT = "unit_id = (SELECT id FROM unit WHERE code = ?)"
_OF_UNIT = (
    f"(r.{_THIS_UNIT} OR r.indicator_id IN (SELECT id FROM indicator WHERE owner_id ="  # noqa: S608 - a piece of the statement below
    " (SELECT id FROM unit WHERE code = ?))) AND r.fiscal_year = ?"
)
UNIT_REVISION = Statement(_SET_UP + _kind("report", f"{_REPORT} AND {_OF_UNIT}"))
"""The unit's code twice, and the fiscal year."""

# ── an indicator's page ─────────────────────────────────────────────────────────────────────────────────────────────
INDICATOR = Statement(
    'SELECT i.id, i.code, i."order", i.name, i.name_en, i.owner_id, i.unit_of_measure, i.kind, i.part_kind, i.type,'
    " i.level, i.direction, i.accumulation, i.over_quarters, i.over_units, i.weight, i.scale_min, i.scale_max,"
    " i.definition, i.method, i.data_source, i.strategy, i.projects, i.links, u.code AS unit_code, u.name AS unit_name,"
    " u.name_en AS unit_name_en FROM indicator i JOIN unit u ON u.id = i.owner_id WHERE i.code = ?"
)
YEARS_OF_INDICATOR = Statement(
    "SELECT fiscal_year FROM assignment WHERE indicator_id = ? UNION SELECT fiscal_year FROM target"
    " WHERE indicator_id = ? UNION SELECT fiscal_year FROM report WHERE indicator_id = ?"
    " AND accepted_version IS NOT NULL ORDER BY fiscal_year"
)
"""The indicator, three times."""
TARGETS = Statement(
    "SELECT indicator_id, unit_id, valid_from, value, text, document_number, reason FROM target"
    " WHERE indicator_id IN ids(?) AND fiscal_year = ? ORDER BY valid_from"
)
ACTIVITIES = Statement(
    "SELECT indicator_id, valid_from, text, document_number, reason FROM activity"
    " WHERE indicator_id IN ids(?) AND unit_id = ? AND fiscal_year = ? ORDER BY valid_from"
)
ASSIGNED_UNITS = Statement(
    "SELECT a.indicator_id, a.unit_id, a.quarters, a.weight, u.code, u.name, u.name_en FROM assignment a"
    " JOIN unit u ON u.id = a.unit_id WHERE a.indicator_id IN ids(?) AND a.fiscal_year = ? ORDER BY u.code"
)
ACCEPTED_OF_INDICATORS = Statement(
    "SELECT r.indicator_id, r.unit_id, u.code, u.name, u.name_en, r.quarter, r.version AS newest,"  # noqa: S608
    " v.id AS version_id, v.version, v.answer, v.result, v.zero_reason, v.submitted_at,"
    " CASE WHEN ? IN (0, r.unit_id) THEN v.narrative ELSE '' END AS narrative,"
    " (SELECT MAX(w.at) FROM review w WHERE w.report_id = r.id AND w.version = v.version"
    " AND w.decision = 'accepted') AS accepted_at"
    f" FROM {_ACCEPTED} JOIN unit u ON u.id = r.unit_id"
    " WHERE r.indicator_id IN ids(?) AND r.fiscal_year = ? ORDER BY u.code, r.quarter"
)
"""The unit whose narratives are wanted, 0 for all; then the indicators and the fiscal year."""
SUB_MEASURES = Statement(
    "SELECT id, code, label, label_en, unit_of_measure, accumulation FROM sub_measure"
    ' WHERE indicator_id = ? ORDER BY "order", code'
)
SUB_MEASURE_RESULTS = Statement(
    f"SELECT r.unit_id, r.quarter, s.sub_measure_id, s.value FROM {_ACCEPTED}"  # noqa: S608
    " JOIN sub_measure_result s ON s.version_id = v.id WHERE r.indicator_id = ? AND r.fiscal_year = ?"
)
PICTURES = Statement(
    "SELECT e.id, r.quarter, u.code, u.name, u.name_en, p.width, p.height"  # noqa: S608
    f" FROM {_PUBLIC_PICTURES} JOIN unit u ON u.id = r.unit_id LEFT JOIN picture p ON p.message_id = e.message_id"
    " WHERE r.indicator_id = ? AND r.fiscal_year = ? ORDER BY r.quarter, u.code, e.id"
)
CRITERIA = Statement(
    'SELECT id, code, label, label_en, maximum FROM criterion WHERE fiscal_year = ? ORDER BY "order", code'
)
EVALUATIONS = Statement(
    "SELECT e.id, e.quarter, e.version, e.overall, e.comment, e.evaluated_at FROM evaluation e"
    " WHERE e.indicator_id = ? AND e.fiscal_year = ? AND e.version = (SELECT MAX(n.version) FROM evaluation n"
    " WHERE n.indicator_id = e.indicator_id AND n.fiscal_year = e.fiscal_year AND n.quarter = e.quarter)"
    " ORDER BY e.quarter"
)
SCORES = Statement(
    "SELECT s.evaluation_id, s.criterion_id, s.score FROM evaluation_score s WHERE s.evaluation_id IN uuids(?)"
)
SUMMARY = Statement(
    "SELECT text, at FROM year_summary WHERE indicator_id = ? AND fiscal_year = ? ORDER BY version DESC LIMIT 1"
)

# ── a unit's page ───────────────────────────────────────────────────────────────────────────────────────────────────
UNIT = Statement(
    "SELECT u.id, u.code, u.name, u.name_en, u.kind, p.code AS parent_code, p.name AS parent_name,"
    " p.name_en AS parent_name_en FROM unit u LEFT JOIN unit p ON p.id = u.parent_id WHERE u.code = ?"
)
INDICATORS_OF_UNIT = Statement(
    'SELECT i.id, i.code, i."order", i.name, i.name_en, i.owner_id, i.unit_of_measure, i.kind, i.part_kind, i.type,'
    " i.level, i.direction, i.over_quarters, i.over_units FROM indicator i"
    " WHERE EXISTS (SELECT 1 FROM assignment a WHERE a.indicator_id = i.id AND a.fiscal_year = ?"
    " AND (a.unit_id = ? OR i.owner_id = ?))"
    " OR EXISTS (SELECT 1 FROM report r WHERE r.indicator_id = i.id AND r.fiscal_year = ? AND r.unit_id = ?"
    " AND r.accepted_version IS NOT NULL)"
    ' ORDER BY i."order", i.code'
)
"""Fiscal year, unit, unit, fiscal year, unit."""
YEARS_OF_UNIT = Statement(
    "SELECT a.fiscal_year FROM assignment a JOIN indicator i ON i.id = a.indicator_id"
    " WHERE a.unit_id = ? OR i.owner_id = ? UNION SELECT fiscal_year FROM report WHERE unit_id = ?"
    " AND accepted_version IS NOT NULL UNION SELECT a.fiscal_year FROM assignment a JOIN unit u ON u.id = a.unit_id"
    " LEFT JOIN unit p ON p.id = u.parent_id WHERE ? IN (u.parent_id, p.parent_id) ORDER BY fiscal_year"
)
"""The unit, four times: its own years, and those of the units below it, as in UNITS_BELOW."""
UNITS_BELOW = Statement(
    "SELECT u.code, u.name, u.name_en FROM unit u WHERE u.parent_id = ?"
    " AND (EXISTS (SELECT 1 FROM assignment a WHERE a.unit_id = u.id AND a.fiscal_year = ?)"
    " OR EXISTS (SELECT 1 FROM unit c JOIN assignment a ON a.unit_id = c.id WHERE c.parent_id = u.id"
    " AND a.fiscal_year = ?)) ORDER BY u.code"
)
"""The unit, then the fiscal year twice."""

# ── the rest ────────────────────────────────────────────────────────────────────────────────────────────────────────
PUBLIC_PICTURES = Statement(
    f"SELECT e.id, e.path, e.content_type, e.sha256 FROM {_PUBLIC_PICTURES} WHERE e.id IN uuids(?)"  # noqa: S608
)
INDICATOR_CODES = Statement("SELECT code, name, name_en FROM indicator ORDER BY code")
UNIT_CODES = Statement(
    "SELECT code, name, name_en FROM unit ORDER BY CASE WHEN parent_id IS NULL THEN 0 ELSE 1 END, code"
)
"""Those that no other unit is above come first."""
