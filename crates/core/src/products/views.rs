//! What the templates of products take.

use askama::Template;
use kit::i18n::Text;
use kit::web::Filled;

use super::Product;

#[derive(Template)]
#[template(path = "products/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) products: Vec<Product>,
    pub(super) form: &'a Filled,
    pub(super) may_keep: bool,
}

#[derive(Template)]
#[template(path = "products/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) product: &'a Product,
    pub(super) form: &'a Filled,
    pub(super) whole: Option<String>,
}
