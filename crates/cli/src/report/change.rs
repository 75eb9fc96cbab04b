//! What changed in a script, line by line.

use cogway_migrate::runner::ScriptChange;

use super::place;
use crate::paint::{Paint, Tone, visible};

/// Lines around a change that are shown with it.
const AROUND: usize = 3;

/// A change as `diff -u` shows it.
pub(crate) fn render(change: &ScriptChange, paint: Paint) -> String {
    let title = match change.what {
        // They stand in another file than the scripts, or in the names of the files.
        "parents" => format!("parents of {}", visible(change.id.as_str())),
        "down" if change.after.is_none() => format!("down of {}: gone", visible(change.id.as_str())),
        what => format!(
            "{what} of {}: {}",
            visible(change.id.as_str()),
            place(&change.path, None)
        ),
    };
    let mut text = format!("{}\n", paint.text(Tone::Strong, title));
    let (before, after) = match (&change.before, &change.after) {
        (None, Some(_)) if change.what == "up" => {
            return text + "  it has changed; what it was is not kept, for it is too large\n";
        }
        (before, after) => (
            before.as_deref().unwrap_or_default(),
            after.as_deref().unwrap_or_default(),
        ),
    };
    let lines = diff(
        &before.lines().collect::<Vec<_>>(),
        &after.lines().collect::<Vec<_>>(),
    );
    let is_near = |place: usize| {
        let from = place.saturating_sub(AROUND);
        lines
            .iter()
            .skip(from)
            .take(place - from + AROUND + 1)
            .any(|(sign, _)| *sign != ' ')
    };
    let mut cut = false;
    for (place, (sign, line)) in lines.iter().enumerate() {
        if !is_near(place) {
            cut = true;
            continue;
        }
        if std::mem::take(&mut cut) {
            text += "  …\n";
        }
        let line = format!("{sign} {}", visible(line));
        let tone = match sign {
            '+' => Some(Tone::Good),
            '-' => Some(Tone::Bad),
            _ => None,
        };
        text += &tone.map_or_else(|| line.clone(), |tone| paint.text(tone, &line));
        text.push('\n');
    }
    text
}

/// The lines of both, each with `-` where only the first has it, `+` where only the second, and a blank where both: with
/// as many of both as can be.
fn diff<'a>(before: &[&'a str], after: &[&'a str]) -> Vec<(char, &'a str)> {
    /// Beyond this many comparisons, what lies between the common beginning and end is told as wholly replaced.
    const MOST: usize = 4_000_000;
    let head = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let (rest_before, rest_after) = (&before[head..], &after[head..]);
    let tail = rest_before
        .iter()
        .rev()
        .zip(rest_after.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let old = &rest_before[..rest_before.len() - tail];
    let new = &rest_after[..rest_after.len() - tail];
    let mut lines: Vec<(char, &str)> = before[..head].iter().map(|line| (' ', *line)).collect();
    if old.len().saturating_mul(new.len()) > MOST {
        lines.extend(old.iter().map(|line| ('-', *line)));
        lines.extend(new.iter().map(|line| ('+', *line)));
    } else {
        lines.extend(longest_common(old, new));
    }
    lines.extend(
        rest_before[rest_before.len() - tail..]
            .iter()
            .map(|line| (' ', *line)),
    );
    lines
}

/// By the table of the longest common subsequences.
fn longest_common<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(char, &'a str)> {
    let width = new.len() + 1;
    let mut length = vec![0u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            length[i * width + j] = if old[i] == new[j] {
                length[(i + 1) * width + j + 1] + 1
            } else {
                length[(i + 1) * width + j].max(length[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push((' ', old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len()
            || (i < old.len() && length[(i + 1) * width + j] >= length[i * width + j + 1])
        {
            lines.push(('-', old[i]));
            i += 1;
        } else {
            lines.push(('+', new[j]));
            j += 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_kept_lost_or_new() {
        let check = |before: &str, after: &str, expect: &str| {
            let found: Vec<String> = diff(
                &before.split(' ').collect::<Vec<_>>(),
                &after.split(' ').collect::<Vec<_>>(),
            )
            .into_iter()
            .map(|(sign, line)| format!("{sign}{line}"))
            .collect();
            assert_eq!(found.join("|"), expect, "{before} to {after}");
        };
        check("a b c", "a b c", " a| b| c");
        check("a b c", "a x c", " a|-b|+x| c");
        check("a b c d", "a c d e", " a|-b| c| d|+e");
        check("a", "b", "-a|+b");
    }
}
