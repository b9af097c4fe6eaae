# One sentence per kind of failure.
failure-malformed = The request can't be read
failure-not-signed-in = Please sign in first
failure-forbidden = This is not allowed to your role
failure-not-found = There is nothing at this address
failure-method-not-allowed = This address does not take that method
failure-conflict = Someone changed this meanwhile
failure-too-large = The request is larger than this server reads
failure-too-long = The address is longer than this server reads
failure-unsupported-media-type = The body is of a kind not taken here
failure-unprocessable = The request does not say what is needed
failure-internal = Something went wrong on our side
failure-unavailable = The server is too busy; please try again
