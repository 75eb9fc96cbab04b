//! The seeder, judged from outside: by PostgreSQL alone, on tables with one hard feature each, on schemas of hard
//! combinations, and on tables that nobody can fill.
//!
//! A case is a file in `tables`, `schemas` or `unsatisfiable`. `exhibit` says what may be written in it, and `judge.sql`
//! says what is wrong with a database that was filled; `teeth` shows that it sees what it should.

mod exhibit;
mod filled;
mod hall;
mod judge;
mod rows;
mod seeder;
mod steadiness;
mod teeth;
