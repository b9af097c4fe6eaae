use super::*;

const TABLE: Table = Table {
    name: "things",
    path: "/things",
    columns: &[
        column("name", Some(Order::Ascending), Shown::Always),
        column("site", None, Shown::Aside),
        column("changed", Some(Order::Descending), Shown::Seldom),
    ],
    sort: Sort {
        by: "name",
        order: Order::Ascending,
    },
};

const fn column(key: &'static str, sorts: Option<Order>, shown: Shown) -> TableColumn {
    TableColumn {
        key,
        text: "api-title",
        sorts,
        shown,
        numeric: false,
    }
}

fn arranged(sort: &str, columns: Option<&str>, kept: &str) -> String {
    let asked = Words {
        sort: Some(sort).filter(|sort| !sort.is_empty()),
        columns,
    };
    static THINGS: Table = TABLE;
    THINGS.arranged(asked, Words::read(kept)).kept()
}

#[test]
fn the_address_goes_before_what_is_kept_and_that_before_the_usual() {
    assert_eq!(arranged("", None, ""), "name name,site");
    assert_eq!(
        arranged("", None, "-changed name,changed"),
        "-changed name,changed"
    );
    assert_eq!(
        arranged("name", None, "-changed name,changed"),
        "name name,changed"
    );
    assert_eq!(
        arranged("", Some("site"), "-changed name,changed"),
        "-changed name,site"
    );
    assert_eq!(arranged("", Some(""), ""), "name name");
}

#[test]
fn what_is_hidden_sorts_nothing_either() {
    static THINGS: Table = TABLE;
    let hiding = |word, hidden| {
        let asked = Words {
            sort: Some(word),
            columns: None,
        };
        let arrangement = THINGS.arranged(asked, Words::default());
        arrangement.hiding(&[hidden]).kept()
    };
    assert_eq!(hiding("-changed", "changed"), "name name,site");
    assert_eq!(hiding("-changed", "site"), "-changed name");
}

#[test]
fn what_else_is_asked_of_a_list_stays_when_it_is_sorted() {
    static THINGS: Table = TABLE;
    let arrangement = THINGS.arranged(Words::default(), Words::default());
    let arrangement = arrangement.asking(&[("q", "a&b"), ("tag", "")]);
    assert_eq!(
        arrangement.address("x"),
        "/things?sort=name&columns=name%2Csite&after=x&q=a%26b"
    );
    let heads = arrangement.heads(&Text::default());
    assert_eq!(
        heads[0].href.as_deref(),
        Some("/things?sort=-name&columns=name%2Csite&q=a%26b")
    );
}

#[test]
fn what_no_column_answers_to_is_passed_over() {
    assert_eq!(arranged("site", Some("secret,name"), ""), "name name");
    assert_eq!(arranged("--name", None, "nonsense"), "name name,site");
    assert_eq!(arranged("-secret", None, "-gone gone"), "name name");
}

#[test]
fn a_press_sorts_the_way_the_column_likes_first_and_then_the_other_way() {
    static THINGS: Table = TABLE;
    let t = Text::default();
    let heads = |sort| {
        let asked = Words {
            sort: Some(sort),
            columns: Some("changed"),
        };
        let heads = THINGS.arranged(asked, Words::default()).heads(&t);
        heads
            .into_iter()
            .map(|head| head.href.unwrap())
            .collect::<Vec<_>>()
    };
    let at = |sort: &str| format!("/things?sort={sort}&columns=name%2Cchanged");
    assert_eq!(heads("name"), [at("-name"), at("-changed")]);
    assert_eq!(heads("-changed"), [at("name"), at("changed")]);
}
