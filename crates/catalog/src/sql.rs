//! SQL as text: quoting, splitting a script into statements, classifying a statement.
