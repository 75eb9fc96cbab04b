//! What each verb does.

mod accounting;
mod bar;
mod before;
mod completion;
mod demo;
mod doc;
mod joining;
mod looking;
mod moving;
mod normalize;
pub(crate) mod pg;
mod progress;
mod run_progress;
mod seed;
mod snapshot;
mod verify;
mod writing;

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

use crate::cli::{Cli, Verb};
use crate::config::Config;
use crate::error::{Failure, FailureCode};
use crate::exit::Exit;
use crate::interrupt::Brake;
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
    let moved = |moving: moving::Move<'_>| -> Result<Exit, Failure> {
        let config = config()?;
        in_good_order(|brake| moving::run(&moving, &config, printer, brake))
    };
    match &cli.verb {
        Verb::Init(args) => writing::init(args, cli.common.config.as_deref(), printer),
        Verb::New(args) => block_on(writing::new(args, &config()?, printer)),
        Verb::Status(args) => block_on(looking::status(args, &config()?, printer)),
        Verb::History(args) => block_on(looking::history(args, &config()?, printer)),
        Verb::Heads(args) => block_on(looking::heads_of(args, &config()?, printer)),
        Verb::Up(args) => moved(args.into()),
        Verb::Down(args) => moved(args.into()),
        Verb::To(args) => moved(args.into()),
        Verb::Merge(args) => on_private_servers(joining::merge(args, &config()?, printer)),
        Verb::Rebase(args) => on_private_servers(joining::rebase(args, &config()?, printer)),
        Verb::Check(args) => block_on(looking::check(args, &config()?, printer)),
        Verb::Adopt(args) => {
            let config = config()?;
            in_good_order(|brake| accounting::adopt(args, &config, printer, brake))
        }
        Verb::Repair(args) => {
            let config = config()?;
            in_good_order(|brake| accounting::repair(args, &config, printer, brake))
        }
        Verb::Verify(args) => {
            on_private_servers(verify::run(args, &config()?, printer)).map_err(|failure| match failure.code {
                FailureCode::Interrupted => verify::explain(failure, block_on(verify::clear_up())),
                _ => failure,
            })
        }
        Verb::Snapshot(args) => on_private_servers(snapshot::run(args, &config()?, printer)),
        Verb::Seed(args) => block_on(seed::run(args, &config()?, printer)),
        Verb::Doc(args) => on_private_servers(doc::run(args, &config()?, printer)),
        Verb::Normalize(args) => block_on(normalize::run(args, &config()?, printer)),
        Verb::Pg(args) => pg::run(args, &config()?, printer),
        Verb::Demo(args) => on_private_servers(demo::run(args, printer)),
        Verb::Completion(args) => completion::run(args, printer),
    }
}

/// Runs a verb that waits for servers; signals end it.
fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    runtime()?.block_on(crate::interrupt::unless_interrupted(work))
}

/// Likewise, a verb that starts servers of its own.
fn on_private_servers<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    block_on(work).map_err(|failure| match failure.code {
        FailureCode::Interrupted => failure.hint(
            "the private server is gone, with all its files; nothing is known of the revisions that were not reached",
        ),
        _ => failure,
    })
}

/// Runs a verb that changes a database; signals let it end in good order.
fn in_good_order<'b, T, W: Future<Output = Result<T, Failure>>>(
    work: impl FnOnce(&'b Brake) -> W,
) -> Result<T, Failure> {
    // It lives as long as the program, which ends with the verb.
    let brake: &'b Brake = Box::leak(Box::default());
    runtime()?.block_on(crate::interrupt::in_good_order(brake, work(brake)))
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| {
            Failure::new(
                FailureCode::Server,
                format!("the operating system refuses what is needed to run: {error}"),
            )
            .hint("look at the limits of open files and processes: ulimit -a")
        })
}

/// Help and version, which were asked for; and arguments that cannot be understood.
fn not_parsed(error: &clap::Error, arguments: &[OsString]) -> Exit {
    if !error.use_stderr() {
        // There is nowhere else to say that this cannot be printed.
        let _ = error.print();
        return Exit::Done;
    }
    let text = without_passwords(error.render().to_string(), arguments);
    if text == error.render().to_string() {
        let _ = error.print();
    } else {
        Printer::new(ColourChoice::Never, Talk::Usual).note(text.trim_end());
    }
    let asks_for_json = arguments
        .windows(2)
        .any(|pair| pair[0] == "--output" && (pair[1] == "json" || pair[1] == "jsonl"))
        || arguments
            .iter()
            .any(|argument| argument == "--output=json" || argument == "--output=jsonl");
    if asks_for_json && error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let message = text
            .lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches("error: ");
        // The program ends with what is said here.
        let command: &'static clap::Command = Box::leak(Box::new(Cli::command()));
        let mut verbs = command.get_subcommands().map(clap::Command::get_name);
        let verb = verbs.find(|verb| arguments.iter().any(|a| a == verb));
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

/// A text without the passwords of the URLs that were typed: somebody may have typed one where none belongs.
fn without_passwords(text: String, arguments: &[OsString]) -> String {
    let password = |argument: &str| {
        let (_, rest) = argument.split_once("://")?;
        let (user, _) = rest.rsplit_once('@')?;
        let (_, password) = user.split_once(':')?;
        (!password.is_empty()).then(|| password.to_owned())
    };
    let passwords = arguments
        .iter()
        .filter_map(|argument| argument.to_str().and_then(password));
    passwords.fold(text, |text, password| {
        text.replace(&format!(":{password}@"), ":…@")
    })
}
