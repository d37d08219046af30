//! The outside world that Typst sees: memory only. No disk, no network, no packages, no clock.

use super::template::Templates;
use super::unhinted::without_hints;
use crate::face::Faces;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

/// What all documents share.
pub struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    files: HashMap<FileId, Bytes>,
    sources: HashMap<FileId, Source>,
}

/// The id of a file; `None` where the name is no path. Ids are interned for ever, so only names of this program and of
/// a template folder may come here.
fn try_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The id of a file that this program names.
#[expect(clippy::expect_used, reason = "the names are constants of this crate, and tests use each")]
fn id(path: &str) -> FileId {
    try_id(path).expect("a plain relative path")
}

/// The id of the rendered template.
pub fn template_id() -> FileId {
    id(super::template::MAIN_FILE)
}

/// The id of its part for each document, which imports the other. It hides a file of this name in a folder of templates.
pub fn for_each_id() -> FileId {
    id("tung-van-ban.typ")
}

/// The id of a file that is not there: spans in it stand for paragraphs of the sheet.
pub fn place_id() -> FileId {
    static ID: LazyLock<FileId> = LazyLock::new(|| id("doan-cua-trang-in"));
    *ID
}

impl Shared {
    /// Takes fonts and the other files of a template folder into memory.
    pub fn new(library: Library, faces: &Faces, templates: &Templates) -> Self {
        let fonts: Vec<Font> = faces
            .data()
            .flat_map(|data| match (without_hints(data), data) {
                (Some(bytes), _) => Font::iter(Bytes::new(bytes)).collect::<Vec<_>>(),
                (None, Cow::Borrowed(bytes)) => Font::iter(Bytes::new(*bytes)).collect(),
                (None, Cow::Owned(bytes)) => Font::iter(Bytes::new(bytes.clone())).collect(),
            })
            .collect();
        let mut files = HashMap::new();
        let mut sources = HashMap::new();
        for (path, bytes) in &templates.files {
            let Some(id) = try_id(path) else { continue };
            if let Ok(text) = std::str::from_utf8(bytes)
                && path.ends_with(".typ")
            {
                sources.insert(id, Source::new(id, text.to_owned()));
            }
            files.insert(id, Bytes::new(bytes.clone()));
        }
        Shared {
            library: LazyHash::new(library),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            files,
            sources,
        }
    }
}

/// The world of one document.
pub struct JobWorld<'a> {
    shared: &'a Shared,
    main: Source,
    module: Option<Source>,
    data: Bytes,
    data_id: FileId,
    pictures: Vec<(FileId, Arc<Vec<u8>>)>,
}

impl<'a> JobWorld<'a> {
    /// Joins the shared parts with the data and pictures of one document.
    pub fn new(
        shared: &'a Shared,
        (main, module): (Source, Option<Source>),
        data: String,
        pictures: &BTreeMap<String, Arc<Vec<u8>>>,
    ) -> Self {
        let pictures =
            pictures.values().enumerate().map(|(i, bytes)| (id(&picture_path(i)), Arc::clone(bytes))).collect();
        JobWorld { shared, main, module, data: Bytes::from_string(data), data_id: id("data.json"), pictures }
    }
}

/// The fixed name of the `index`-th picture, whatever the plan calls it.
pub fn picture_path(index: usize) -> String {
    format!("hinh/{}", index % 1000)
}

impl World for JobWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        if let Some(module) = self.module.as_ref().filter(|module| module.id() == id) {
            return Ok(module.clone());
        }
        self.shared.sources.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id {
            return Ok(self.data.clone());
        }
        if let Some((_, bytes)) = self.pictures.iter().find(|(p, _)| *p == id) {
            return Ok(Bytes::new(bytes.as_ref().clone()));
        }
        self.shared.files.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}
