# Клиенты, которые могут быть одним.
doubles-title = Возможные дубликаты
doubles-text = Пары, которые могут быть одним клиентом. Сравните двух, чтобы объединить их, или скажите, что они разные: тогда пара больше не появится.
doubles-none = Дубликатов не найдено
doubles-none-text = Здесь появятся клиенты с одним названием, сайтом, номером в другой системе или с теми же людьми.
doubles-distinct = Это разные
doubles-was-distinguished = Это разные клиенты; пара больше не появится
doubles-was-confused = Они снова могут быть одним клиентом
doubles-like-number = Тот же номер в другой системе
doubles-like-domain = Тот же сайт
doubles-like-name = То же название
doubles-like-contacts = Те же люди
doubles-alike = { $name } — возможно, тот же клиент
doubles-event-judged = Сравнён с другим клиентом
