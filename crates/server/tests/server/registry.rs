//! Every statement of the whole program is prepared on both databases.

use testkit::on_both;

use crate::world::LISTS;

on_both! { LISTS;
    async fn the_schema_is_up_to_date(db: TestDb) {
        assert!(db.pending_migrations(LISTS).await.unwrap().is_empty());
    }
}
