//! Everything odd about a mail has a name here.

/// Something about a mail that isn't as it should be. None of them loses anything: the raw mail is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// Longer than the limit; only its beginning was looked at.
    TooLarge,
    /// More parts than the limit; the rest is one attachment, undivided.
    TooManyParts,
    /// Deeper than the limit; what lies deeper is one attachment, undivided.
    TooDeep,
    /// More header fields than the limit; only those that decide something were kept beyond it.
    TooManyFields,
    /// A header field longer than the limit was cut.
    FieldTooLong,
    /// Looking closer would take too long.
    TooMuchWork,
    /// The body is longer than the limit and was cut; the whole stands in the raw mail.
    BodyTooLong,
    /// Not one header field.
    NoFields,
    /// No Message-ID.
    NoMessageId,
    /// More than one Message-ID, or one that isn't an identifier.
    OddMessageId,
    /// No From, or one without an address.
    NoFrom,
    /// More than one address in From, or the field more than once.
    ManyFrom,
    /// Neither To nor Cc nor Bcc.
    NoRecipients,
    /// No Subject, or an empty one.
    NoSubject,
    /// No Date.
    NoDate,
    /// A Date that can't be read.
    OddDate,
    /// A Date later than the mail's arrival; the arrival counts.
    FutureDate,
    /// No text to read.
    NoBody,
    /// Multipart without the boundary it names, or without naming one.
    NoBoundary,
    /// Multipart that ends before its last boundary: the mail may have been cut on its way.
    Unclosed,
    /// Base64 or quoted-printable with something else in it; what could be decoded was.
    OddEncoding,
    /// A transfer encoding nobody knows.
    UnknownEncoding,
    /// A character set nobody knows; it was guessed from the text.
    UnknownCharset,
    /// Text that isn't in the character set that its label says.
    WrongCharset,
    /// Letters beyond ASCII without a label; the character set was guessed.
    UnlabelledCharset,
    /// Text that could not be decoded wholly; what could not is shown as U+FFFD.
    UndecodableText,
    /// NUL characters, which were taken out.
    NulBytes,
    /// A file name that had to be changed to be safe.
    UnsafeFileName,
    /// winmail.dat that could not be opened.
    UnreadableTnef,
    /// HTML too deep or too long to be taken apart; its text was taken without structure.
    OddHtml,
    /// The library for header fields gave up.
    OddField,
}

impl Trouble {
    /// The name by which programs know it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::TooManyParts => "too-many-parts",
            Self::TooDeep => "too-deep",
            Self::TooManyFields => "too-many-fields",
            Self::FieldTooLong => "field-too-long",
            Self::TooMuchWork => "too-much-work",
            Self::BodyTooLong => "body-too-long",
            Self::NoFields => "no-fields",
            Self::NoMessageId => "no-message-id",
            Self::OddMessageId => "odd-message-id",
            Self::NoFrom => "no-from",
            Self::ManyFrom => "many-from",
            Self::NoRecipients => "no-recipients",
            Self::NoSubject => "no-subject",
            Self::NoDate => "no-date",
            Self::OddDate => "odd-date",
            Self::FutureDate => "future-date",
            Self::NoBody => "no-body",
            Self::NoBoundary => "no-boundary",
            Self::Unclosed => "unclosed",
            Self::OddEncoding => "odd-encoding",
            Self::UnknownEncoding => "unknown-encoding",
            Self::UnknownCharset => "unknown-charset",
            Self::WrongCharset => "wrong-charset",
            Self::UnlabelledCharset => "unlabelled-charset",
            Self::UndecodableText => "undecodable-text",
            Self::NulBytes => "nul-bytes",
            Self::UnsafeFileName => "unsafe-file-name",
            Self::UnreadableTnef => "unreadable-tnef",
            Self::OddHtml => "odd-html",
            Self::OddField => "odd-field",
        }
    }
}

/// The troubles of one mail, each once, in the order in which they were met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Troubles(Vec<Trouble>);

impl Troubles {
    pub(crate) fn add(&mut self, trouble: Trouble) {
        if !self.0.contains(&trouble) {
            self.0.push(trouble);
        }
    }

    /// Whether this is among them.
    pub fn has(&self, trouble: Trouble) -> bool {
        self.0.contains(&trouble)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Trouble> + '_ {
        self.0.iter().copied()
    }

    /// Whether nothing is odd.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
