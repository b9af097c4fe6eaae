# Fields that read what people type: days, amounts, choices found by typing.
date-written = { $year }-{ $month }-{ $day }
date-failure = Write a day like 2026-12-25 or 25 December
date-pick = Choose from a calendar
day-today = today
day-tomorrow = tomorrow
day-yesterday = yesterday
money-failure-number = Write an amount like { $example }
money-failure-precise = This currency has fewer decimals. Write an amount like { $example }
money-failure-much = This amount is too large. One like { $example } fits
list-two = { $first } and { $last }
list-end = { $first } and { $last }
search-select-none = Nothing fits
conflict-keep = Keep mine
conflict-take = Take theirs
design-conflict = Somebody was faster
