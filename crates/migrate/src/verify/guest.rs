//! What a proof has on somebody's server: a database of its own, and what scripts make beside it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use cogway_catalog::sql;
use cogway_pg::Config;
use cogway_pg::session::Session;

use super::VerifyError;
use crate::history::History;

/// A guest of somebody's server, who leaves it as it was, as far as scripts allow.
pub(super) struct Guest {
    config: Config,
    database: String,
    /// What was there before.
    roles: Vec<String>,
    databases: Vec<String>,
    /// The scripts that run here: what came into being and is named in none of them is somebody else's.
    scripts: Vec<Arc<str>>,
}

/// Those who have not left yet.
static PRESENT: Mutex<Vec<Arc<Guest>>> = Mutex::new(Vec::new());

/// Tells the databases of one program apart.
static NUMBER: AtomicUsize = AtomicUsize::new(0);

impl Guest {
    /// Makes a database, and returns how to reach it.
    pub(super) async fn arrive(
        config: &Config,
        history: &History,
    ) -> Result<(Arc<Guest>, Config), VerifyError> {
        let session = Session::connect(config).await?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let scripts = history.revisions.iter().flat_map(|revision| {
            let down = revision.down.as_ref().map(|down| Arc::clone(&down.text));
            [Some(Arc::clone(&revision.up.text)), down].into_iter().flatten()
        });
        let guest = Arc::new(Guest {
            config: config.clone(),
            database: format!("cogway_proof_{}_{number}", std::process::id()),
            roles: names(&session, ROLES).await?,
            databases: names(&session, DATABASES).await?,
            scripts: scripts.collect(),
        });
        // From here on there may be something to take away.
        present(|present| present.push(Arc::clone(&guest)));
        let database = sql::quote_ident(&guest.database);
        session
            .command(&format!("drop database if exists {database} with (force)"))
            .await?;
        session
            .command(&format!("create database {database} template template0"))
            .await?;
        session.close().await;
        let mut own = config.clone();
        own.dbname(&guest.database);
        Ok((guest, own))
    }

    /// Takes away the database, and the databases and roles that scripts have made.
    pub(super) async fn leave(&self) -> Result<(), VerifyError> {
        let session = Session::connect(&self.config).await?;
        let drop_database =
            |name: &str| format!("drop database if exists {} with (force)", sql::quote_ident(name));
        session.command(&drop_database(&self.database)).await?;
        for database in self.made(names(&session, DATABASES).await?, &self.databases) {
            session.command(&drop_database(&database)).await?;
        }
        for role in self.made(names(&session, ROLES).await?, &self.roles) {
            // One that owns something in another database was not made by a script of ours alone, and stays.
            let _ = session
                .command(&format!("drop role {}", sql::quote_ident(&role)))
                .await;
        }
        session.close().await;
        present(|present| present.retain(|guest| guest.database != self.database));
        Ok(())
    }

    /// What is there, was not before, and is named in a script.
    fn made(&self, now: Vec<String>, before: &[String]) -> Vec<String> {
        let new = now.into_iter().filter(|name| !before.contains(name));
        new.filter(|name| self.scripts.iter().any(|script| script.contains(name.as_str())))
            .collect()
    }
}

/// Takes away what interrupted proofs of this process have left on servers that are not its own.
///
/// # Errors
/// When a server cannot be reached, or does not let something go.
pub async fn leave_servers() -> Result<(), VerifyError> {
    for guest in present(|present| present.clone()) {
        guest.leave().await?;
    }
    Ok(())
}

fn present<T>(what: impl FnOnce(&mut Vec<Arc<Guest>>) -> T) -> T {
    what(&mut PRESENT.lock().unwrap_or_else(PoisonError::into_inner))
}

const ROLES: &str = "select rolname::text from pg_catalog.pg_roles order by 1";
const DATABASES: &str = "select datname::text from pg_catalog.pg_database order by 1";

async fn names(session: &Session, query: &str) -> Result<Vec<String>, VerifyError> {
    let rows = session.query(query, &[]).await?;
    Ok(rows.iter().filter_map(|row| row.try_get(0).ok()).collect())
}
