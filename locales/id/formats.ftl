# Names and patterns of dates and numbers.
language-name = Bahasa Indonesia

months-short = Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des
months-in-date = Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember
weekdays-short = Sen Sel Rab Kam Jum Sab Min

date-day = { $day } { $month }
date-day-year = { $day } { $month } { $year }
date-long = { $day } { $month } { $year }
date-month = { $month } { $year }
date-moment = { $day }, { $time } ({ $zone })

number-percent = { $number }%

time-before-noon = { $time } AM
time-after-noon = { $time } PM
time-now = baru saja
time-minutes-ago = { $n } menit lalu
time-hours-ago = { $n } jam lalu
time-days-ago = { $n } hari lalu
time-minutes-in = dalam { $n } menit
time-hours-in = dalam { $n } jam
time-days-in = dalam { $n } hari
time-now-short = kini
time-minutes-short = { $n } mnt
time-hours-short = { $n } jam
time-days-short = { $n } hr
time-span-seconds = { $n } dtk
time-span-minutes = { $n } mnt
time-span-hours = { $n } jam
time-span-days = { $n } hr
