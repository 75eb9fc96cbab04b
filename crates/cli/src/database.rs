//! Which database is meant: an URL, and libpq's variables for what it leaves open.

use std::path::Path;
use std::time::Duration;

use cogway_pg::Config;

use crate::environment;
use crate::error::{Failure, FailureCode};

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

/// The database of an URL, or of a connection string of libpq. `origin` says where it was found.
pub(crate) fn from_url(url: &str, origin: &str) -> Result<Config, Failure> {
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

/// Where a configuration leads, for messages: never with the password.
pub(crate) fn describe(config: &Config) -> String {
    let host = match config.get_hosts().first() {
        Some(host) => format!("{host:?}")
            .split('"')
            .nth(1)
            .unwrap_or_default()
            .to_owned(),
        None => config
            .get_hostaddrs()
            .first()
            .map(ToString::to_string)
            .unwrap_or_default(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let user = config.get_user().unwrap_or("the current user");
    let database = config.get_dbname().unwrap_or(user);
    format!("database {database} on {host}:{port} as {user}")
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
