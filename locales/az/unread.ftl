# İnsanın hələ oxumadıqları.
unread-mark = Oxunmayıb
unread-mark-it = Oxunmamış kimi işarələ
unread-marked = #{ $number } oxunmamış kimi işarələndi
unread-only = Yalnız oxunmamışlar
unread-all = Hamısını göstər
unread-new = Son baxışınızdan bəri yeni
unread-empty = Burada oxunmamış heç nə yoxdur
unread-empty-text = Müştərilərin yazdığı, sizə verilən və ya adınızın çəkildiyi müraciətlər siz açana qədər burada dayanır.
