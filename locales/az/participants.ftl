# Participants: who else gets the answers of a ticket.
participants-title = Alanlar
participants-nobody = Bu məktubla heç kimə getmir: ünvan məlum deyil.
participants-to = Kimə
participants-cc = Surət
participants-add = Başqasına da göndər
participants-add-to = Kimə əlavə et
participants-add-cc = Surətə əlavə et
participants-address = Ünvan
participants-remove = { $address } ünvanına daha göndərmə
participants-suggested = Son məktubda var idi və ya birləşdirilmiş müraciətdə yazıb; surətə əlavə etmək üçün basın
participants-added = Cavablar { $address } ünvanına da gedir
participants-removed = Cavablar { $address } ünvanına daha getmir
participants-failure-address = anna@example.com kimi ünvan, öz qutularımızdan biri yox
participants-failure-many = Cavab ən çox 20 ünvana gedir
participants-withheld = Ən yeni məktub cavabların { $addresses } ünvanına getməsini istəyir, amma onun həqiqətən göndərəndən gəldiyini heç nə təsdiqləmir. Cavablar ora getmir.
