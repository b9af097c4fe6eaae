# Invitations by mail.
invitations-sent = Undangan dikirim ke { $email }
invitations-letter-hint = Orang yang diundang menerima surat berisi tautan.
invitations-as-link = Tampilkan tautan saja
invitations-again = Kirim lagi lewat surel
invitations-accepted = Selamat datang. Pilih cara Anda masuk berikutnya
letter-invitation-subject = Undangan ke { $workspace }
letter-invitation = { $inviter } mengundang Anda bekerja di { $workspace }. Tautan ini membawa Anda masuk. Berlaku sekali dalam tujuh hari.
letter-invitation-unknown = Jika Anda tidak menantikannya, tidak perlu melakukan apa pun.
