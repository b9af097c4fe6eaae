# Tokens of programs, and agents for machines.
tokens-name = Name
tokens-name-hint = What it is for, such as “nightly import”
tokens-agent = Acts as
tokens-agent-hint = You, or an agent for a machine
tokens-myself = Myself
tokens-life = Lives
tokens-never = Until revoked
tokens-scopes = Permissions
tokens-scopes-hint = Tick only what the program needs. A token never allows more than its agent may do.
tokens-made = Made
tokens-expires = Expires
tokens-revoke = Revoke
tokens-revoked = The token “{ $name }” is revoked
tokens-new = New token
tokens-make = Make token
tokens-made-title = Token made
tokens-made-text = With this token a program acts as { $agent }. It is shown only now.
tokens-made-how = Programs send it as a header:
tokens-machine-new = New machine
tokens-machine-make = Add machine
tokens-machine-text = A machine is an agent without a person: it has a role, signs in nowhere, and acts by its tokens only.
tokens-empty = No tokens yet
tokens-empty-text = A token lets a program use the API in your name, or as an agent of its own.
tokens-failure-name = A token's name has 1 to 60 characters
tokens-failure-life = A token lives 1 to 366 days
tokens-failure-scopes = Tick at least one permission, and none that the agent lacks
tokens-failure-agent = No agent of this workspace who is still here has this id
tokens-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
