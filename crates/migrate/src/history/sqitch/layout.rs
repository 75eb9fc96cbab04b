//! Where a Sqitch project keeps its files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::super::folder;
use super::super::lines::lines;
use super::super::problem::{Problem, ProblemKind};

/// The usual name of the plan.
pub(in super::super) const PLAN: &str = "sqitch.plan";
const CONFIG: &str = "sqitch.conf";

/// The engines that are PostgreSQL, or take its SQL.
const POSTGRESQL: [&str; 3] = ["pg", "yugabyte", "cockroach"];

/// The files of a project.
///
/// `lib/App/Sqitch/Target.pm` says what stands for what: each setting is looked up for the target, then for its engine,
/// then in `[core]`; paths are relative to the folder with `sqitch.conf`, where Sqitch is started.
#[derive(Debug)]
pub(in super::super) struct Layout {
    pub(in super::super) plan: PathBuf,
    pub(super) deploy: PathBuf,
    pub(super) revert: PathBuf,
    pub(super) reworked_deploy: PathBuf,
    pub(super) reworked_revert: PathBuf,
    /// Without its dot.
    pub(super) extension: String,
}

impl Layout {
    /// The layout of the project in `dir`, which holds `sqitch.conf`, or the plan that a `sqitch.conf` above points to.
    pub(in super::super) fn of(dir: &Path, problems: &mut Vec<Problem>) -> Self {
        let config = dir.join(CONFIG);
        if let Some(text) = folder::optional(&config, problems) {
            return Layout::from_config(dir, &config, &text, problems);
        }
        // A project keeps its configuration at the top and its plan further down: look upwards for who points here.
        for above in dir.ancestors().skip(1).take(4) {
            let config = above.join(CONFIG);
            if !config.exists() {
                continue;
            }
            let mut found = Vec::new();
            let text = folder::optional(&config, &mut found).unwrap_or_default();
            let layout = Layout::from_config(above, &config, &text, &mut found);
            if layout.plan == dir.join(PLAN) {
                problems.append(&mut found);
                return layout;
            }
        }
        Layout::from_config(dir, &config, "", problems)
    }

    fn from_config(base: &Path, path: &Path, text: &str, problems: &mut Vec<Problem>) -> Self {
        let config = Config::parse(text);
        if let Some(engine) = config
            .engine
            .as_deref()
            .filter(|engine| !POSTGRESQL.contains(engine))
        {
            let message = format!("the engine of this project is {engine}, not pg");
            let hint = "name the folder of the PostgreSQL changes: --dir PATH";
            problems.push(Problem::new(ProblemKind::Settings, path, message, hint));
        }
        let get = |key: &str| config.get(key);
        let folder = |key: &str, parent: &Path, name: &str| match get(key) {
            Some(value) => join(base, value),
            None => parent.join(name),
        };
        let top = get("top_dir").map_or_else(|| base.to_owned(), |dir| join(base, dir));
        let reworked = get("reworked_dir").map_or_else(|| top.clone(), |dir| join(base, dir));
        let deploy = folder("deploy_dir", &top, "deploy");
        let revert = folder("revert_dir", &top, "revert");
        let reworked_folder = |key: &str, plain: &str, name: &str| match (get(key), get(plain)) {
            (Some(value), _) => join(base, value),
            (None, Some(value)) => join(&reworked, value),
            (None, None) => reworked.join(name),
        };
        Layout {
            plan: get("plan_file").map_or_else(|| top.join(PLAN), |file| join(base, file)),
            reworked_deploy: reworked_folder("reworked_deploy_dir", "deploy_dir", "deploy"),
            reworked_revert: reworked_folder("reworked_revert_dir", "revert_dir", "revert"),
            deploy,
            revert,
            extension: get("extension").unwrap_or("sql").to_owned(),
        }
    }
}

/// Joins two paths without leaving `.` in the middle, so that equal places are equal paths.
fn join(base: &Path, path: &str) -> PathBuf {
    base.join(path).components().collect()
}

/// The settings of a `sqitch.conf`, which is written like git's: sections, and keys with values.
struct Config {
    values: BTreeMap<String, String>,
    engine: Option<String>,
    /// In which sections to look for a setting, most specific first.
    sections: Vec<String>,
}

impl Config {
    fn parse(text: &str) -> Self {
        let mut values = BTreeMap::new();
        let mut section = String::new();
        for line in lines(text) {
            let line = line.text.trim();
            if let Some(head) = line.strip_prefix('[').and_then(|line| line.split(']').next()) {
                section = match head.split_once('"') {
                    Some((name, sub)) => {
                        format!(
                            "{}.{}",
                            name.trim().to_ascii_lowercase(),
                            sub.trim_end_matches('"')
                        )
                    }
                    None => head.trim().to_ascii_lowercase(),
                };
            } else if let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with(['#', ';']))
            {
                values.insert(
                    format!("{section}.{}", key.trim().to_ascii_lowercase()),
                    unquote(value),
                );
            }
        }
        let value = |key: &str| values.get(key).cloned();
        let engine = value("core.engine");
        let key = engine.clone().unwrap_or_else(|| "pg".to_owned());
        let target = value("core.target").or_else(|| value(&format!("engine.{key}.target")));
        // A target that is an address has no section of its own.
        let target = target
            .filter(|target| !target.contains(':'))
            .map(|target| format!("target.{target}"));
        let sections = target
            .into_iter()
            .chain([format!("engine.{key}"), "core".to_owned()])
            .collect();
        Config {
            values,
            engine,
            sections,
        }
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.sections
            .iter()
            .find_map(|section| self.values.get(&format!("{section}.{key}")))
            .map(String::as_str)
    }
}

/// A value without its quotes, or without the comment behind it.
fn unquote(value: &str) -> String {
    let value = value.trim();
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default().to_owned(),
        None => value
            .split(['#', ';'])
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(config: &str) -> (Layout, Vec<Problem>) {
        let mut problems = Vec::new();
        let layout = Layout::from_config(
            Path::new("/p"),
            Path::new("/p/sqitch.conf"),
            config,
            &mut problems,
        );
        (layout, problems)
    }

    #[test]
    fn the_usual_folders_are_beside_the_plan() {
        let (layout, problems) = layout("[core]\n\tengine = pg\n\t# top_dir = .\n");
        assert!(problems.is_empty());
        assert_eq!(layout.plan, Path::new("/p/sqitch.plan"));
        assert_eq!(layout.deploy, Path::new("/p/deploy"));
        assert_eq!(layout.reworked_revert, Path::new("/p/revert"));
    }

    #[test]
    fn settings_of_the_target_win_over_the_engine_over_core() {
        let config = "[core]\nengine = pg\ntop_dir = core\nrevert_dir = \"./back # here\"\nextension = psql ; why\n\
                      [engine \"pg\"]\ntarget = prod\ntop_dir = engine\nplan_file = pg.plan\n\
                      [target \"prod\"]\n  top_dir = sql/\n  reworked_dir = old\n";
        let (layout, _) = layout(config);
        assert_eq!(layout.plan, Path::new("/p/pg.plan"));
        assert_eq!(layout.deploy, Path::new("/p/sql/deploy"));
        assert_eq!(layout.revert, Path::new("/p/back # here"));
        assert_eq!(layout.reworked_deploy, Path::new("/p/old/deploy"));
        assert_eq!(layout.extension, "psql");
    }

    #[test]
    fn another_database_is_told() {
        let (_, problems) = layout("[core]\nengine = sqlite\n");
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].kind, ProblemKind::Settings);
    }
}
