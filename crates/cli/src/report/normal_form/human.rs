//! The report for people.

use cogway_analyze::decomposition::Decomposition;
use cogway_analyze::normal_form::{NormalForm, Verdict};

use super::{Question, Survey, TableReport, as_entry, in_words, list};
use crate::paint::{Paint, Tone, visible};
use crate::printer::Talk;
use crate::report::{counted, place};

/// So many determinants are listed for each table, unless more is to be said.
const MOST: usize = 5;

/// The whole report.
pub(crate) fn render(survey: &Survey, talk: Talk, paint: Paint) -> String {
    let mut text = String::new();
    for table in &survey.tables {
        for line in table_lines(survey, table, talk, paint) {
            text += &line;
            text.push('\n');
        }
    }
    for name in &survey.too_wide {
        text += &format!("{name}: not judged, it has too many columns\n");
    }
    let advice = |line: &str| paint.text(Tone::Advice, line);
    let asked = survey
        .tables
        .iter()
        .find_map(|table| Some((table, table.questions().into_iter().next()?)));
    if let Some((table, question)) = asked
        && !survey.verdicts.as_os_str().is_empty()
        && talk != Talk::Verbose
    {
        let path = place(&survey.verdicts, None);
        text += &advice(&format!(
            "to decide, write into {path} (-v shows an entry for each):"
        ));
        text.push('\n');
        for line in as_entry(table, &question) {
            text += &format!("  {}\n", advice(&visible(&line)));
        }
    }
    for path in &survey.written {
        text += &format!("wrote {}\n", place(path, None));
    }
    text + &survey.summary() + "\n"
}

pub(crate) fn table_lines(survey: &Survey, table: &TableReport, talk: Talk, paint: Paint) -> Vec<String> {
    let level = table.level();
    let tone = match survey.at_least {
        Some(least) if level < least => Tone::Bad,
        _ if level < NormalForm::Third => Tone::Doubtful,
        _ => Tone::Good,
    };
    let below = match survey.at_least {
        Some(least) if level < least => format!(", below {least}"),
        _ => String::new(),
    };
    let title = visible(&table.title()).into_owned();
    let keys = &table.assessment.judgement.keys;
    let mut shown: Vec<String> = keys
        .all
        .iter()
        .take(8)
        .map(|key| list(&table.known.names(*key)))
        .collect();
    if keys.all.len() > shown.len() || !keys.is_complete {
        shown.push("…".to_owned());
    }
    let key_word = if keys.all.len() == 1 { "key" } else { "keys" };
    let mut lines = vec![format!(
        "{}: {}{below}; {key_word} {}",
        paint.text(Tone::Strong, title),
        paint.text(tone, level),
        visible(&shown.join(" | "))
    )];
    let mut add = |text: String| lines.push(format!("  {}", visible(&text)));
    for breach in table.breaches() {
        let because = breach.because.map(|reason| format!(" (confirmed: {reason})"));
        add(format!(
            "breaks {}: {} -> {}{}",
            breach.breaks,
            list(&table.known.names(breach.determinant)),
            list(&table.known.names(breach.dependents)),
            because.unwrap_or_default()
        ));
    }
    if !keys.is_complete {
        add(format!(
            "it has more than {} keys; the level may be higher than said",
            cogway_analyze::normal_form::MOST_KEYS
        ));
    }
    for contradiction in &table.contradictions {
        if let Some(ruling) = table.rulings.get(contradiction.ruling) {
            let dependency = ruling.decided.dependency;
            add(format!(
                "contradicted: {} is confirmed ({}), and rows say otherwise: {}",
                in_words(&table.known, dependency),
                place(&survey.verdicts, Some(ruling.line)),
                table.pair_in_words(dependency, contradiction.pair)
            ));
        }
    }
    if let Some(apart) = &table.proposal {
        for line in proposal_lines(table, apart) {
            add(line);
        }
    }
    for line in rows_lines(table, talk) {
        add(line);
    }
    for place_of in &table.assessment.needless {
        if let Some(ruling) = table.rulings.get(*place_of) {
            let why = match ruling.decided.verdict {
                Verdict::Confirmed => "it follows from keys or from other verdicts",
                Verdict::Rejected => "rows refute it anyhow",
            };
            add(format!(
                "nothing needs the verdict on {} ({}): {why}",
                in_words(&table.known, ruling.decided.dependency),
                place(&survey.verdicts, Some(ruling.line)),
            ));
        }
    }
    for note in &table.known.notes {
        if talk == Talk::Verbose || note.is_doubt() {
            add(format!("note: {note}"));
        }
    }
    lines
}

