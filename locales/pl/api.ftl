failure-precondition-failed = Obiekt jest już inny niż ten, na którym oparto zmianę
failure-precondition-required = Zmiana musi wskazać, na jakim stanie się opiera
failure-too-many-requests = Za dużo żądań; poczekaj chwilę
failure-idempotency-key-reused = Tego klucza idempotencji użyto już do innego żądania

api-title = API
api-about = Co programy mogą tu robić i jak. Ustaw TANDEM na adres tego serwera, a TOKEN na swój token – każdy przykład zadziała bez zmian.
api-document = Dokument OpenAPI
api-conventions = Co obowiązuje wszędzie
api-permission = Wymaga uprawnienia
api-required = wymagane
api-refusals = Może odpowiedzieć
api-request = Żądanie
api-answer = Odpowiedź
api-place-path = w ścieżce
api-place-query = w zapytaniu
api-place-header = nagłówek
api-place-body = w treści
