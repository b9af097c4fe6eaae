# Names and patterns of dates and numbers.
language-name = Русский

months-short = янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.
months-in-date = января февраля марта апреля мая июня июля августа сентября октября ноября декабря
weekdays-short = пн вт ср чт пт сб вс

date-day = { $day } { $month }
date-day-year = { $day } { $month } { $year }
date-long = { $day } { $month } { $year } г.
date-month = { $month } { $year }
date-moment = { $day }, { $time } ({ $zone })

number-percent = { $number } %

time-before-noon = { $time } AM
time-after-noon = { $time } PM
time-now = только что
time-minutes-ago = { $n ->
    [one] { $n } минуту назад
    [few] { $n } минуты назад
   *[many] { $n } минут назад
}
time-hours-ago = { $n ->
    [one] { $n } час назад
    [few] { $n } часа назад
   *[many] { $n } часов назад
}
time-days-ago = { $n ->
    [one] { $n } день назад
    [few] { $n } дня назад
   *[many] { $n } дней назад
}
time-minutes-in = { $n ->
    [one] через { $n } минуту
    [few] через { $n } минуты
   *[many] через { $n } минут
}
time-hours-in = { $n ->
    [one] через { $n } час
    [few] через { $n } часа
   *[many] через { $n } часов
}
time-days-in = { $n ->
    [one] через { $n } день
    [few] через { $n } дня
   *[many] через { $n } дней
}
time-now-short = сейчас
time-minutes-short = { $n } мин
time-hours-short = { $n } ч
time-days-short = { $n } д
time-span-seconds = { $n } с
time-span-minutes = { $n } мин
time-span-hours = { $n } ч
time-span-days = { $n } д
