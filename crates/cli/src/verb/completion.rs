//! `cogway completion`: the completion script of a shell.

use clap::CommandFactory;

use crate::cli::{Cli, Completion};
use crate::error::Failure;
use crate::exit::Exit;
use crate::printer::Printer;

/// Runs the verb.
pub(crate) fn run(args: &Completion, printer: &Printer) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "cogway", &mut script);
    printer.data(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
