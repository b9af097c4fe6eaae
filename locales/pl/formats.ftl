# Names and patterns of dates and numbers.
language-name = Polski

months-short = sty lut mar kwi maj cze lip sie wrz paź lis gru
months-in-date = stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
weekdays-short = pon wt śr czw pt sob niedz

date-day = { $day } { $month }
date-day-year = { $day } { $month } { $year }
date-long = { $day } { $month } { $year }
date-month = { $month } { $year }
date-moment = { $day }, { $time } ({ $zone })

number-percent = { $number }%

time-before-noon = { $time } AM
time-after-noon = { $time } PM
time-now = przed chwilą
time-minutes-ago = { $n ->
    [one] { $n } minutę temu
    [few] { $n } minuty temu
   *[many] { $n } minut temu
}
time-hours-ago = { $n ->
    [one] { $n } godzinę temu
    [few] { $n } godziny temu
   *[many] { $n } godzin temu
}
time-days-ago = { $n ->
    [one] { $n } dzień temu
    [few] { $n } dni temu
   *[many] { $n } dni temu
}
time-minutes-in = { $n ->
    [one] za { $n } minutę
    [few] za { $n } minuty
   *[many] za { $n } minut
}
time-hours-in = { $n ->
    [one] za { $n } godzinę
    [few] za { $n } godziny
   *[many] za { $n } godzin
}
time-days-in = { $n ->
    [one] za { $n } dzień
    [few] za { $n } dni
   *[many] za { $n } dni
}
time-now-short = teraz
time-minutes-short = { $n } min
time-hours-short = { $n } g.
time-days-short = { $n } d.
time-span-seconds = { $n } s
time-span-minutes = { $n } min
time-span-hours = { $n } godz.
time-span-days = { $n } d.
