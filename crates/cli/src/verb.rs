//! What each verb does.

mod completion;
mod demo;
mod pg;
mod progress;
mod snapshot;
mod verify;

use std::ffi::OsString;

use clap::Parser;
use clap::error::ErrorKind;

use crate::cli::{Cli, Verb};
use crate::config::Config;
use crate::error::{Failure, FailureCode};
use crate::exit::Exit;
use crate::output::FailureForm;
use crate::printer::{ColourChoice, Printer, Talk};

/// Runs the program, and says how it ends.
pub(crate) fn run(arguments: Vec<OsString>) -> Exit {
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => return not_parsed(&error, &arguments),
    };
    let printer = Printer::new(cli.common.color, cli.common.talk());
    match perform(&cli, &printer) {
        Ok(exit) => exit,
        Err(failure) => {
            printer.failure(&failure, cli.verb.name(), cli.verb.failure_form());
            failure.exit()
        }
    }
}

fn perform(cli: &Cli, printer: &Printer) -> Result<Exit, Failure> {
    let config = || Config::load(cli.common.config.as_deref());
    match &cli.verb {
        Verb::Verify(args) => {
            block_on(verify::run(args, &config()?, printer)).map_err(|failure| match failure.code {
                FailureCode::Interrupted => verify::explain(failure, block_on(verify::clear_up())),
                _ => failure,
            })
        }
        Verb::Snapshot(args) => block_on(snapshot::run(args, &config()?, printer)),
        Verb::Pg(args) => pg::run(args, &config()?, printer),
        Verb::Demo(args) => block_on(demo::run(args, printer)),
        Verb::Completion(args) => completion::run(args, printer),
    }
}

/// Runs a verb that waits for servers; signals end it.
fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        Failure::new(
            FailureCode::Server,
            format!("the operating system refuses what is needed to run: {error}"),
        )
        .hint("look at the limits of open files and processes: ulimit -a")
    })?;
    runtime.block_on(crate::interrupt::unless_interrupted(work))
}

/// Help and version, which were asked for; and arguments that cannot be understood.
fn not_parsed(error: &clap::Error, arguments: &[OsString]) -> Exit {
    // There is nowhere else to say that this cannot be printed.
    let _ = error.print();
    if !error.use_stderr() {
        return Exit::Done;
    }
    let asks_for_json = arguments
        .windows(2)
        .any(|pair| pair[0] == "--output" && (pair[1] == "json" || pair[1] == "jsonl"))
        || arguments
            .iter()
            .any(|argument| argument == "--output=json" || argument == "--output=jsonl");
    if asks_for_json && error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let text = error.render().to_string();
        let message = text
            .lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches("error: ");
        let verb = ["verify", "snapshot", "pg", "demo", "completion"]
            .into_iter()
            .find(|verb| arguments.iter().any(|a| a == verb));
        let failure = Failure::usage(message).hint("`cogway help` shows what may be typed");
        // stderr has been told by clap.
        Printer::new(ColourChoice::Never, Talk::Quiet).failure_document(
            &failure,
            verb.unwrap_or_default(),
            FailureForm::Json,
        );
    }
    Exit::Usage
}
