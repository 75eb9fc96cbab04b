//! What the judge says of a history.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What is wrong with a revision. The names are those of the findings of `cogway verify`, in the order of the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    UpFails,
    DownMissing,
    DownEmpty,
    DownFails,
    DownDiffers,
    ColumnOrder,
    UpAgainFails,
    UpAgainDiffers,
    /// Only Cogway says this: it compares rows, too.
    DataDiffers,
    /// Only Cogway says this: the server lacks something. To the judge the script just fails.
    CannotJudge,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Kind::UpFails => "up_fails",
            Kind::DownMissing => "down_missing",
            Kind::DownEmpty => "down_empty",
            Kind::DownFails => "down_fails",
            Kind::DownDiffers => "down_differs",
            Kind::ColumnOrder => "column_order",
            Kind::UpAgainFails => "up_again_fails",
            Kind::UpAgainDiffers => "up_again_differs",
            Kind::DataDiffers => "data_differs",
            Kind::CannotJudge => "cannot_judge",
        })
    }
}

/// Something that is wrong, and what shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Finding {
    pub(crate) kind: Kind,
    /// The error of psql, or the lines in which two dumps differ.
    pub(crate) reason: String,
}

impl Finding {
    /// Something that is wrong, for this reason.
    pub(crate) fn new(kind: Kind, reason: impl Into<String>) -> Finding {
        Finding {
            kind,
            reason: reason.into(),
        }
    }
}

/// What is to be said of one revision; it passes when nothing is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Judgement {
    /// The revision, as users of its tool call it.
    pub(crate) id: String,
    /// The first is the verdict; the others may follow from it.
    pub(crate) findings: Vec<Finding>,
}
