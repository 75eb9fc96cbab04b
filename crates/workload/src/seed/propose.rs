//! Rows are proposed, and PostgreSQL judges each: for constraints that nobody but PostgreSQL can evaluate.

use cogway_catalog::sql::{quote_ident, quote_literal};
use cogway_pg::execute::Executor;

use super::SeedError;
use super::data_type::DataType;
use super::generate::{Making, Notation};
use super::report::Event;
use super::row::{Maker, Refused};

/// How many rows are proposed at once, at first.
const PROPOSED: u64 = 256;
/// At most.
const MOST_PROPOSED: u64 = 8192;
/// So many proposals for each row that is wanted, and a good many more, are made before it is given up.
const FOR_EACH: u64 = 1000;
/// Proposals in vain from the beginning after which it is given up.
const PATIENCE: u64 = 4000;

/// What PostgreSQL accepted.
pub(crate) struct Accepted {
    pub(crate) rows: u64,
    /// Behind the last ordinal that was proposed.
    pub(crate) end: u64,
    /// The last refusal, where there are fewer than were wanted.
    pub(crate) refused: Option<Refused>,
}

/// Proposes rows until there are enough, or too many are refused. In the open transaction.
pub(crate) async fn propose(
    database: &Executor,
    making: &Making,
    mut maker: Maker,
    first: u64,
    wanted: u64,
    on: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<Accepted, SeedError> {
    let making = &Making {
        notation: Notation::Text,
        ..making.clone()
    };
    let types: Vec<DataType> = making
        .columns
        .iter()
        .map(|&column| making.recipe.table.columns[column].data_type.clone())
        .collect();
    let script = Script::of(making, &types);
    database.command(&script.prepare).await?;
    let mut accepted = 0;
    let mut proposed = 0;
    let mut ordinal = first;
    let mut refused = None;
    let mut size = PROPOSED;
    let limit = wanted.saturating_mul(FOR_EACH).saturating_add(PATIENCE);
    while accepted < wanted && proposed < limit && (accepted > 0 || proposed < PATIENCE) {
        let mut bytes = Vec::new();
        let mut in_batch = 0;
        let mut in_vain = 0;
        while in_batch < size && in_vain < PATIENCE {
            match maker.make(ordinal, first + accepted + in_batch, 0) {
                Ok(row) => {
                    bytes.extend(in_batch.to_string().into_bytes());
                    if !making.columns.is_empty() {
                        bytes.push(b'\t');
                    }
                    making.write(row, &types, &mut bytes);
                    in_batch += 1;
                }
                Err(reason) => {
                    in_vain += 1;
                    refused = Some(reason);
                }
            }
            ordinal += 1;
        }
        if in_batch == 0 {
            break;
        }
        let mut load = database.load("copy pg_temp.cogway_proposal from stdin").await?;
        load.send(bytes).await?;
        load.finish().await?;
        let (more, why) = script.judge(database, wanted - accepted).await?;
        accepted += more;
        proposed += in_batch;
        refused = why.or(refused);
        on(Event::Rows(more));
        // The rarer rows are accepted, the more are proposed at once.
        size = ((wanted - accepted.min(wanted)) * proposed / accepted.max(1)).clamp(PROPOSED, MOST_PROPOSED);
    }
    database
        .command("drop table pg_temp.cogway_proposal, pg_temp.cogway_verdict")
        .await?;
    Ok(Accepted {
        rows: accepted,
        end: ordinal,
        refused: if accepted < wanted { refused } else { None },
    })
}

/// The texts that have PostgreSQL judge.
struct Script {
    prepare: String,
    insert: String,
}

impl Script {
    fn of(making: &Making, types: &[DataType]) -> Script {
        let table = &making.recipe.table;
        let staged: Vec<String> = (0..types.len()).map(|at| format!(", value_{at} text")).collect();
        let columns: Vec<String> = making
            .columns
            .iter()
            .map(|&column| quote_ident(&table.columns[column].name))
            .collect();
        let values: Vec<String> = types
            .iter()
            .enumerate()
            .map(|(at, of)| format!("proposal.value_{at}::{}", of.written()))
            .collect();
        let insert = if columns.is_empty() {
            format!("insert into {} default values", table.name)
        } else {
            format!(
                "insert into {} ({}) overriding system value values ({})",
                table.name,
                columns.join(", "),
                values.join(", ")
            )
        };
        Script {
            prepare: format!(
                "create temporary table cogway_proposal (number bigint{}) on commit drop; \
                 create temporary table cogway_verdict (accepted boolean, constraint_name text, reason text) on commit drop",
                staged.concat()
            ),
            insert,
        }
    }

    /// Inserts the proposals one by one, each in a transaction of its own within this one, until there are enough. How many
    /// were accepted, and what refused the last one that was not.
    async fn judge(&self, database: &Executor, wanted: u64) -> Result<(u64, Option<Refused>), SeedError> {
        let body = format!(
            "declare proposal record; accepted bigint := 0; named text; said text; \
             begin \
               for proposal in select * from pg_temp.cogway_proposal order by number loop \
                 exit when accepted >= {wanted}; \
                 begin \
                   {insert}; \
                   if not found then raise exception 'a trigger or a rule left the row out'; end if; \
                   set constraints all immediate; \
                   accepted := accepted + 1; \
                 exception when others then \
                   get stacked diagnostics named = constraint_name, said = message_text; \
                   insert into pg_temp.cogway_verdict values (false, named, said); \
                 end; \
               end loop; \
               insert into pg_temp.cogway_verdict select true, null, accepted::text; \
             end",
            insert = self.insert
        );
        database.command(&format!("do {}", quote_literal(&body))).await?;
        let verdicts = database
            .query(
                "select accepted, constraint_name, reason from pg_temp.cogway_verdict",
                &[],
            )
            .await?;
        let mut accepted = 0;
        let mut refused = None;
        for verdict in &verdicts {
            let reason: String = verdict.get::<_, Option<String>>(2).unwrap_or_default();
            if verdict.get(0) {
                accepted = reason.parse().unwrap_or(0);
            } else {
                refused = Some(Refused {
                    constraint: verdict.get::<_, Option<String>>(1).unwrap_or_default(),
                    reason: format!("PostgreSQL refused what was proposed: {reason}"),
                });
            }
        }
        database
            .command("truncate pg_temp.cogway_proposal, pg_temp.cogway_verdict")
            .await?;
        Ok((accepted, refused))
    }
}
