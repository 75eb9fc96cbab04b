//! What a proof has on somebody's server: a database of its own, and roles that scripts make.
//!
//! Databases that scripts make stay: nobody can tell for certain that one is not somebody else's, and a database that was
//! dropped does not come back.

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
    /// The roles that were there before.
    roles: Vec<String>,
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
            roles: roles_of(&session).await?,
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

    /// Takes away the database, and the roles that scripts have made.
    pub(super) async fn leave(&self) -> Result<(), VerifyError> {
        let session = Session::connect(&self.config).await?;
        let database = sql::quote_ident(&self.database);
        session
            .command(&format!("drop database if exists {database} with (force)"))
            .await?;
        let new = roles_of(&session).await?.into_iter();
        let new = new.filter(|role| !self.roles.contains(role));
        for role in new.filter(|role| self.scripts.iter().any(|script| script.contains(role.as_str()))) {
            // One that owns something in another database was not made by a script of ours alone, and stays.
            let _ = session
                .command(&format!("drop role {}", sql::quote_ident(&role)))
                .await;
        }
        session.close().await;
        present(|present| present.retain(|guest| guest.database != self.database));
        Ok(())
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

async fn roles_of(session: &Session) -> Result<Vec<String>, VerifyError> {
    let rows = session
        .query("select rolname::text from pg_catalog.pg_roles order by 1", &[])
        .await?;
    Ok(rows.iter().filter_map(|row| row.try_get(0).ok()).collect())
}
