# Invitations by mail.
invitations-sent = Dəvət { $email } ünvanına göndərildi
invitations-letter-hint = Dəvət olunan keçidi məktubla alacaq.
invitations-as-link = Əvəzində keçidi göstər
invitations-again = Poçtla yenidən göndər
invitations-accepted = Xoş gəlmisiniz. Növbəti dəfə necə daxil olacağınızı seçin
letter-invitation-subject = { $workspace } məkanına dəvət
letter-invitation = { $inviter } sizi { $workspace } məkanında işləməyə dəvət edir. Bu keçid sizi içəri buraxır. Yeddi gün ərzində bir dəfə işləyir.
letter-invitation-unknown = Bunu gözləmirdinizsə, heç nə etmək lazım deyil.
