//! `cogway pg`: the lasting server of a project.

use cogway_pg::dev_server::{DevOptions, DevServer, DevStatus, RunningServer, Stopped};
use cogway_pg::scratch::GROUND_DATABASE;
use serde::Serialize;

use crate::cli::{Pg, PgAction, ServerArgs};
use crate::config::Config;
use crate::environment;
use crate::error::Failure;
use crate::exit::Exit;
use crate::output::{Header, PlainForm};
use crate::printer::Printer;

/// Where the server is, from the directory of the project.
const DIR: &str = ".cogway/pg";

/// Runs the verb.
pub(crate) fn run(args: &Pg, config: &Config, printer: &Printer) -> Result<Exit, Failure> {
    let server = DevServer::at(&config.home.join(DIR))?;
    let answer = match &args.action {
        PgAction::Start(args) => start(&server, args, printer)?,
        PgAction::Stop => stop(&server)?,
        PgAction::Status => status(&server)?,
        PgAction::Url { database } => url(&server.running()?, database),
    };
    match args.output {
        PlainForm::Human => printer.data(&(answer.text + "\n"))?,
        PlainForm::Json => printer.json(&answer.document)?,
    }
    Ok(Exit::Done)
}

/// The URL of the project's server, if it has one and it runs.
pub(crate) fn url_if_running(config: &Config) -> Option<String> {
    let dir = config.home.join(DIR);
    if !dir.is_dir() {
        return None;
    }
    match DevServer::at(&dir).ok()?.status().ok()? {
        DevStatus::Running(server) => Some(server.url(GROUND_DATABASE)),
        _ => None,
    }
}

/// What there is to say: to people, and to machines.
struct Answer {
    text: String,
    document: Document,
}

#[derive(Serialize)]
struct Document {
    #[serde(flatten)]
    header: Header,
    status: &'static str,
    url: Option<String>,
    version: Option<String>,
    pid: Option<u32>,
    home: Option<std::path::PathBuf>,
}

impl Document {
    fn of(status: &'static str) -> Document {
        Document {
            header: Header::of("pg"),
            status,
            url: None,
            version: None,
            pid: None,
            home: None,
        }
    }

    fn running(server: &RunningServer, database: &str) -> Document {
        Document {
            url: Some(server.url(database)),
            version: Some(server.version.to_string()),
            pid: Some(server.pid),
            home: Some(server.home.clone()),
            ..Document::of("running")
        }
    }
}

fn url(server: &RunningServer, database: &str) -> Answer {
    Answer {
        text: server.url(database),
        document: Document::running(server, database),
    }
}

fn start(server: &DevServer, args: &ServerArgs, printer: &Printer) -> Result<Answer, Failure> {
    let running = server.start(&DevOptions {
        search: environment::search(args.pg_bin.clone()),
        cache_dir: environment::cache_dir(),
        settings: Vec::new(),
    })?;
    printer.note(&format!(
        "PostgreSQL {} runs in {}",
        running.version,
        running.home.display()
    ));
    printer.note("stop it with `cogway pg stop`; the data stay");
    Ok(url(&running, GROUND_DATABASE))
}

fn stop(server: &DevServer) -> Result<Answer, Failure> {
    let text = match server.stop()? {
        Stopped::Now => "stopped; the data stay".to_owned(),
        Stopped::Before => "no development server ran".to_owned(),
    };
    Ok(Answer {
        text,
        document: Document::of("stopped"),
    })
}

fn status(server: &DevServer) -> Result<Answer, Failure> {
    Ok(match server.status()? {
        DevStatus::Absent => Answer {
            text: "there is no development server yet; `cogway pg start` makes one".to_owned(),
            document: Document::of("absent"),
        },
        DevStatus::Stopped { home, major } => Answer {
            text: format!(
                "stopped: PostgreSQL {major} in {}; `cogway pg start` starts it",
                home.display()
            ),
            document: Document {
                version: Some(major.to_string()),
                home: Some(home),
                ..Document::of("stopped")
            },
        },
        DevStatus::Stale { home, major, pid } => Answer {
            text: format!(
                "killed: PostgreSQL {major} in {} was process {pid}; `cogway pg start` repairs the data and starts it",
                home.display()
            ),
            document: Document {
                version: Some(major.to_string()),
                home: Some(home),
                ..Document::of("stale")
            },
        },
        DevStatus::Running(running) => Answer {
            text: format!(
                "runs: PostgreSQL {} in {}, process {}\n{}",
                running.version,
                running.home.display(),
                running.pid,
                running.url(GROUND_DATABASE)
            ),
            document: Document::running(&running, GROUND_DATABASE),
        },
    })
}
