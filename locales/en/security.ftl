# Passwords, the second step, and the page on which agents look after both.
doors-email = E-mail address
doors-password = Password
doors-need-help = Forgot your password, or never had one?
doors-wrong = This address and password do not fit together
doors-too-many = { $n ->
    [one] Too many tries. Wait a minute, then try again.
   *[other] Too many tries. Wait { $n } minutes, then try again.
}
doors-choose-workspace = Choose a workspace
doors-choose-workspace-why = You work in more than one. Which do you want to open?
doors-code-title = One more step
doors-code-why = Your authenticator shows a code of six digits.
doors-code = Code
doors-code-hint = Lost your authenticator? Type one of your recovery codes.
doors-code-wrong = This code is wrong or was used already
doors-go-on = Go on
doors-start-again = Start again
security-title = Security
security-sessions = Where you are signed in
security-device = { $browser } on { $system }
security-device-unknown = Unknown browser
security-last-used = Last used
security-began = Signed in
security-this-one = This one
security-end-session = Sign out there
security-end-others = Sign out everywhere else
security-session-ended = That browser is signed out
security-sessions-ended = All other browsers are signed out
security-no-sessions = You are not signed in with any browser.
security-password = Password
security-no-password = You have no password yet; links sign you in.
security-present = Your present password
security-present-wrong = This is not your present password
security-come-in-again = You signed in more than half an hour ago. Sign out, come in again, and then change this.
security-new-password = New password
security-new-password-hint = At least { $shortest } characters. A few words that do not belong together are good.
security-set-password = Set password
security-change-password = Change password
security-password-changed = Your password is changed, and all other browsers are signed out
security-password-short = This is too short; a password has at least 12 characters
security-password-long = This is too long; a password has at most 200 characters
security-password-common = This is among the passwords that are tried first
security-password-personal = This is mostly your own name, address or workspace
security-password-repeating = The same signs again and again are easily guessed
security-second-step = Second step
security-second-step-why = An app on your phone shows a new code each half minute. With it, a stolen password alone opens nothing.
security-authenticator-set-up = Set up an authenticator
security-authenticator-on = An authenticator is asked for when you sign in
security-authenticator-off = No authenticator is asked for any more
security-switch-on = Switch on
security-switch-off = Switch off
security-cancel = Cancel
security-scan = Scan this picture with your authenticator app.
security-picture = The picture for your authenticator app
security-scan-not = No camera? Type this key into the app:
security-type-code = Type the code that the app shows now.
security-codes = Recovery codes
security-codes-why = Each of these codes opens the door once when you do not have your authenticator. Print them, or keep them where you keep your passwords.
security-codes-once = They are shown this once only.
security-codes-kept = I have kept them
security-new-codes = Make new recovery codes
security-codes-left = { $n ->
    [0] No recovery code is left. Make new ones.
    [one] { $n } recovery code is left.
   *[other] { $n } recovery codes are left.
}
security-failure-nothing-to-confirm = No authenticator waits to be confirmed
doors-help = Another way in
doors-help-mail = Type your address, and a link comes by mail.
doors-send-link = Send a sign-in link
doors-send-reset = Reset password
doors-no-address = This is not an e-mail address
doors-mail-left = Look into your mail
doors-mail-left-why = If this address belongs to someone here, a link is on its way to it.
doors-mail-left-wait = Nothing after a few minutes? Look among the unwanted mail, or ask an administrator of your workspace for a link.
doors-back = Back to signing in
doors-new-password = Choose a new password
doors-new-password-why = All browsers in which you are signed in are signed out.
# Letters of the program itself.
letter-greeting = Hello { $name },
letter-entry-subject = Your link to sign in to { $workspace }
letter-entry = This link signs you in to { $workspace }. It works once, within a day.
letter-reset-subject = Choose a new password for { $workspace }
letter-reset = With this link you choose a new password for { $workspace }. It works once, within an hour.
letter-not-you = If you did not ask for it, there is nothing to do: without this link nobody gets in.
# Acts in the audit trail, and the entry in the settings.
audit-act-password-changed = Password changed
audit-act-second-step-on = Second step switched on
audit-act-second-step-off = Second step switched off
audit-act-recovery-code-used = Recovery code used
settings-security = Security
settings-security-hint = Password, second step, and where you are signed in
# Passkeys.
doors-passkey = Sign in with a passkey
doors-passkey-refused = This passkey was not accepted
doors-failure-too-many = Too many tries; wait a little
security-passkeys = Passkeys
security-passkeys-why = A passkey lives in your phone, computer or security key and opens with your finger, face or PIN. It can’t be guessed or given away on a false page.
security-passkey-name = Name
security-passkey-sample = My passkey
security-passkey-make = Add a passkey
security-passkey-added = The passkey is added
security-passkey-renamed = The passkey has its new name
security-passkey-removed = The passkey is removed
security-passkey-rename = Save name
security-passkey-remove = Remove passkey
security-passkey-made = Added
security-failure-passkeys = You have this passkey already, or as many as one may have
audit-act-passkey-added = Passkey added
audit-act-passkey-removed = Passkey removed
