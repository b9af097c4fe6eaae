# Drafts and presence: what somebody has begun to write, and who is in a ticket.
drafts-title = Мои черновики
drafts-empty = Ничего не начато
drafts-empty-text = То, что вы начинаете писать в обращении, сохраняется по мере набора. Черновик ждёт здесь, пока вы его не отправите или не удалите.
drafts-discard = Удалить черновик
drafts-discard-of = Удалить черновик в #{ $number }
drafts-discarded = Черновик удалён
drafts-restored = Черновик возвращён
drafts-saved = Черновик сохранён
drafts-failed = Не сохранено; пробуем ещё раз
drafts-kept = Черновик, сохранён { $ago }
presence-viewing = { $name } смотрит это обращение
presence-replying = { $name } пишет ответ, начало: { $ago }
presence-noting = { $name } пишет заметку, начало: { $ago }
presence-begun-reply = { $name }: начатый ответ, сохранён { $ago }
presence-begun-note = { $name }: начатая заметка, сохранена { $ago }
