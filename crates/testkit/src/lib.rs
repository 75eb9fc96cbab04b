//! For tests only: a private PostgreSQL server, a database per test.
