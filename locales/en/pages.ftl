# The public pages: an indicator's and a unit's

page-site = Indicator reports
page-skip = Skip to the content
page-other-language = ไทย
page-none = –
page-none-said = not reported
page-none-set = none

page-indicator-title = { $code } { $name } · fiscal year { $year }
page-unit-title = Indicators of { $name } · fiscal year { $year }
page-indicator-kind = Indicator
page-unit-kind = Indicators of a unit
page-code = Indicator code
page-unit-code = Unit code
page-fiscal-year = Fiscal year
page-other-years = Other fiscal years
page-year = { $year }
page-year-link = Fiscal year { $year }
page-unit = Responsible unit
page-within = Part of

page-target = Target
page-result = Result
page-reached = Progress
page-reached-percent = { AMOUNT($percent) } % of the target
page-reached-nothing = Not computable yet
page-type = Type
page-type-strategic = Strategic indicator
page-type-routine = Routine indicator
page-type-negotiated = Negotiated indicator
page-level = Level
page-level-output = Output indicator
page-level-outcome = Outcome indicator
page-over-quarters-latest = The year's result: the latest accepted quarter
page-over-quarters-sum = The year's result: the sum of the accepted quarters
page-over-quarters-mean = The year's result: the mean of the accepted quarters
page-over-quarters-maximum = The year's result: the highest accepted quarter
page-accepted-at = Accepted data as of { DATE($day, style: "long") }
page-nothing-accepted = No result of this fiscal year has been accepted yet
page-newer = Quarter { $quarter } has a newer version ({ $newest }) that is not accepted yet; version { $version } is shown

page-get = Print and download
page-print = Print (PDF)
page-print-thai = PDF in Thai digits
page-print-arabic = PDF in Arabic digits
page-get-xlsx = Excel
page-get-csv = CSV
page-get-json = JSON
page-digits-thai = Show Thai digits
page-digits-arabic = Show Arabic digits
page-printed = Printed on { DATE($day, style: "long") }

page-evaluator = Evaluation by the strategy and evaluation department
page-evaluator-latest = Quarter { $quarter }
page-evaluator-none = Not evaluated yet
page-evaluator-comment = The evaluators' comment

page-quarters = Result against target by quarter
page-counts-cumulative = The result of each quarter counts from the beginning of the fiscal year
page-counts-per_quarter = The result of each quarter counts that quarter alone
page-criterion-maximum = of { AMOUNT($maximum) }
page-quarter = Quarter { $number }
page-quarter-head = Quarter
page-result-head = Result
page-target-head = Target
page-score-head = Evaluation
page-overall-head = Overall
page-not-due = Not due
page-combined = Quarter { $quarter }: combined from { $reported } of { $units } units
page-combined-uncounted = Quarter { $quarter }: not combined yet, for targets or weights are missing
page-chart-title = Chart of result against target by quarter
page-chart-result = Quarter { $quarter } result { AMOUNT($result) }
page-chart-no-result = Quarter { $quarter } not reported
page-chart-not-due = Quarter { $quarter } not due
page-chart-target = target { AMOUNT($target) }
page-chart-no-target = no target as a number
page-legend-quarter = Below: quarter
page-legend-result = Bar: result
page-legend-target = Dashed line: target
page-legend-none = –: not reported

page-narrative = Report of quarter { $number }
page-narrative-months = ({ $months })
page-narrative-not-due = Not due in this quarter
page-narrative-none = No accepted report yet
page-zero-in_progress = in progress
page-zero-prevented = prevented
page-zero-activity_change = a change of activity is asked for
page-zero-not_planned = nothing planned in this quarter
page-zero = Why the result is zero: { $reason }
page-accepted-on = Accepted on { DATE($day, style: "medium") }

page-sub-measures = Sub-measures
page-sub-measure = Count
page-sub-cumulative = cumulative
page-sub-per_quarter = per quarter
page-summary = The year's summary
page-summary-none = No summary yet
page-pictures = Evidence
page-picture = Picture { $number }, quarter { $quarter }, { $unit }
page-units = The units behind the number
page-units-count = { $reported } of { $units } units reported and were accepted
page-unit-head = Unit
page-answer = { $answer ->
        [yes] done
        [in_progress] under way
       *[no] not done
    }

page-units-done = Units that have done it
page-activities = Activities and targets
page-activity = Activity
page-from = From { DATE($day, style: "long") }
page-document = Document
page-reason = Reason
page-definition = Definition
page-method = Method of calculation
page-source = How the data are collected
page-strategy = Bangkok strategy it supports
page-strategy-1 = Area
page-strategy-2 = Dimension
page-strategy-3 = Goal
page-strategy-4 = Tactic
page-projects = Supporting projects and activities
page-links = City indicator database
page-empty = Not stated

page-indicators = Indicators
page-indicators-count = { $count ->
        [one] 1 indicator
       *[other] { $count } indicators
    }
page-indicators-none = No indicators in this fiscal year
page-told = With an accepted result
page-below = Units below it

page-missing = Page not found
page-missing-indicator = There is no indicator { $code }
page-missing-unit = There is no unit { $code }
page-missing-year = There is nothing of fiscal year { $year }
page-missing-nearest = Perhaps you meant
page-missing-years = There are fiscal years
page-missing-address = An address is written like { $example }
page-missing-christian = Fiscal years are written in the Buddhist era: { $common } is { $year }
page-missing-start = Start from a unit
page-busy = Many people are printing at the moment; please try again in a minute. The page itself can be read and printed from the browser.
page-no-font = This server has no Thai font for PDFs; please ask its administrator to install fonts-thai-tlwg or fonts-noto-core. The page itself can be printed from the browser.
page-broken = This page cannot be shown at the moment; please try again shortly

page-share-result = Result { $result } of { $target } · { $unit }
page-share-unit = { $count ->
        [one] 1 indicator, fiscal year { $year }
       *[other] { $count } indicators, fiscal year { $year }
    }

page-column-code = Indicator code
page-column-name = Indicator
page-column-year = Fiscal year
page-column-quarter = Quarter
page-column-unit-code = Unit code
page-column-unit = Unit
page-column-measure = Unit of measure
page-column-target = Target
page-column-result = Result
page-column-answer = Answer
page-column-state = State
page-column-zero = Why zero
page-column-overall = Evaluation
page-column-accepted = Accepted on
page-column-narrative = Report
page-state = { $state ->
        [accepted] accepted
        [combined] combined from the units
        [not_due] not due
       *[missing] no accepted report
    }
page-sheet-quarters = Quarters
page-sheet-details = Details
