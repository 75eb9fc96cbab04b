//! `cogway completion`: the completion script of a shell.

use clap::CommandFactory;
use serde::Serialize;

use crate::cli::{Cli, Completion};
use crate::error::Failure;
use crate::exit::Exit;
use crate::output::{Header, PlainForm};
use crate::printer::Printer;

/// Runs the verb.
pub(crate) fn run(args: &Completion, printer: &Printer) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "cogway", &mut script);
    let script = String::from_utf8_lossy(&script);
    match args.output {
        PlainForm::Human => printer.data(&script)?,
        PlainForm::Json => printer.json(&Document {
            header: Header::of("completion"),
            shell: args.shell.to_string(),
            script: &script,
        })?,
    }
    Ok(Exit::Done)
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header,
    shell: String,
    script: &'a str,
}
