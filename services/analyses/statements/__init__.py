"""What an analysis counts beside the weekly measures: one set-based statement each over the views.

Written as a measure's (see ``services.completeness.measures.measure``); ``:first_day`` and
``:last_day`` are those of the period, ``:upto`` its last day that has come.
"""
