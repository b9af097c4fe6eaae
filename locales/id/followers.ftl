# Followers and mentions: who wants to know how a ticket goes on.
panel-mentions = Sebutan dan yang diikuti
followers-title = Siapa yang mengikuti
followers-follow = Ikuti
followers-unfollow = Berhenti mengikuti
followers-unfollow-one = Berhenti mengikuti #{ $number }
followers-begun = Anda mengikuti tiket ini
followers-ended = Anda tidak lagi mengikuti tiket ini
followers-mentions = Sebutan
followers-followed = Diikuti
followers-no-mentions = Belum ada yang menyebut Anda
followers-no-mentions-text = Catatan yang memuat nama Anda setelah @ muncul di sini.
followers-none = Anda tidak mengikuti apa pun
followers-none-text = Ikuti sebuah tiket agar terlihat di sini saat ada yang menulis.
followers-no-news = Tidak ada yang baru, dan tidak ada yang menyebut Anda.
followers-new = Baru
followers-names = Orang yang bisa disebut
