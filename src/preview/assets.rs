//! The page itself, inside the program: `templates/html/xem-truoc`.

/// A file of the page.
pub struct Asset {
    /// Its name in the address.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! assets {
    ($($name:literal)*) => {
        &[$(Asset { name: $name, text: include_str!(concat!("../../templates/html/xem-truoc/", $name)) }),*]
    };
}

/// All of them; the page itself is `index.html`.
pub static ASSETS: &[Asset] = assets! {
    "address.js"
    "app.css"
    "app.js"
    "beside.js"
    "connection.js"
    "copying.js"
    "differences.js"
    "dom.js"
    "dragging.js"
    "dropped.js"
    "geometry.js"
    "index.html"
    "keys.js"
    "marks.js"
    "matching.js"
    "net.js"
    "notices.js"
    "page-list.js"
    "page-text.js"
    "panels.js"
    "places.js"
    "printing.js"
    "problems.js"
    "scrolling.js"
    "search-text.js"
    "search.js"
    "settings.js"
    "sheet.js"
    "source-colours.js"
    "source-cursor.js"
    "source-pane.js"
    "state.js"
    "summary.js"
    "text-layer.js"
    "toolbar.js"
    "units.js"
    "update.js"
    "zoom.js"
};

impl Asset {
    /// Where it stands under the token.
    pub fn path(&self) -> &'static str {
        if self.name == "index.html" { "" } else { self.name }
    }

    /// Its media type.
    pub fn media(&self) -> &'static str {
        match self.name.rsplit('.').next() {
            Some("html") => "text/html; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            _ => "text/javascript; charset=utf-8",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_inside() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/html/xem-truoc");
        let mut names: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        // Types are for readers and checkers.
        names.retain(|n| !n.ends_with(".d.ts"));
        names.sort();
        assert_eq!(names, ASSETS.iter().map(|a| a.name).collect::<Vec<_>>());
    }
}
