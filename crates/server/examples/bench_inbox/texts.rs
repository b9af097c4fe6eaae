//! Words of which the texts are made: some stand in every tenth message, most in very few.

/// How many different words there are.
const WORDS: u64 = 20_000;
/// Words of a subject, and of a message.
const SUBJECT: usize = 6;
const MESSAGE: usize = 30;

/// The same numbers again for the same beginning.
pub(super) struct Dice(u64);

impl Dice {
    /// Dice of the ticket with this number.
    pub(super) fn of(number: usize) -> Self {
        Self(
            (number as u64)
                .wrapping_add(1)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                | 1,
        )
    }

    /// A number below another one (xorshift64*, Vigna 2016).
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) % end.max(1)
    }

    /// The number of a word; small ones come far more often.
    fn word(&mut self) -> u64 {
        let (one, two, three) = (self.below(WORDS), self.below(WORDS), self.below(WORDS));
        one * two / WORDS * three / WORDS
    }

    /// What a ticket is about.
    pub(super) fn subject(&mut self, number: usize) -> String {
        format!("{} bench {number}", self.words(SUBJECT))
    }

    /// What somebody writes.
    pub(super) fn message(&mut self) -> String {
        self.words(MESSAGE)
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| word(self.word())).collect();
        words.join(" ")
    }
}

/// The word with this number: syllables that can be spoken.
pub(super) fn word(mut number: u64) -> String {
    const FIRST: &[u8] = b"bdfgklmnprstvz";
    const SECOND: &[u8] = b"aeiou";
    let mut text = String::new();
    loop {
        text.push(char::from(FIRST[(number % 14) as usize]));
        text.push(char::from(SECOND[(number / 14 % 5) as usize]));
        number /= 70;
        if number == 0 {
            text.push('n');
            return text;
        }
    }
}
