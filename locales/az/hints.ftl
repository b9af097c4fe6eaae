# Məsləhətlər: müştəri müraciətə necə yanaşmaq lazım olduğunu deyir.
hints-renews = { $days } sonra yenilənir
hints-brings = ildə { $money }
hints-fell = bal { $score } səviyyəsinə düşüb
hints-poor = bal { $score }
hints-warned = { $n ->
    [one] { $n } açıq xəbərdarlıq
   *[other] { $n } açıq xəbərdarlıq
}
hints-set = Prioriteti təyin et: { $priority }
hints-tell = { $name } üçün qeyd
hints-begun = Qeyd başlandı: hazır olanda göndərin
hints-known = Müştəriyə baxan şəxs artıq bilir
hints-health = Müştərinin sağlamlığı: { $band }, { $score }
