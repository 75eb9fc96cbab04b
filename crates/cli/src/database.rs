//! Which database is meant: an URL, and libpq's variables for what it leaves open.

use std::path::Path;
use std::time::Duration;

use cogway_migrate::runner::{Options, RunError, Runner};
use cogway_pg::Config;
use cogway_pg::session::SessionError;
use tokio::task::JoinHandle;

use crate::cli::DatabaseArgs;
use crate::environment;
use crate::error::{Failure, FailureCode, refusal};
use crate::paint::visible;
use crate::printer::Printer;

/// How long a server may take to answer, where the URL does not say.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where the servers of Linux distributions and of PostgreSQL's own build have their sockets.
const SOCKETS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

/// libpq's variables. <https://www.postgresql.org/docs/current/libpq-envars.html>
const VARIABLES: [&str; 4] = ["PGHOST", "PGPORT", "PGUSER", "PGDATABASE"];

/// The database that the environment names, if it names one: by `DATABASE_URL`, or by libpq's variables.
pub(crate) fn from_environment() -> Option<Result<Config, Failure>> {
    match environment::text("DATABASE_URL") {
        Some(url) => Some(from_url(&url, "DATABASE_URL")),
        None if VARIABLES.iter().any(|name| environment::is_set(name)) => Some(complete(Config::new())),
        None => None,
    }
}

/// The database that is meant: as named, of the environment, or that of the project's development server, if it runs.
pub(crate) fn wanted(args: &DatabaseArgs, config: &crate::config::Config) -> Result<Config, Failure> {
    match named(args, config)? {
        Some(config) => Ok(config),
        None => Err(Failure::usage("no database is named").hint(
            "name it: --database-url postgresql://user@host/database, or DATABASE_URL, or PGHOST and the like; \
             `cogway pg start` starts one for development",
        )),
    }
}

/// Likewise, if there is one.
pub(crate) fn named(args: &DatabaseArgs, config: &crate::config::Config) -> Result<Option<Config>, Failure> {
    if let Some(url) = &args.database_url {
        return from_url(url, "--database-url").map(Some);
    }
    if let Some(config) = from_environment() {
        return config.map(Some);
    }
    match crate::verb::pg::url_if_running(config) {
        Some(url) => from_url(&url, "cogway pg").map(Some),
        None => Ok(None),
    }
}

/// A connection that comes about, and a ledger that is read, while something else is waited for.
pub(crate) struct Connecting(JoinHandle<Result<Runner, RunError>>);

impl Connecting {
    /// Begins to connect.
    pub(crate) fn begin(wanted: &Config, options: Options) -> Connecting {
        let wanted = wanted.clone();
        Connecting(tokio::spawn(async move {
            let runner = Runner::connect(&wanted, options).await?;
            // What goes wrong here goes wrong again for whoever needs the ledger, and is told there.
            let _ = runner.look_ahead().await;
            Ok(runner)
        }))
    }

    /// Waits for it, and says where it leads.
    pub(crate) async fn finish(self, wanted: &Config, printer: &Printer) -> Result<Runner, Failure> {
        match self.0.await {
            Ok(connected) => told(connected, wanted, printer),
            // It panics only where the program itself is wrong.
            Err(_) => Err(Failure::new(FailureCode::Server, "the connection was broken off")),
        }
    }
}

/// Connects to it, and says where that is.
pub(crate) async fn connect(wanted: &Config, options: Options, printer: &Printer) -> Result<Runner, Failure> {
    told(Runner::connect(wanted, options).await, wanted, printer)
}

fn told(connected: Result<Runner, RunError>, wanted: &Config, printer: &Printer) -> Result<Runner, Failure> {
    match connected {
        Ok(runner) => {
            printer.note(&describe(wanted));
            Ok(runner)
        }
        Err(RunError::Session(error @ (SessionError::Connect(_) | SessionError::NoAnswer(_)))) => {
            let message = format!("cannot connect to {}: {}", describe(wanted), refusal(&error));
            Err(Failure {
                message,
                ..error.into()
            })
        }
        Err(error) => Err(error.into()),
    }
}

/// The database of an URL, or of a connection string of libpq. `origin` says where it was found.
pub(crate) fn from_url(url: &str, origin: &str) -> Result<Config, Failure> {
    if url.trim().is_empty() {
        return Err(Failure::usage(format!("{origin} is empty"))
            .hint("write postgresql://user@host:5432/database; leave it out for what the environment says"));
    }
    refuse_tls(ssl_mode_of(url), origin)?;
    let config: Config = url.parse().map_err(|error: DriverError| {
        // The driver's words name options and never their values.
        Failure::usage(format!(
            "{origin} cannot be understood: {}",
            crate::error::with_sources(&error)
        ))
        .hint("write postgresql://user@host:5432/database, or host=… user=… dbname=…")
    })?;
    complete(config)
}

/// The driver's error, whose name only `cogway_pg` knows.
type DriverError = <Config as std::str::FromStr>::Err;

