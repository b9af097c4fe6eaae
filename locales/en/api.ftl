failure-precondition-failed = The object is another by now than the change was made from
failure-precondition-required = The change must say which state it was made from
failure-too-many-requests = Too many requests; wait a moment
failure-idempotency-key-reused = This idempotency key was used for another request

api-title = API
api-about = What programs can do here, and how. Set TANDEM to the address of this server and TOKEN to a token of yours, and every example works as it stands.
api-document = OpenAPI document
api-conventions = What holds everywhere
api-permission = Needs the permission
api-required = required
api-refusals = May answer
api-request = Request
api-answer = Answer
api-place-path = in the path
api-place-query = in the query
api-place-header = header
api-place-body = in the body
