# Müştərilərin mərhələləri.
stages-stage = Mərhələ
stages-set = Mərhələni dəyiş
stages-none = Bu müştərinin hələ mərhələsi yoxdur.
stages-since = { $day } tarixindən
stages-experience = Təcrübə { $index } (n = { $n })
stages-experience-none = Təəssürat yoxdur
stages-was-set = Mərhələ indi “{ $name }”
stages-failure-stage = İstifadədə olan mərhələni seçin
