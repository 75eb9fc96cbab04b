//! Making a text fit into lengths and letters.

use crate::seed::allowed::{Allowed, Case};
use crate::seed::data_type::TextForm;

/// The bounds of a column's texts, and how a text is made to keep them.
#[derive(Clone, Debug)]
pub(in crate::seed::draw) struct Fit {
    /// Characters.
    least: usize,
    most: usize,
    /// Bytes.
    least_octets: usize,
    most_octets: Option<usize>,
    case: Case,
}

/// A text without a limit has no more than so many characters.
const ENDLESS: usize = 1 << 20;

impl Fit {
    /// Those of a column.
    pub(in crate::seed::draw) fn new(form: TextForm, allowed: &Allowed) -> Fit {
        let type_most = match form {
            TextForm::Varchar(Some(limit)) | TextForm::Char(limit) => Some(limit),
            _ => None,
        };
        let type_octets = match form {
            TextForm::Name => Some(63),
            TextForm::Byte => Some(1),
            _ => None,
        };
        let smaller = |a: Option<u32>, b: Option<u32>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let most_octets = smaller(allowed.octets.most, type_octets).map(|octets| octets as usize);
        let most = smaller(allowed.length.most, type_most).map_or(ENDLESS, |most| most as usize);
        Fit {
            least: allowed.length.least.unwrap_or(0) as usize,
            most: most.min(most_octets.unwrap_or(ENDLESS)),
            least_octets: allowed.octets.least.unwrap_or(0) as usize,
            most_octets,
            case: allowed.case,
        }
    }

    /// At least so many characters. So many ASCII letters are also as many bytes as there must be.
    pub(in crate::seed::draw) fn least(&self) -> usize {
        self.least.max(self.least_octets)
    }

    /// At most so many characters; very many where there is no limit.
    pub(in crate::seed::draw) fn most(&self) -> usize {
        if self.most == ENDLESS {
            usize::MAX
        } else {
            self.most
        }
    }

    /// At most so many bytes.
    pub(in crate::seed::draw) fn most_octets(&self) -> Option<usize> {
        self.most_octets
    }

    /// Which letters.
    pub(in crate::seed::draw) fn case(&self) -> Case {
        self.case
    }

    /// Is there no text at all that keeps them?
    pub(in crate::seed::draw) fn is_contradictory(&self) -> bool {
        self.least > self.most || self.most_octets.is_some_and(|most| self.least_octets > most)
    }

    /// Does it keep them?
    pub(in crate::seed::draw) fn holds(&self, text: &str) -> bool {
        let octets = text.len();
        octets >= self.least_octets && self.most_octets.is_none_or(|most| octets <= most) && {
            let count = text.chars().count();
            count >= self.least && count <= self.most
        }
    }

    /// Gives it the letters that it may have.
    pub(in crate::seed::draw) fn fold(&self, text: &mut String) {
        match self.case {
            Case::Any => {}
            Case::Lower if text.is_ascii() => text.make_ascii_lowercase(),
            Case::Upper if text.is_ascii() => text.make_ascii_uppercase(),
            Case::Lower => *text = text.to_lowercase(),
            Case::Upper => *text = text.to_uppercase(),
        }
    }

    /// Makes it fit: cut where a word ends, if possible; with more of its kind behind it where it is too short. False
    /// where nothing can fit.
    pub(in crate::seed::draw) fn fit(&self, text: &mut String, mut more: impl FnMut(&mut String)) -> bool {
        if self.is_contradictory() {
            return false;
        }
        self.fold(text);
        trim(text);
        if text.len() > self.most || self.most_octets.is_some_and(|most| text.len() > most) {
            self.cut(text);
        }
        // So many bytes are so many characters only where all of them are ASCII.
        if (text.len() < self.least * 4 && text.chars().count() < self.least)
            || text.len() < self.least_octets
        {
            self.lengthen(text, &mut more);
        }
        true
    }

    fn lengthen(&self, text: &mut String, more: &mut impl FnMut(&mut String)) {
        let is_short = |text: &str| text.len() < self.least_octets || text.chars().count() < self.least;
        let mut next = String::new();
        while is_short(text) {
            next.clear();
            more(&mut next);
            self.fold(&mut next);
            let next = next.trim();
            if next.is_empty() {
                text.push('x');
            } else {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(next);
            }
        }
        if self.cut_hard(text) && text.ends_with(char::is_whitespace) {
            // What would be trimmed away is needed for the length.
            text.pop();
            text.push(if self.case == Case::Upper { 'X' } else { 'x' });
        }
        while is_short(text) {
            text.push(if self.case == Case::Upper { 'X' } else { 'x' });
        }
    }

    /// Cuts at a word's end, if that leaves enough.
    fn cut(&self, text: &mut String) {
        let whole = text.len();
        let end = self.end(text);
        if end == whole {
            return;
        }
        let is_enough = |blank: usize| {
            blank * 2 >= end
                && blank >= self.least_octets
                && (self.least == 0 || text[..blank].chars().count() >= self.least)
        };
        let end = match text[..end].rfind(char::is_whitespace) {
            Some(blank) if !text[end..].starts_with(char::is_whitespace) && is_enough(blank) => blank,
            _ => end,
        };
        text.truncate(end);
        trim(text);
        while text.len() > 1 && text.ends_with([',', ';', ':', '-', '(', '&', '–', '—']) {
            text.pop();
            trim(text);
        }
    }

    /// Cuts wherever the limit is. Was anything cut?
    fn cut_hard(&self, text: &mut String) -> bool {
        let end = self.end(text);
        let cut = end < text.len();
        text.truncate(end);
        cut
    }

    /// Where the text ends at the latest, in bytes.
    fn end(&self, text: &str) -> usize {
        let mut end = text
            .char_indices()
            .nth(self.most)
            .map_or(text.len(), |(end, _)| end);
        if let Some(most) = self.most_octets {
            end = end.min(most);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
        }
        end
    }
}

/// Takes blanks away from both ends.
fn trim(text: &mut String) {
    text.truncate(text.trim_end().len());
    let blanks = text.len() - text.trim_start().len();
    if blanks > 0 {
        text.drain(..blanks);
    }
}
