# Names and patterns of dates and numbers.
language-name = Azərbaycan

months-short = yan fev mar apr may iyn iyl avq sen okt noy dek
months-in-date = yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr
weekdays-short = B.e. Ç.a. Ç. C.a. C. Ş. B.

date-day = { $day } { $month }
date-day-year = { $day } { $month } { $year }
date-long = { $day } { $month } { $year }
date-month = { $month } { $year }
date-moment = { $day }, { $time } ({ $zone })

number-percent = { $number }%

time-before-noon = { $time } AM
time-after-noon = { $time } PM
time-now = indicə
time-minutes-ago = { $n } dəqiqə əvvəl
time-hours-ago = { $n } saat əvvəl
time-days-ago = { $n } gün əvvəl
time-minutes-in = { $n } dəqiqə sonra
time-hours-in = { $n } saat sonra
time-days-in = { $n } gün sonra
time-now-short = indi
time-minutes-short = { $n } dəq
time-hours-short = { $n } saat
time-days-short = { $n } gün
time-span-seconds = { $n } san
time-span-minutes = { $n } dəq
time-span-hours = { $n } saat
time-span-days = { $n } gün
