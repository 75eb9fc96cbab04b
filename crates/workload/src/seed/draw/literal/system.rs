//! Types that PostgreSQL has for itself.

use std::fmt::Write as _;

/// A type of PostgreSQL's own.
#[derive(Clone, Copy, Debug)]
pub(super) enum System {
    Lsn,
    /// 32 bits.
    Number,
    /// 64 bits.
    Number8,
    Tid,
    Snapshot,
    JsonPath,
    Cursor,
    Numbers,
    /// Names of objects that every server has.
    Names(&'static [&'static str]),
}

impl System {
    pub(super) fn of(name: &str) -> Option<System> {
        Some(match name {
            "pg_lsn" => System::Lsn,
            "xid" | "cid" => System::Number,
            "xid8" => System::Number8,
            "tid" => System::Tid,
            "pg_snapshot" | "txid_snapshot" => System::Snapshot,
            "jsonpath" => System::JsonPath,
            "refcursor" => System::Cursor,
            "int2vector" | "oidvector" => System::Numbers,
            "regclass" => {
                System::Names(&["pg_class", "pg_attribute", "pg_type", "pg_index", "pg_constraint"])
            }
            "regtype" => System::Names(&["integer", "text", "boolean", "uuid", "date"]),
            "regproc" => System::Names(&["version", "current_database", "pg_backend_pid"]),
            "regprocedure" => System::Names(&["now()", "version()", "pg_backend_pid()"]),
            "regoper" => System::Names(&["||/", "|/"]),
            "regoperator" => System::Names(&["+(integer,integer)", "-(integer,integer)", "=(text,text)"]),
            "regconfig" => System::Names(&["simple", "english", "russian", "german", "french"]),
            "regdictionary" => System::Names(&["simple", "english_stem", "russian_stem"]),
            "regnamespace" => System::Names(&["pg_catalog", "information_schema", "pg_toast"]),
            "regrole" => System::Names(&["pg_monitor", "pg_read_all_stats", "pg_read_all_settings"]),
            "regcollation" => System::Names(&["\"C\"", "\"POSIX\"", "\"default\""]),
            "aclitem" => System::Names(&["pg_monitor=r/pg_monitor", "pg_monitor=w/pg_monitor"]),
            _ => return None,
        })
    }

    pub(super) fn capacity(self) -> Option<u64> {
        match self {
            System::Names(names) => Some(names.len() as u64),
            // The first three numbers of transactions have a meaning.
            System::Number => Some((1 << 32) - 3),
            System::Tid => Some(1 << 32),
            System::Numbers => Some((1 << 15) * (1 << 15)),
            System::Lsn | System::Number8 | System::Snapshot | System::JsonPath | System::Cursor => None,
        }
    }

    pub(super) fn write(self, number: u64, out: &mut String) -> Option<()> {
        let _ = match self {
            System::Lsn => write!(out, "{:X}/{:X}", number >> 32, number & 0xffff_ffff),
            System::Number | System::Number8 => write!(out, "{}", number + 3),
            System::Tid => write!(out, "({},{})", number / 100, number % 100 + 1),
            System::Snapshot => write!(out, "{}:{}:", number + 3, number + 3),
            System::JsonPath => {
                write!(out, "$.\"items\"[{}]", number % (1 << 31)).and_then(|()| match number >> 31 {
                    0 => Ok(()),
                    rest => write!(out, "[{rest}]"),
                })
            }
            System::Cursor => write!(out, "cursor_{number}"),
            System::Numbers => write!(out, "{} {}", number % (1 << 15), number >> 15),
            System::Names(names) => {
                out.push_str(names.get(usize::try_from(number).ok()?)?);
                Ok(())
            }
        };
        Some(())
    }
}
