failure-precondition-failed = Объект уже не тот, на основе которого сделано изменение
failure-precondition-required = Изменение должно указывать, на каком состоянии оно основано
failure-too-many-requests = Слишком много запросов; подождите немного
failure-idempotency-key-reused = Этот ключ идемпотентности уже использован для другого запроса

api-title = API
api-about = Что здесь могут делать программы и как. Запишите в TANDEM адрес этого сервера, а в TOKEN свой токен, и любой пример будет работать как есть.
api-document = Документ OpenAPI
api-conventions = Что действует везде
api-permission = Нужно право
api-required = обязательно
api-refusals = Возможные отказы:
api-request = Запрос
api-answer = Ответ
api-place-path = в пути
api-place-query = в строке запроса
api-place-header = заголовок
api-place-body = в теле
