//! What customers ask for in Polish and Russian.

use tandem_core::touchpoints::Channel::{Chat, Email, Phone};

use super::Thread;
use crate::tickets::{Kind, Priority};

pub(super) const POLISH: &[Thread] = &[
    (
        "Nie mogę zalogować się po zmianie hasła",
        Kind::Account,
        Priority::Urgent,
        Email,
        &[
            "Dzień dobry, po zmianie hasła nikt z naszego działu nie może się zalogować. Mamy dziś zamknięcie miesiąca, proszę o pilną pomoc.",
            "Dzień dobry, widzę to po naszej stronie: reguła haseł odrzucała stare sesje bez komunikatu. Proszę spróbować teraz i potwierdzić, czy działa.",
            "Działa, dziękuję za szybką reakcję!",
        ],
    ),
    (
        "Faktura {n} bez numeru NIP",
        Kind::Billing,
        Priority::Normal,
        Email,
        &[
            "Dzień dobry, na fakturze {n} brakuje naszego numeru NIP i księgowość jej nie przyjmie. Proszę o korektę.",
            "Dzień dobry, korekta z numerem NIP jest już wystawiona i wysłana na adres księgowości. Numer zapisaliśmy też przy koncie, więc kolejne faktury będą poprawne.",
        ],
    ),
    (
        "Eksport do Excela gubi polskie znaki",
        Kind::Problem,
        Priority::High,
        Email,
        &[
            "Po ostatniej aktualizacji w pliku zamiast ą i ę są krzaki. W przeglądarce wszystko wygląda dobrze.",
            "Dziękuję za zgłoszenie. Plik jest w UTF-8, ale od wtorku bez znacznika, po którym Excel to poznaje. Przywracamy go dziś wieczorem; do tego czasu pomaga import przez „Dane → Z tekstu”.",
            "Rano sprawdziliśmy, jest dobrze. Dzięki.",
        ],
    ),
    (
        "Jak ustawić zastępstwo na czas urlopu?",
        Kind::Question,
        Priority::Low,
        Chat,
        &[
            "Cześć, od poniedziałku mam urlop. Jak sprawić, żeby moje zgłoszenia trafiały do koleżanki?",
            "Cześć! W ustawieniach profilu jest „Zastępstwo”: wystarczy wybrać osobę i daty. Po urlopie wszystko wraca samo.",
        ],
    ),
    (
        "Aplikacja na telefonie wylogowuje co godzinę",
        Kind::Technical,
        Priority::Normal,
        Email,
        &[
            "Nasi serwisanci muszą się logować po kilka razy dziennie. W zeszłym miesiącu tego nie było.",
            "Czy telefony są zarządzane przez Państwa dział IT? Od wersji 4.2 szanujemy limit sesji z profilu urządzenia, a tam często stoi 60 minut.",
            "Tak, to było to. Administrator zmienił limit na 12 godzin.",
        ],
    ),
    (
        "Prośba o szkolenie dla nowego zespołu",
        Kind::Product,
        Priority::Normal,
        Phone,
        &[
            "Telefon: w przyszłym miesiącu dochodzi {k} osób w magazynie, pytają o szkolenie po polsku.",
            "Proponuję dwa terminy po 90 minut, po jednym na zmianę. Zaproszenia wysłałem do kierowników zmian.",
        ],
    ),
];

pub(super) const RUSSIAN: &[Thread] = &[
    (
        "Не приходит сводка за неделю",
        Kind::Problem,
        Priority::Normal,
        Email,
        &[
            "Добрый день. С прошлой недели перестала приходить еженедельная сводка. Настройки не меняли.",
            "Добрый день! Ваш адрес попал в список недоставленных после сбоя почтового сервера. Мы сняли отметку и отправили сводку ещё раз.",
        ],
    ),
    (
        "Счёт {n} выставлен дважды",
        Kind::Billing,
        Priority::High,
        Email,
        &[
            "Здравствуйте! Бухгалтерия получила счёт {n} два раза, с разными датами. Какой из них оплачивать?",
            "Здравствуйте! Оплатите, пожалуйста, первый. Второй аннулирован, подтверждение во вложении. Извините за путаницу.",
            "Спасибо, оплатили сегодня.",
        ],
    ),
    (
        "Как дать доступ только на чтение?",
        Kind::Question,
        Priority::Low,
        Chat,
        &[
            "Добрый день, к нам приходит аудитор. Можно ли показать ему отчёты так, чтобы он ничего не изменил?",
            "Добрый день! Да: пригласите его с ролью «Аудитор». Он видит отчёты и журнал, но кнопок изменения у него нет.",
        ],
    ),
    (
        "Синхронизация с 1С остановилась",
        Kind::Technical,
        Priority::Urgent,
        Email,
        &[
            "С утра заказы не уходят в 1С, в журнале ошибка 401. У нас отгрузка до 15:00, помогите, пожалуйста.",
            "Вижу. Ключ, которым подписаны запросы, истёк сегодня ночью. Я выпустил новый на один день, чтобы отгрузка прошла; постоянный нужно создать в «Настройки → Ключи».",
            "Заказы пошли. Постоянный ключ создали, спасибо за скорость.",
            "Отлично. Временный ключ отозван, очередь пуста: 318 заказов ушли без потерь.",
        ],
    ),
    (
        "Не хватает поля «склад» в отчёте",
        Kind::Product,
        Priority::Normal,
        Email,
        &[
            "В отчёте по остаткам нельзя выбрать склад, а их у нас {k}. Планируете ли вы добавить?",
            "Поле есть в новой версии отчёта: откройте его и нажмите «Столбцы». Старая версия останется до конца квартала.",
        ],
    ),
    (
        "Просят перезвонить по договору",
        Kind::Account,
        Priority::Normal,
        Phone,
        &[
            "Звонок: меняется юридическое лицо, нужно переоформить договор без остановки работы.",
            "Договор переоформляется с первого числа, доступы и данные остаются. Проект соглашения отправлен юристам.",
        ],
    ),
];