/// A decomposition in words.
pub(crate) fn proposal_lines(table: &TableReport, apart: &Decomposition) -> Vec<String> {
    let known = &table.known;
    let mut lines = Vec::new();
    for (number, part) in apart.parts.iter().enumerate() {
        let columns = list(&known.names(part.columns));
        let key = list(&known.names(part.key));
        lines.push(match number {
            0 => format!("take it apart: what stays is ({columns}), key {key}"),
            _ => format!("  and a table ({columns}), key {key}"),
        });
    }
    let level = apart
        .level
        .map_or("a form that is too long to tell".to_owned(), |level| {
            level.to_string()
        });
    if apart.lost.is_empty() {
        lines.push(format!(
            "  all in {level}; joined they give the same rows, and no dependency is lost"
        ));
    } else {
        let lost: Vec<String> = apart.lost.iter().map(|lost| in_words(known, *lost)).collect();
        lines.push(format!(
            "  all in {level}; joined they give the same rows, but no key enforces any more: {}",
            lost.join("; ")
        ));
    }
    lines
}

fn rows_lines(table: &TableReport, talk: Talk) -> Vec<String> {
    let Some(looked) = table.looked else {
        return Vec::new();
    };
    if looked.rows == 0 {
        return vec!["no rows: nothing can be found in them".to_owned()];
    }
    let rows = counted(looked.rows, "row", "rows");
    let of = if looked.rows == looked.of {
        rows
    } else {
        format!("a sample of {rows} of {}", looked.of)
    };
    let mut lines = Vec::new();
    let questions = table.questions();
    let listed = if talk == Talk::Verbose {
        questions.len()
    } else {
        MOST
    };
    for question in questions.iter().take(listed) {
        lines.extend(question_lines(table, question, &of));
        if talk == Talk::Verbose {
            lines.extend(
                as_entry(table, question)
                    .into_iter()
                    .map(|line| format!("    {line}")),
            );
        }
    }
    if questions.len() > listed {
        lines.push(format!(
            "and {} more to be decided on; -v lists them",
            counted(questions.len() - listed, "determinant", "determinants")
        ));
    }
    let assessment = &table.assessment;
    if !assessment.unique.is_empty() {
        let unique = assessment
            .unique
            .iter()
            .take(MOST)
            .map(|columns| list(&table.known.names(*columns)));
        lines.push(format!(
            "unique in {of}: {}",
            unique.collect::<Vec<_>>().join(" | ")
        ));
    }
    if !assessment.constant.is_empty() && looked.rows > 1 {
        lines.push(format!(
            "the same in {of}: {}",
            list(&table.known.names(assessment.constant))
        ));
    }
    if assessment.weak > 0 && (talk == Talk::Verbose || !questions.is_empty()) {
        lines.push(format!(
            "{} more hold in {of}, by chance or with too few rows behind them",
            assessment.weak
        ));
    }
    if assessment.rejected > 0 && talk == Talk::Verbose {
        lines.push(format!(
            "{} more hold in {of}, and are rejected",
            assessment.rejected
        ));
    }
    if let Some(size) = looked.complete_to {
        lines.push(format!(
            "there are too many: only determinants of {} were all tried",
            counted(size, "column", "columns")
        ));
    }
    lines
}

fn question_lines(table: &TableReport, question: &Question<'_>, of: &str) -> Vec<String> {
    let Some(first) = question.found.first() else {
        return Vec::new();
    };
    let dependents: Vec<String> = question
        .found
        .iter()
        .map(|found| table.known.name(found.dependency.dependent).to_string())
        .collect();
    let least = question
        .found
        .iter()
        .map(|found| found.support)
        .min()
        .unwrap_or_default();
    let but = if first.error > 0.0 {
        format!(", but for {:.3} % of them", first.error * 100.0)
    } else {
        String::new()
    };
    let mut lines = vec![format!(
        "undecided: {} -> {} holds in {of}{but} ({} bear it out)",
        list(&table.known.names(question.determinant)),
        dependents.join(", "),
        counted(least, "row", "rows")
    )];
    for found in &question.found {
        for pair in found.counter_examples.iter().take(2) {
            lines.push(format!(
                "  against it: {}",
                table.pair_in_words(found.dependency, *pair)
            ));
        }
    }
    lines
}
