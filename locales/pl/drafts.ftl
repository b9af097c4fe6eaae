# Drafts and presence: what somebody has begun to write, and who is in a ticket.
drafts-title = Moje szkice
drafts-empty = Nic nie jest zaczęte
drafts-empty-text = To, co zaczynasz pisać w zgłoszeniu, zapisuje się podczas pisania. Czeka tutaj, aż to wyślesz lub odrzucisz.
drafts-discard = Odrzuć szkic
drafts-discard-of = Odrzuć szkic w #{ $number }
drafts-discarded = Szkic został odrzucony
drafts-restored = Szkic jest z powrotem
drafts-saved = Szkic zapisany
drafts-failed = Nie zapisano; ponawiamy
drafts-kept = Szkic, zapisany { $ago }
presence-viewing = { $name } ogląda to zgłoszenie
presence-replying = { $name } pisze odpowiedź, początek: { $ago }
presence-noting = { $name } pisze notatkę, początek: { $ago }
presence-begun-reply = { $name } ma zaczętą odpowiedź, zapis: { $ago }
presence-begun-note = { $name } ma zaczętą notatkę, zapis: { $ago }
