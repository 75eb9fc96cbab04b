//! The words behind the name of a chore.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// What a chore ends with: its exit code is for the caller to choose.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// The chore was called in a way that it does not understand.
#[derive(Debug)]
pub(crate) struct Usage(pub(crate) String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Usage {}

/// The words that nobody has asked for yet.
#[derive(Debug)]
pub(crate) struct Arguments {
    words: Vec<String>,
}

impl Arguments {
    /// All words behind the chore's name.
    pub(crate) fn new(words: &[&str]) -> Arguments {
        Arguments {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        }
    }

    /// Takes the first word out if it is this one.
    pub(crate) fn leading(&mut self, word: &str) -> bool {
        let there = self.words.first().is_some_and(|first| first == word);
        if there {
            self.words.remove(0);
        }
        there
    }

    /// Takes an option such as `--rounds 5` out; the last one counts where there are several.
    pub(crate) fn value<T>(&mut self, name: &str) -> Result<Option<T>, Usage>
    where
        T: FromStr<Err: fmt::Display>,
    {
        let parsed = self.texts(name)?.pop().map(|text| {
            text.parse()
                .map_err(|error| Usage(format!("{name} {text}: {error}")))
        });
        parsed.transpose()
    }

    /// Takes an option out that may be given several times.
    pub(crate) fn texts(&mut self, name: &str) -> Result<Vec<String>, Usage> {
        let mut values = Vec::new();
        while let Some(at) = self.words.iter().position(|word| word == name) {
            if at + 1 == self.words.len() {
                return Err(Usage(format!("{name} needs a value")));
            }
            self.words.remove(at);
            values.push(self.words.remove(at));
        }
        Ok(values)
    }

    /// Takes a switch such as `--naive` out, and says whether it was there.
    pub(crate) fn switch(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|word| word != name);
        self.words.len() < before
    }

    /// The words that are left, none of which may look like an option.
    pub(crate) fn rest(self) -> Result<Vec<String>, Usage> {
        match self.words.iter().find(|word| word.starts_with('-')) {
            Some(word) => Err(Usage(format!("no such option here: {word}"))),
            None => Ok(self.words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_told_from_words() {
        let mut arguments = Arguments::new(&["read", "a", "--rounds", "7", "--naive", "b"]);
        assert!(arguments.leading("read") && !arguments.leading("verify"));
        assert_eq!(arguments.value::<usize>("--rounds").unwrap(), Some(7));
        assert_eq!(arguments.value::<usize>("--seed").unwrap(), None);
        assert!(arguments.switch("--naive") && !arguments.switch("--quiet"));
        assert_eq!(arguments.rest().unwrap(), ["a", "b"]);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let message = |words: &[&str]| {
            let mut arguments = Arguments::new(words);
            let value = arguments.value::<usize>("--rounds");
            value
                .map(drop)
                .and_then(|()| arguments.rest().map(drop))
                .unwrap_err()
                .to_string()
        };
        assert_eq!(message(&["--rounds"]), "--rounds needs a value");
        assert_eq!(
            message(&["--rounds", "x"]),
            "--rounds x: invalid digit found in string"
        );
        assert_eq!(message(&["--round", "1"]), "no such option here: --round");
    }
}
