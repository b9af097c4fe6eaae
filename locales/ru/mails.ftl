# Письма.
mails-all = Все
mails-states = Письма по состоянию
mails-empty = Здесь нет писем
mails-empty-text = Что приходит в ящики, стоит здесь вместе с тем, что с этим стало.
mails-subject = Тема
mails-no-subject = (без темы)
mails-from = От
mails-state = Состояние
mails-mailbox = Ящик
mails-ticket = Обращение
mails-arrived = Пришло
mails-stored = Сохранено
mails-size = Размер
mails-kilobytes = { $size } КБ
mails-identity = Отправитель
mails-identity-authenticated = Подтверждён
mails-identity-denied = Его домен отрицает
mails-identity-unknown = Не подтверждён
mails-nature = Кто написал
mails-nature-person = Человек
mails-nature-auto-reply = Автоответчик
mails-nature-out-of-office = Автоответчик: кто-то отсутствует
mails-nature-bulk = Программа, сразу многим
mails-nature-list = Список рассылки
mails-nature-delivery-report = Почтовый сервер
mails-nature-read-receipt = Программа: письмо открыли
mails-nature-calendar = Календарь
mails-nature-challenge = Программа, которая требует подтверждения
mails-nature-complaint = Провайдер: кто-то пожаловался
mails-nature-machine = Программа
mails-last-success = Последний раз прочитан до конца
mails-backlog = Ждёт чтения
mails-held = Задержано
mails-failed = Не удалось прочитать
mails-health-good = Работает
mails-health-trouble = Не работает
mails-health-new = Ещё не читался
mails-health-handed = Готов
mails-health-none = Ничего не принимает
mails-state-stored = Ждёт
mails-state-stored-why = Оно сохранено и сейчас будет прочитано.
mails-state-placed = В обращении
mails-state-suspended = Задержано
mails-state-suspended-why = Оно ждёт, пока кто-нибудь решит.
mails-state-failed = Не удалось
mails-state-failed-why = Его не удалось прочитать. Оно хранится как пришло и других не задерживает.
mails-state-repeated = Повтор
mails-state-repeated-why = То же письмо уже приходило. Это одно сообщение.
mails-state-blocked = Отложено
mails-state-blocked-why = Кто-то решил, что обращения из него не будет.
mails-cause-spam = Спам
mails-cause-spam-why = Сервер, который его принял, считает его спамом.
mails-cause-blocked-sender = Отправитель заблокирован
mails-cause-blocked-sender-why = Кто-то решил, что письма этого отправителя задерживаются.
mails-cause-denied = Отправитель отрицается
mails-cause-denied-why = Домен отправителя говорит, что не отправлял этого письма.
mails-cause-loop = Петля
mails-cause-loop-why = Это наше же письмо или письмо с нашего адреса.
mails-cause-delivery-failure = Не доставлено
mails-cause-delivery-failure-why = Оно говорит, что письмо не удалось доставить.
mails-cause-complaint = Жалоба
mails-cause-complaint-why = Кто-то отметил наше письмо как спам.
mails-cause-vacation = Отсутствие
mails-cause-vacation-why = Кто-то отсутствует, и письмо не отвечает ни на что известное.
mails-cause-automatic = Автоматическое
mails-cause-automatic-why = Его написала программа, и оно не отвечает ни на что известное.
mails-cause-bulk = Массовое
mails-cause-bulk-why = Его отправили сразу многим.
mails-cause-blank = Пустое
mails-cause-blank-why = В нём нет ни темы, ни текста, ни файлов.
mails-cause-too-many = Слишком много
mails-cause-too-many-why = Его отправитель открыл слишком много обращений за час.
mails-cause-too-large = Слишком большое
mails-cause-too-large-why = Оно больше того, что принимается, и всё ещё лежит в ящике на сервере.
mails-verdict-blocked = Заблокирован
mails-verdict-trusted = Доверенный
mails-why-first = Оно не отвечает ни на что известное и открыло обращение.
mails-clue-reply-address = Оно отправлено на адрес ответа этого обращения.
mails-clue-own-in-reply-to = Оно отвечает на письмо, отправленное нами из этого обращения.
mails-clue-own-reference = В его цепочке есть письмо, отправленное нами из этого обращения.
mails-clue-known-in-reply-to = Оно отвечает на письмо из этого обращения.
mails-clue-known-reference = В его цепочке есть письмо из этого обращения.
mails-clue-subject-tag = В его теме есть подписанная метка этого обращения.
mails-stranger = Его отправитель раньше не участвовал в этом обращении.
mails-release = Пропустить
mails-release-ever = Всегда пропускать этого отправителя
mails-block = Отложить
mails-block-ever = Заблокировать отправителя
mails-unblock = Вернуть
mails-reread = Прочитать снова
mails-look = Как оно отправлено
mails-look-hint = В нём ничего не выполняется и ничего не загружается с других серверов.
mails-look-alone = Открыть отдельно
mails-look-more = Об этом письме
mails-rest = Показать цитаты
mails-rest-none = Больше в нём ничего нет.
mails-raw = Скачать как пришло
mails-was-released = Письмо пропущено
mails-was-blocked = Письмо отложено
mails-was-unblocked = Письмо снова ждёт решения
mails-is-reread = Письмо читается снова
mails-failure-decided = Об этом письме уже не нужно решать
mails-failure-not-kept = Содержимого письма нет: оно было слишком большим
mails-identifier = Идентификатор
panel-mailboxes = Почтовые ящики
mails-not-read = Ящик «{ $name }» не читается
mails-count-failed = { $count ->
    [one] Не удалось прочитать { $count } письмо
    [few] Не удалось прочитать { $count } письма
    [many] Не удалось прочитать { $count } писем
   *[other] Не удалось прочитать { $count } письма
}
mails-count-held = { $count ->
    [one] Задержано { $count } письмо
    [few] Задержано { $count } письма
    [many] Задержано { $count } писем
   *[other] Задержано { $count } письма
}
mails-state-told = Отчёт
mails-state-told-why = Оно сообщило, что стало с нашим письмом; это видно при нём.
mails-failure-not-read = Этот ящик не читается с сервера
mails-health-silent = Слишком долго молчит
mails-lag = Последнее письмо шло
mails-lag-waiting = { $took }; самое старое ждёт { $waits }
mails-reconcile = Сравнить с сервером
mails-reconcile-begun = Ящик сравнивается с сервером
mails-reconcile-running = Идёт сравнение с сервером
mails-reconcile-progress = Загружено
mails-reconcile-good = Всё, что есть на сервере, есть и здесь
mails-reconcile-fetched = Недостающее загружено: { $n }
mails-reconcile-failed = Сравнение прервано: { $why }
mails-reconcile-no-folder = На сервере нет такой папки
mails-reconcile-on-server = на сервере: { $n }
mails-reconcile-known = здесь: { $n }
mails-reconcile-renumbered = здесь, там под другим номером: { $n }
mails-reconcile-moved = здесь, там перемещено из другой папки: { $n }
mails-reconcile-older = до подключения ящика: { $n }
mails-reconcile-missing = не хватало: { $n }
mails-reconcile-gone = сохранено здесь, там уже нет: { $n }
mails-alarm-subject = Ящик «{ $name }» требует внимания
mails-alarm-silent = Ящик «{ $name }» не читается уже полчаса
mails-alarm-silent-remedy = Почта ждёт на сервере и будет прочитана, как только ящик снова откроется. Что не так, сказано на странице почты.
mails-alarm-sign-in-again = Поставщик прекратил доступ к ящику «{ $name }»
mails-alarm-sign-in-again-remedy = Почта не читается и не отправляется, пока кто-нибудь не войдёт заново на странице ящика. Ничего не теряется.
mails-alarm-sign-in-fails = Вход ящика «{ $name }» не удаётся продлить со вчерашнего дня
mails-alarm-sign-in-fails-remedy = Что отвечает поставщик, сказано на странице ящика.
mails-alarm-sign-in-dies = Вход ящика «{ $name }» закончится в течение трёх дней
mails-alarm-sign-in-dies-remedy = До этого войдите заново на странице ящика.
mails-alarm-secret-dies = Истекает секрет клиента, через который входит ящик «{ $name }»
mails-alarm-secret-dies-remedy = Создайте новый у поставщика и введите его в настройках поставщиков почты.
mails-state-old = Старое, ждёт
mails-state-old-why = Это старая почта; импорт до неё ещё не дошёл.
mails-state-aside = Старое, без обращения
mails-state-aside-why = Это старая почта от программы или спам. Она хранится, обращения из неё нет.
mails-clue-sent = Его отправил кто-то из нас; оно пришло со старой почтой.
mails-images-show = Показать изображения
mails-images-hide = Скрыть изображения
mails-images-shown = Изображения загрузил этот сервер; их владелец не видит, кто читает.
mails-images-waiting = { $n ->
    [one] Не загружено { $n } изображение с другого сервера.
    [few] Не загружено { $n } изображения с других серверов.
    [many] Не загружено { $n } изображений с других серверов.
   *[other] Не загружено { $n } изображения с других серверов.
}
mails-images-telling = { $n ->
    [one] { $n } изображение лишь сообщило бы отправителю, что вы это читаете. Оно никогда не загружается.
    [few] { $n } изображения лишь сообщили бы отправителю, что вы это читаете. Они никогда не загружаются.
    [many] { $n } изображений лишь сообщили бы отправителю, что вы это читаете. Они никогда не загружаются.
   *[other] { $n } изображения лишь сообщили бы отправителю, что вы это читаете. Они никогда не загружаются.
}
mails-images-ever = Всегда от этого отправителя
mails-images-ever-end = Больше не всегда
mails-images-ever-on = Изображения этого отправителя показываются всегда
mails-images-ever-off = Изображения этого отправителя показываются по запросу
mails-odd = Что в нём необычного
mails-odd-too-large = Письмо очень большое; прочитано только его начало.
mails-odd-too-many-parts = В нём слишком много частей; остальное — один неразделённый файл.
mails-odd-too-deep = Его части вложены слишком глубоко; самые глубокие — один неразделённый файл.
mails-odd-too-many-fields = В нём слишком много полей заголовка; сохранены не все.
mails-odd-field-too-long = Поле заголовка слишком длинное и обрезано.
mails-odd-too-much-work = Прочитать его целиком заняло бы слишком много времени; просмотрено не всё.
mails-odd-body-too-long = Текст слишком длинный и обрезан.
mails-odd-no-fields = У него нет заголовка.
mails-odd-no-message-id = У него нет Message-ID.
mails-odd-odd-message-id = Его Message-ID не годится.
mails-odd-no-from = В нём не сказано, кто его отправил.
mails-odd-many-from = В нём названо больше одного отправителя.
mails-odd-no-recipients = В нём не сказано, кому оно отправлено.
mails-odd-no-subject = У него нет темы.
mails-odd-no-date = У него нет даты.
mails-odd-odd-date = Его дату нельзя прочитать.
mails-odd-future-date = Его дата в будущем; считается время получения.
mails-odd-no-body = В нём нет текста.
mails-odd-no-boundary = Его части нельзя отделить друг от друга, поэтому каких-то здесь может не быть.
mails-odd-unclosed = Оно обрывается: часть могла потеряться в пути.
mails-odd-odd-encoding = Что-то в нём закодировано неправильно; здесь то, что удалось прочитать.
mails-odd-unknown-encoding = Что-то в нём закодировано неизвестным способом.
mails-odd-unknown-charset = Его кодировка неизвестна и угадана.
mails-odd-wrong-charset = Его текст не в той кодировке, которая названа.
mails-odd-unlabelled-charset = Кодировка не названа и угадана.
mails-odd-undecodable-text = Не все буквы удалось прочитать.
mails-odd-nul-bytes = В нём были пустые символы, они убраны.
mails-odd-unsafe-file-name = Имя файла изменено, чтобы оно было безопасным.
mails-odd-unreadable-tnef = Его winmail.dat не удалось открыть.
mails-odd-odd-html = Его HTML не удалось разобрать; текст показан без оформления.
mails-odd-odd-field = Поле заголовка не удалось прочитать.
mails-odd-message-too-long = Слов больше, чем помещается в сообщение; они обрезаны.
mails-odd-too-many-files = В нём больше файлов, чем может быть у сообщения; остальные — в исходном письме.
mails-state-known = Наше
mails-state-known-why = Это копия нашего письма; ответ виден в обращении.
mails-state-kept = Отправлено, без обращения
mails-state-kept-why = Его отправил кто-то из нас из другой почтовой программы, и оно не относится ни к какому обращению.
mails-clue-sent-elsewhere = Его отправил кто-то из нас из другой почтовой программы.
mails-cause-agent-unverified = Сотрудник не подтверждён
mails-cause-agent-unverified-why = Это ответ на письмо сотруднику, но ничто не показывает, что он от него, отвечать ему нельзя или срок истёк. Для ящиков, которые читаются с сервера, на их странице сказано, чьим проверкам отправителей верят.
mails-clue-agent-answer = Сотрудник ответил из своей почтовой программы.
notices-about = Письма вам об обращениях. Пока вы ничего не выбрали, их нет.
notices-no-post = У этой установки нет почтового сервера, и письма из неё не уходят.
notices-assigned = Обращение становится моим
notices-heard = Клиент пишет в моём обращении
notices-mentioned = Меня называют в заметке
notices-followed = Кто-то пишет в обращении, за которым я слежу
notices-answers = Если ящик обращения принимает подписанные адреса, на такое письмо можно ответить из любой программы: ответ уйдёт клиенту. С #note в первой строке это заметка; ответ на заметку тоже.
notices-save = Сохранить
notices-were-chosen = Ваш выбор сохранён
notices-letter-subject = Обращение №{ $number }: { $subject }
notices-letter-assigned = Обращение №{ $number } теперь ваше.
notices-letter-heard = Клиент написал в вашем обращении №{ $number }.
notices-letter-mentioned = Заметка в обращении №{ $number } называет вас.
notices-letter-followed = Кто-то написал в обращении №{ $number }, за которым вы следите.
notices-letter-answer = Ответьте на это письмо, чтобы ответить клиенту. С #note в первой строке это будет заметка, которую видят только коллеги.
notices-letter-answer-note = Ответьте на это письмо, чтобы написать заметку, которую видят только коллеги.
notices-letter-no-answer = Ответы на это письмо никто не читает; откройте обращение, чтобы написать в нём.
notices-letter-off = О чём вам пишут: { $address }
mails-replay = Прочитать всю сохранённую почту заново
mails-replay-all = Прочитать почту всех ящиков заново
mails-replay-begun = Сохранённая почта читается заново
mails-replay-all-begun = Сохранённая почта всех ящиков читается заново
mails-replay-running = Сохранённая почта читается заново
mails-replay-paused = Повторное чтение приостановлено
mails-replay-done = Сохранённая почта прочитана заново
mails-replay-cancelled = Повторное чтение остановлено; прочитанное остаётся
mails-replay-progress = Прочитано заново
mails-replay-changed = теперь говорит другое: { $n }
mails-replay-unread = не удалось прочитать: { $n }
mails-replay-end = Остановить
mails-replay-was-paused = Повторное чтение приостановлено
mails-replay-goes-on = Повторное чтение продолжается
mails-replay-was-cancelled = Повторное чтение остановлено
mails-failure-no-replay = В этом ящике ничего не читается заново, или это уже закончено
mails-health-quiet = Необычно долго нет почты
mails-health-nothing = Пока ничего не пришло
mails-last-received = Последнее письмо пришло
mails-alarm-quiet = В ящик «{ $name }» необычно долго не приходит почта
mails-alarm-quiet-remedy = Почту передаёт другой сервер. Проверьте, работает ли там пересылка, и отправьте на этот адрес пробное письмо.
mails-senders = Известные отправители
mails-senders-about = Почта с этих адресов и доменов задерживается или пропускается. Доверенных пропускают, только если письмо подтверждает, что оно от них.
mails-senders-sender = Отправитель
mails-senders-hint = Адрес или @ и домен для всех его адресов.
mails-senders-block = Задерживать их почту
mails-senders-trust = Пропускать их почту
mails-senders-empty = Пока никого
mails-senders-empty-text = Здесь решения об отправителях, в том числе принятые на отдельных письмах.
mails-senders-verdict = Решение
mails-senders-by = Кто решил
mails-senders-at = Когда
mails-senders-remove = Отменить
mails-senders-decided = Решение об этом отправителе действует с этого момента
mails-senders-removed = Решение об этом отправителе отменено
mails-failure-bad-sender = Отправитель — это адрес, например ida@example.com, или домен, например @example.com
mails-chosen = Выбранные письма:
mails-choose = Выбрать это письмо
mails-were-released = { $n ->
    [one] Пропущено { $n } письмо
    [few] Пропущено { $n } письма
    [many] Пропущено { $n } писем
   *[other] Пропущено { $n } письма
}
mails-were-blocked = { $n ->
    [one] Отложено { $n } письмо
    [few] Отложено { $n } письма
    [many] Отложено { $n } писем
   *[other] Отложено { $n } письма
}
mails-were-unblocked = { $n ->
    [one] { $n } письмо снова ждёт решения
    [few] { $n } письма снова ждут решения
    [many] { $n } писем снова ждут решения
   *[other] { $n } письма снова ждут решения
}
mails-state-deleted = Выброшено
mails-state-deleted-why = Кто-то его выбросил. В течение 30 дней это можно отменить, потом содержимое исчезнет.
mails-cause-backscatter = Чужие возвраты
mails-cause-backscatter-why = Оно говорит, что не доставлено письмо, которое никогда не было нашим: кто-то пишет от нашего имени.
mails-causes = Задержанные письма по причине
mails-causes-all = Все причины
mails-delete = Выбросить
mails-was-deleted = Письмо выброшено
mails-were-deleted = { $n ->
    [one] Выброшено { $n } письмо
    [few] Выброшено { $n } письма
    [many] Выброшено { $n } писем
   *[other] Выброшено { $n } письма
}
mails-large = Слишком большие
mails-large-fetch = Всё равно получить
mails-large-coming = Письмо загружается с сервера
mails-large-gone = Письма больше нет на своём месте на сервере
mails-large-too-large = Письмо больше того, что загружается даже по просьбе
mails-failure-too-large = Письмо больше 150 МБ, его можно прочитать только в самом ящике
mails-failure-too-many = За один раз можно решить не больше чем о 50 письмах
mails-cause-stranger = Посторонний
mails-cause-stranger-why = Оно ведёт к обращению, в котором его отправитель не участвует, а его ящик задерживает такие письма.
mails-cause-unverified = Отправитель не подтверждён
mails-cause-unverified-why = Его отправитель не проходит проверок своего домена, ничто другое не показывает, что оно от него, а его ящик задерживает такие письма.
mails-clue-apart = Оно отвечает на что-то в другом обращении, где его отправитель не участвует, поэтому открыло своё.
mails-verdict-excused = Освобождён от проверок
mails-senders-excuse = Пропускать их почту без подтверждения
