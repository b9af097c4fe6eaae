failure-precondition-failed = Obyekt artıq dəyişikliyin əsaslandığı haldan fərqlidir
failure-precondition-required = Dəyişiklik hansı hala əsaslandığını bildirməlidir
failure-too-many-requests = Həddindən çox sorğu; bir az gözləyin
failure-idempotency-key-reused = Bu idempotentlik açarı başqa sorğu üçün istifadə olunub

api-title = API
api-about = Proqramlar burada nə edə bilər və necə. TANDEM dəyişəninə bu serverin ünvanını, TOKEN dəyişəninə öz tokeninizi yazın: hər nümunə olduğu kimi işləyəcək.
api-document = OpenAPI sənədi
api-conventions = Hər yerdə keçərli olanlar
api-permission = Tələb olunan icazə:
api-required = məcburi
api-refusals = Mümkün imtinalar:
api-request = Sorğu
api-answer = Cavab
api-place-path = yolda
api-place-query = sorğu sətrində
api-place-header = başlıq
api-place-body = gövdədə
