//! A checksum over what a script says, not over how it is laid out.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::token::{self, TokenKind};

/// A hash over the tokens of a script: 64 hexadecimal digits. White space, line breaks and comments between tokens do not
/// count; everything else does, the inside of strings, quoted names and function bodies too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Checksum(String);

impl Checksum {
    /// The checksum of a script.
    ///
    /// A script that holds something that is opened and never closed is hashed byte by byte from there on.
    ///
    /// ```
    /// # use cogway_catalog::sql::Checksum;
    /// let tidy = Checksum::of("CREATE TABLE t (id int);\n");
    /// assert_eq!(tidy, Checksum::of("CREATE TABLE t -- one\r\n  ( id int ) ; /* done */"));
    /// assert_ne!(tidy, Checksum::of("CREATE TABLE t (id bigint);"));
    /// assert_ne!(Checksum::of("SELECT 'a b'"), Checksum::of("SELECT 'a  b'"));
    /// ```
    pub fn of(script: &str) -> Checksum {
        // Pieces of a script are hashed with a length each, so that no two sequences of tokens give the same bytes.
        let mut text = Vec::with_capacity(script.len() + script.len() / 2);
        let mut at = 0;
        loop {
            let token = match token::next(script, at) {
                Ok(None) => break,
                Ok(Some(token)) => token,
                Err(_) => {
                    push(&mut text, script.get(at..).unwrap_or_default());
                    break;
                }
            };
            if token.kind != TokenKind::Blank {
                push(&mut text, script.get(token.start..token.end).unwrap_or_default());
            }
            at = token.end;
        }
        Checksum(blake3::hash(&text).to_hex().to_string())
    }

    /// A checksum over pieces of text, each of them as it is.
    pub fn of_pieces<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Checksum {
        let mut text = Vec::new();
        for piece in pieces {
            push(&mut text, piece);
        }
        Checksum(blake3::hash(&text).to_hex().to_string())
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn push(text: &mut Vec<u8>, piece: &str) {
    let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
    text.extend_from_slice(&length.to_le_bytes());
    text.extend_from_slice(piece.as_bytes());
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<String> for Checksum {
    /// One that was written down.
    fn from(text: String) -> Checksum {
        Checksum(text)
    }
}
