# What stands around a chart.
chart-as-table = Show the numbers
chart-empty = Nothing was measured in this period.
chart-value = Value
chart-count = Count
chart-of-before = Of the step before
