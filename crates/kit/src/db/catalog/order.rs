//! Parents before children.

use std::collections::BTreeSet;

use super::Table;

/// Puts each table after all that it refers to; where tables refer to each other in a circle, the first by name opens
/// it.
pub(super) fn parents_first(mut waiting: Vec<Table>) -> Vec<Table> {
    waiting.sort_by(|a, b| a.name.cmp(&b.name));
    let mut placed: Vec<Table> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let absent: BTreeSet<String> = waiting.iter().map(|table| table.name.clone()).collect();
        let is_ready = |table: &Table| {
            table
                .references
                .iter()
                .all(|reference| reference.table == table.name || !absent.contains(&reference.table))
        };
        let next = waiting.iter().position(is_ready).unwrap_or(0);
        placed.push(waiting.remove(next));
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::super::Reference;
    use super::*;

    fn table(name: &str, parents: &[&str]) -> Table {
        let mut table = Table::named(name.to_owned());
        table.references = parents
            .iter()
            .map(|parent| Reference {
                columns: Vec::new(),
                table: (*parent).to_owned(),
                parent_columns: Vec::new(),
            })
            .collect();
        table
    }

    #[test]
    fn children_follow_their_parents_and_circles_are_opened_somewhere() {
        let tables = vec![
            table("a_child", &["parent", "self"]),
            table("parent", &["root"]),
            table("root", &[]),
            table("self", &["self"]),
            table("x", &["y"]),
            table("y", &["x", "root"]),
        ];
        let names: Vec<_> = parents_first(tables)
            .into_iter()
            .map(|table| table.name)
            .collect();
        assert_eq!(names, ["root", "parent", "self", "a_child", "x", "y"]);
    }
}
