# Names and patterns of dates and numbers.
language-name = English

months-short = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
months-in-date = January February March April May June July August September October November December
weekdays-short = Mon Tue Wed Thu Fri Sat Sun

date-day = { $day } { $month }
date-day-year = { $day } { $month } { $year }
date-long = { $day } { $month } { $year }
date-month = { $month } { $year }
date-moment = { $day }, { $time } ({ $zone })

number-percent = { $number }%

time-before-noon = { $time } am
time-after-noon = { $time } pm
time-now = just now
time-minutes-ago = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
}
time-hours-ago = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
}
time-days-ago = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
}
time-minutes-in = { $n ->
    [one] in { $n } minute
   *[other] in { $n } minutes
}
time-hours-in = { $n ->
    [one] in { $n } hour
   *[other] in { $n } hours
}
time-days-in = { $n ->
    [one] in { $n } day
   *[other] in { $n } days
}
time-now-short = now
time-minutes-short = { $n }m
time-hours-short = { $n }h
time-days-short = { $n }d
time-span-seconds = { $n } s
time-span-minutes = { $n } min
time-span-hours = { $n } h
time-span-days = { $n } d
