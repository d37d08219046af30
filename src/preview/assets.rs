//! The page itself, inside the program.

/// A file of the page: its name in the address, its media type, its bytes.
pub struct Asset {
    /// Name, empty for the page itself.
    pub name: &'static str,
    /// Media type.
    pub media: &'static str,
    /// Content.
    pub bytes: &'static str,
}

/// All of them.
pub static ASSETS: &[Asset] = &[
    Asset { name: "", media: "text/html; charset=utf-8", bytes: include_str!("../../templates/html/xem-truoc.html") },
    Asset {
        name: "xem-truoc.css",
        media: "text/css; charset=utf-8",
        bytes: include_str!("../../templates/html/xem-truoc.css"),
    },
    Asset {
        name: "xem-truoc.js",
        media: "text/javascript; charset=utf-8",
        bytes: include_str!("../../templates/html/xem-truoc.js"),
    },
];
