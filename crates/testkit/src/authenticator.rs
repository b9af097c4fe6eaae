//! An authenticator in software: makes passkeys and answers challenges with real WebAuthn data (CBOR, COSE, ES256).
//!
//! It behaves as asked, badly too: another site, nobody verified, a count that goes backwards.

use kit::text::{base64url, sha256};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};

/// The person was there and was verified; the key may be copied and is.
const FLAGS: u8 = 0x01 | 0x04 | 0x08 | 0x10;
const HAS_CREDENTIAL: u8 = 0x40;

/// One passkey and what its browser says.
#[derive(Debug)]
pub struct Authenticator {
    key: EcdsaKeyPair,
    random: SystemRandom,
    /// The id of its passkey.
    pub id: Vec<u8>,
    /// The origin that its browser shows: `https://desk.example.com`.
    pub origin: String,
    /// The site it believes to be on.
    pub site: String,
    /// What the bits of its data say.
    pub flags: u8,
    /// How often it says it was used.
    pub uses: u32,
}

/// What a browser gives to the page's script.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// The browser's own part.
    pub client_data: Vec<u8>,
    /// The attestation object, or the authenticator's data.
    pub data: Vec<u8>,
    /// The signature, of an answer.
    pub signature: Vec<u8>,
}

impl Authenticator {
    /// One with a new key for the site of `origin`.
    ///
    /// # Panics
    /// When the machine has no randomness.
    pub fn new(origin: &str, site: &str) -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("there is randomness");
        let key = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).expect("the key is new");
        let id = sha256(key.public_key().as_ref()).to_vec();
        Self {
            key,
            random,
            id,
            origin: origin.to_owned(),
            site: site.to_owned(),
            flags: FLAGS,
            uses: 0,
        }
    }

    /// Makes the passkey in a ceremony with this challenge.
    pub fn make(&self, challenge: &str) -> Spoken {
        let length = u16::try_from(self.id.len()).expect("the id is short");
        let data = [
            self.head(self.flags | HAS_CREDENTIAL),
            vec![0; 16],
            length.to_be_bytes().to_vec(),
            self.id.clone(),
            self.public_key(),
        ]
        .concat();
        let long = u8::try_from(data.len()).expect("the data fit one byte of length");
        // {"fmt": "none", "attStmt": {}, "authData": …}
        let attestation = [
            b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".as_slice(),
            &[long],
            &data,
        ]
        .concat();
        Spoken {
            client_data: self.client_data("webauthn.create", challenge),
            data: attestation,
            signature: Vec::new(),
        }
    }

    /// Answers a challenge with the passkey, and counts.
    ///
    /// # Panics
    /// When the machine has no randomness.
    pub fn answer(&mut self, challenge: &str) -> Spoken {
        self.uses += 1;
        let (data, client_data) = (self.head(self.flags), self.client_data("webauthn.get", challenge));
        let signed = [data.as_slice(), &sha256(&client_data)].concat();
        let signature = self
            .key
            .sign(&self.random, &signed)
            .expect("there is randomness")
            .as_ref()
            .to_vec();
        Spoken {
            client_data,
            data,
            signature,
        }
    }

    fn client_data(&self, kind: &str, challenge: &str) -> Vec<u8> {
        let origin = &self.origin;
        format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}}"#)
            .into_bytes()
    }

    fn head(&self, flags: u8) -> Vec<u8> {
        let site = sha256(self.site.as_bytes());
        [site.as_slice(), &[flags], &self.uses.to_be_bytes()].concat()
    }

    /// The public key in COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        [
            b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".as_slice(),
            &point[1..33],
            b"\x22\x58\x20",
            &point[33..65],
        ]
        .concat()
    }
}

impl Spoken {
    /// The three parts in base64url: browser's, authenticator's, signature.
    pub fn texts(&self) -> [String; 3] {
        [&self.client_data, &self.data, &self.signature].map(|bytes| base64url(bytes))
    }
}
