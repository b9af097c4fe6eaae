//! The contact sheet: all pictures on one page, one row for each page of the product.

use super::Look;
use std::fmt::Write;

/// One picture.
pub(super) struct Shot {
    pub(super) page: &'static str,
    pub(super) path: &'static str,
    pub(super) look: Look,
    pub(super) file: String,
    pub(super) is_too_wide: bool,
}

const HEAD: &str = "<!doctype html>
<meta charset=\"utf-8\">
<title>Screens</title>
<style>
  body { font: 14px system-ui, sans-serif; margin: 24px; background: #ececef; color: #1a1b1e; }
  section { display: flex; gap: 16px; align-items: flex-start; overflow-x: auto; margin-bottom: 32px; }
  figure { margin: 0; }
  img { height: 320px; border: 1px solid #c8c9ce; border-radius: 4px; background: #fff; }
  .wide figcaption { color: #b8232a; font-weight: 600; }
</style>
";

/// The sheet as one HTML file that stands beside the pictures.
pub(super) fn html(shots: &[Shot]) -> String {
    let mut html = HEAD.to_owned();
    let mut open = "";
    for shot in shots {
        if shot.page != open {
            let end = if open.is_empty() { "" } else { "</section>\n" };
            append(
                &mut html,
                format_args!(
                    "{end}<h2>{} <small>{}</small></h2>\n<section>\n",
                    shot.page, shot.path
                ),
            );
            open = shot.page;
        }
        let (class, note) = if shot.is_too_wide {
            (" class=\"wide\"", ", scrolls sideways")
        } else {
            ("", "")
        };
        let caption = format!("{} {}{note}", shot.look.theme, shot.look.width);
        append(
            &mut html,
            format_args!(
                "<figure{class}><a href=\"{0}\"><img src=\"{0}\" alt=\"{1} {caption}\" loading=\"lazy\"></a>\
                 <figcaption>{caption}</figcaption></figure>\n",
                shot.file, shot.page
            ),
        );
    }
    html + if shots.is_empty() { "" } else { "</section>\n" }
}

fn append(html: &mut String, text: std::fmt::Arguments<'_>) {
    html.write_fmt(text).expect("writing to a string does not fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shot(page: &'static str, is_too_wide: bool) -> Shot {
        let look = Look {
            theme: "dark",
            width: 320,
            height: 640,
        };
        Shot {
            page,
            path: "/a",
            look,
            file: format!("{page}.png"),
            is_too_wide,
        }
    }

    #[test]
    fn each_page_has_its_row_and_a_wide_one_is_marked() {
        let html = html(&[shot("home", false), shot("home", true), shot("design", false)]);
        assert_eq!(html.matches("<h2>").count(), 2);
        assert_eq!(
            html.matches("<section>").count(),
            html.matches("</section>").count()
        );
        assert_eq!(html.matches("<img ").count(), 3);
        assert_eq!(
            html.matches("scrolls sideways").count(),
            2,
            "in the caption and for the ear"
        );
    }
}
