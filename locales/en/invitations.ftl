# Invitations by mail.
invitations-sent = Invitation sent to { $email }
invitations-letter-hint = The invited gets a letter with a link.
invitations-as-link = Show a link instead
invitations-again = Send it again by mail
invitations-accepted = Welcome. Choose how you come in next time
letter-invitation-subject = Invitation to { $workspace }
letter-invitation = { $inviter } invites you to work in { $workspace }. This link lets you in. It works once, within seven days.
letter-invitation-unknown = If you do not expect it, there is nothing to do.
