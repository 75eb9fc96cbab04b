//! Puts figures into `BENCHMARKS.md`, under the headings that are there.

/// Replaces the rows of the table under a heading; `None` when there is no such heading with a table.
pub(crate) fn with_rows(document: &str, heading: &str, rows: &[String]) -> Option<String> {
    let (before, section, after) = cut(document, heading)?;
    let rule = section.lines().position(|line| line.starts_with("|---"))?;
    let lines: Vec<&str> = section.lines().collect();
    let old = lines[rule + 1..]
        .iter()
        .take_while(|line| line.starts_with('|'))
        .count();
    let mut new: Vec<&str> = lines[..=rule].to_vec();
    new.extend(rows.iter().map(String::as_str));
    new.extend(&lines[rule + 1 + old..]);
    Some(format!("{before}{}\n{after}", new.join("\n")))
}

/// Replaces everything under a heading; `None` when there is no such heading.
pub(crate) fn with_text(document: &str, heading: &str, text: &str) -> Option<String> {
    let (before, section, after) = cut(document, heading)?;
    let title = section.lines().next()?;
    Some(format!("{before}{title}\n\n{}\n\n{after}", text.trim_end()))
}

/// What is before a section, the section with its heading, and what is after it.
fn cut<'a>(document: &'a str, heading: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let title = format!("## {heading}\n");
    let start = document.find(&format!("\n{title}"))? + 1;
    let inside = start + title.len();
    let end = document[inside..]
        .find("\n## ")
        .map_or(document.len(), |at| inside + at + 1);
    Some((&document[..start], &document[start..end], &document[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "# M\n\n## A\n\ntext\n\n| x |\n|---|\n| old |\n\nmore\n\n## B\n\nend\n";

    #[test]
    fn rows_are_replaced_and_nothing_else() {
        let rows = ["| 1 |".to_owned(), "| 2 |".to_owned()];
        let expect = DOCUMENT.replace("| old |", "| 1 |\n| 2 |");
        assert_eq!(with_rows(DOCUMENT, "A", &rows).as_deref(), Some(expect.as_str()));
        assert_eq!(with_rows(DOCUMENT, "B", &rows), None);
        assert_eq!(with_rows(DOCUMENT, "C", &rows), None);
    }

    #[test]
    fn a_text_is_replaced() {
        let expect = DOCUMENT.replace("end\n", "new\n\n");
        assert_eq!(
            with_text(DOCUMENT, "B", "new\n").as_deref(),
            Some(expect.as_str())
        );
    }
}
