# Поиск: страница и настройки индекса.
search-title = Поиск
search-label = Искать везде
search-placeholder = Найти или отобрать, например is:open
search-go = Найти
search-short = Поиск
search-filters = Фильтры
search-without = Убрать этот фильтр
search-building = Поисковый индекс создаётся
search-building-text = Через минуту снова можно будет найти всё. Ничего не потеряно, эту страницу можно обновить в любой момент.
search-no-filter = Фильтра «{ $name }:» нет, поэтому поиск шёл по словам.
search-no-value = «{ $value }» пропущено: { $name }: знает { $known }.
search-no-date = «{ $value }» — не дата. Можно написать 2026-05-07, 2026-05, 2026, today, yesterday или 30d.
search-meant = Возможно, вы имели в виду
search-count = { $n ->
    [one] { $n } результат
    [few] { $n } результата
    [many] { $n } результатов
   *[other] { $n } результата
}
search-all-of-kind = { $n ->
    [one] Показать { $n } результат
    [few] Показать все { $n } результата
    [many] Показать все { $n } результатов
   *[other] Показать { $n } результата
}
search-begin = Найдите что угодно
search-begin-text = Названия, номера, адреса и слова. Фразу возьмите в кавычки или уточните результаты фильтром, в том числе from:, account:, agent:, team:, status:, priority:, channel: и tag: со словом или фразой в кавычках:
search-keep = Сохранить как вид
search-none = Ничего не найдено
search-none-text = Проверьте написание, уберите часть слов или фильтр.
search-without-filters = Искать без первого фильтра
search-agents = Люди
search-active = Есть доступ
search-inactive = Нет доступа
search-index = Поисковый индекс
search-index-text = Индекс создаётся из базы данных и обновляется сам. Перестройте его, если не находится то, что должно находиться; поиск при этом продолжает работать.
search-rebuilding = Индекс перестраивается
search-documents = Документы
search-rebuild = Перестроить индекс
search-rebuild-begun = Индекс перестраивается
search-palette-open = Открыть
search-palette-all = Искать «{ $text }» везде