/// Fills in what is open, as libpq does.
fn complete(mut config: Config) -> Result<Config, Failure> {
    refuse_tls(environment::text("PGSSLMODE").as_deref(), "PGSSLMODE")?;
    if config.get_ports().is_empty()
        && let Some(port) = environment::text("PGPORT")
    {
        config.port(port.parse().map_err(|_| {
            Failure::usage(format!("PGPORT is `{port}`, which is no port"))
                .hint("set it to a number, such as 5432")
        })?);
    }
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        let port = config.get_ports().first().copied().unwrap_or(5432);
        let has_socket = |dir: &&str| Path::new(dir).join(format!(".s.PGSQL.{port}")).exists();
        match environment::text("PGHOST") {
            Some(host) => config.host(&host),
            None => config.host(SOCKETS.into_iter().find(has_socket).unwrap_or("localhost")),
        };
    }
    if config.get_user().is_none()
        && let Some(user) = environment::text("PGUSER").or_else(|| environment::text("USER"))
    {
        config.user(&user);
    }
    if config.get_password().is_none()
        && let Some(password) = environment::text("PGPASSWORD")
    {
        config.password(password);
    }
    if config.get_dbname().is_none()
        && let Some(name) = environment::text("PGDATABASE")
    {
        config.dbname(&name);
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(PATIENCE);
    }
    Ok(config)
}

/// The first host, or the directory of its socket.
fn host(config: &Config) -> Option<String> {
    match config.get_hosts().first() {
        // The driver's type has a name that only `cogway_pg` knows; both its variants hold the host and nothing else.
        Some(host) => format!("{host:?}").split('"').nth(1).map(str::to_owned),
        None => config.get_hostaddrs().first().map(ToString::to_string),
    }
}

/// The same database as libpq's variables, for programs that are started.
pub(crate) fn variables(config: &Config) -> Vec<(&'static str, String)> {
    let mut variables = Vec::new();
    if let Some(host) = host(config) {
        variables.push(("PGHOST", host));
    }
    if let Some(port) = config.get_ports().first() {
        variables.push(("PGPORT", port.to_string()));
    }
    if let Some(user) = config.get_user() {
        variables.push(("PGUSER", user.to_owned()));
    }
    if let Some(name) = config.get_dbname().or(config.get_user()) {
        variables.push(("PGDATABASE", name.to_owned()));
    }
    if let Some(password) = config.get_password() {
        variables.push(("PGPASSWORD", String::from_utf8_lossy(password).into_owned()));
    }
    variables
}

/// Where a configuration leads, for messages: never with the password.
pub(crate) fn describe(config: &Config) -> String {
    let host = host(config).unwrap_or_default();
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let user = config.get_user();
    let database = match config.get_dbname().or(user) {
        Some(name) => format!("database {}", visible(name)),
        None => "the usual database".to_owned(),
    };
    let user = user
        .map(|user| format!(" as {}", visible(user)))
        .unwrap_or_default();
    format!("{database} on {}:{port}{user}", visible(&host))
}

/// The value of `sslmode` in an URL or a connection string.
fn ssl_mode_of(url: &str) -> Option<&str> {
    let (before, rest) = url.split_once("sslmode")?;
    let begins = before.is_empty() || before.ends_with(['?', '&', ' ']);
    let value = rest
        .trim_start()
        .strip_prefix('=')
        .filter(|_| begins)?
        .trim_start();
    value.split(['&', ' ', '#']).next()
}

fn refuse_tls(mode: Option<&str>, origin: &str) -> Result<(), Failure> {
    match mode {
        Some(mode @ ("require" | "verify-ca" | "verify-full")) => Err(Failure::new(
            FailureCode::Usage,
            format!("{origin} asks for an encrypted connection (sslmode={mode}), which this version of Cogway cannot make"),
        )
        .hint("forward a port over SSH and connect to localhost, or use the server's Unix socket")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ssl_mode() {
        let check = |url: &str, expect: Option<&str>| assert_eq!(ssl_mode_of(url), expect, "{url}");
        check("postgresql://h/d?sslmode=require", Some("require"));
        check(
            "postgresql://h/d?a=b&sslmode=verify-full&c=d",
            Some("verify-full"),
        );
        check("host=h sslmode = prefer user=u", Some("prefer"));
        check("postgresql://h/sslmode", None);
        check("postgresql://h/d", None);
    }

    #[test]
    fn passwords_are_not_said() {
        let config =
            from_url("postgresql://me:hunter2@db.example:5433/shop", "--database-url").expect("an URL");
        assert_eq!(describe(&config), "database shop on db.example:5433 as me");
        for wrong in [
            "postgresql://me:hunter2@db.example:nope/shop",
            "postgresql://me:hunter2@h/d?colour=hunter2",
        ] {
            let failure = from_url(wrong, "--database-url").expect_err(wrong);
            assert!(!format!("{failure:?}").contains("hunter2"), "{failure:?}");
        }
    }
}
