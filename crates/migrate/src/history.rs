//! Reading histories of migrations.
