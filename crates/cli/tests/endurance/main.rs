//! What becomes of a database when its run is disturbed: by other runs, by the application, by signals, by kills, by a
//! server that goes away. And of a session that scripts leave in disorder.
//!
//! Chance is in some of these tests. They print their seed, and take another from `COGWAY_ENDURANCE_SEED`; how often they
//! try is for `COGWAY_ENDURANCE_TIMES` to say (50 takes a few minutes).

#[expect(dead_code, reason = "the other tests of the program use the rest of it")]
#[path = "../cli/support.rs"]
mod support;

mod application;
mod chance;
mod ctrl_c;
mod cut;
mod killed;
mod leftovers;
mod locked;
mod one_transaction;
mod parts;
mod proxy;
mod rights;
mod seeding;
mod server;
mod together;
mod versions;
mod world;
