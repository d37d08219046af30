//! Typst in process: templates rendered once per house style, fed with each sheet as data.
//!
//! A [`Press`] holds what all documents share (library, fonts, templates); it is made once. [`Press::compile`] lays a
//! sheet out; [`pdf`], [`raster`] and [`source`] write the laid-out pages.

mod breaks;
mod data;
mod guess;
mod ink;
mod literal;
pub mod look;
mod marks;
pub mod pdf;
pub mod raster;
mod small;
pub mod source;
mod stream_ends;
mod template;
mod unhinted;
mod world;

pub use template::{DATA_VERSION, TEMPLATES, Templates};

use super::Job;
use crate::decree30::page::{DEFAULT_MARGINS, Margins};
use crate::diagnostic::{Diagnostic, code};
use crate::face::Faces;
use crate::sheet::StyleSheet;
use ::typst::diag::{Severity, SourceDiagnostic};
use ::typst::syntax::Source;
use ::typst::{Library, LibraryExt, World, WorldExt};
use breaks::Breaks;
use guess::Last;
use std::sync::{Mutex, PoisonError};
use typst_layout::PagedDocument;
use world::{JobWorld, Shared};

/// How many documents may be compiled before the cache forgets what the last ones did not use. Measured: without it
/// memory grows by 3.4 MB a document.
const EVICT_EVERY: usize = 8;

/// What is compiled for each document, and what that imports.
type Sources = (Source, Option<Source>);

/// How many house styles are kept rendered; a run uses one or two.
const MAX_HOUSE_STYLES: usize = 16;

/// The laid-out pages.
pub struct Layout {
    pub(crate) document: PagedDocument,
    /// Where pages had to begin.
    breaks: Breaks,
    /// What is to be said of the pages: warnings.
    pub told: Vec<Diagnostic>,
}

impl Layout {
    /// Number of pages.
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }
}

/// The engine, its fonts and templates. Made once, used by all threads.
pub struct Press {
    shared: Shared,
    templates: Templates,
    family: String,
    /// The template rendered for a house style: parsing it again for each document would empty the cache.
    rendered: Mutex<Vec<(StyleSheet, Margins, Sources)>>,
    compiled: std::sync::atomic::AtomicUsize,
    /// `None` with an agency's templates.
    last: Option<Last>,
}

impl Press {
    /// A press with these fonts and templates.
    pub fn new(faces: &Faces, templates: Templates) -> Self {
        let mut library = Library::default();
        marks::define(&mut library);
        Press {
            shared: Shared::new(library, faces, &templates),
            last: templates.is_own().then(Last::default),
            templates,
            family: faces.family.clone(),
            rendered: Mutex::new(Vec::new()),
            compiled: std::sync::atomic::AtomicUsize::new(0),
        }
    }

    /// SHA-256 of the templates.
    pub fn digest(&self) -> [u8; 32] {
        self.templates.digest()
    }

    /// Lays a sheet out; again where a footnote does not stand on the page of its mark, or the signature stands alone.
    pub fn compile(&self, job: &Job<'_>) -> Result<Layout, Diagnostic> {
        let mut layout = self.compile_with(job, Breaks::new())?;
        for _ in 0..breaks::MOST {
            let Some(par) = breaks::wanted(job.sheet, &layout.document, &layout.breaks) else { break };
            // What stands behind it moves: the breaks there were those of other pages.
            let mut breaks = layout.breaks;
            breaks.retain(|b| *b < par);
            breaks.insert(par);
            layout = self.compile_with(job, breaks)?;
        }
        layout.told = breaks::told(job.sheet, &layout.document);
        Ok(layout)
    }

    fn compile_with(&self, job: &Job<'_>, breaks: Breaks) -> Result<Layout, Diagnostic> {
        let sources = self.sources(job)?;
        let world = JobWorld::new(&self.shared, sources, data::json(job, &breaks), job.pictures);
        let result = match &self.last {
            Some(last) => last.compile(&world),
            None => ::typst::compile(&world).output,
        };
        let count = self.compiled.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if count % EVICT_EVERY == EVICT_EVERY - 1 {
            comemo::evict(1);
        }
        match result {
            Ok(mut document) => {
                let meta = &job.sheet.meta;
                let info = document.info_mut();
                info.title = Some(meta.title.as_str().into());
                info.author = vec![meta.author.as_str().into()];
                info.description = Some(meta.subject.as_str().into());
                info.keywords = meta.keywords.iter().map(|k| k.as_str().into()).collect();
                let (year, month, day) = meta.date;
                info.date =
                    ::typst::foundations::Smart::Custom(::typst::foundations::Datetime::from_ymd(year, month, day));
                Ok(Layout { document, breaks, told: Vec::new() })
            }
            Err(errors) => Err(template_error(&world, &errors)),
        }
    }

    fn sources(&self, job: &Job<'_>) -> Result<Sources, Diagnostic> {
        let sheet = job.sheet;
        let margins = sheet.sections.first().map_or(DEFAULT_MARGINS, |s| s.margins);
        let mut rendered = self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((.., sources)) = rendered.iter().find(|(styles, m, _)| *styles == sheet.styles && *m == margins) {
            return Ok(sources.clone());
        }
        let text = self.templates.for_documents(&template::style_values(sheet, &self.family))?;
        let sources = match text.module {
            Some(module) => {
                let module = Source::new(world::template_id(), module);
                (Source::new(world::for_each_id(), text.main), Some(module))
            }
            None => (Source::new(world::template_id(), text.main), None),
        };
        if rendered.len() >= MAX_HOUSE_STYLES {
            rendered.remove(0);
        }
        rendered.push((sheet.styles.clone(), margins, sources.clone()));
        Ok(sources)
    }

    /// The template and the data of a job as one Typst text.
    pub(crate) fn source_text(&self, job: &Job<'_>, layout: &Layout) -> Result<String, Diagnostic> {
        let styles = template::style_values(job.sheet, &self.family);
        let data = format!("json(bytes({}))", literal::string(&data::json(job, &layout.breaks)));
        self.templates.render(&styles, &data)
    }
}

/// What Typst said, as one report: a picture that cannot be drawn, or a fault of the template.
fn template_error(world: &JobWorld<'_>, errors: &[SourceDiagnostic]) -> Diagnostic {
    let first = errors.iter().find(|e| e.severity == Severity::Error).or(errors.first());
    let Some(error) = first else {
        return Diagnostic::general(&code::MAU_TYPST_LOI, "Typst không dàn được trang và không nói vì sao.");
    };
    let message = error.message.to_string();
    if message.contains("image") || message.contains("decode") {
        return Diagnostic::general(&code::HINH_SAI, format!("Có hình không vẽ được: {message}."))
            .hint("Mở hình bằng trình xem ảnh và lưu lại thành PNG hoặc JPEG.");
    }
    let place = error.span.id().map(|id| {
        let line = world.range(error.span).and_then(|range| {
            let source = world.source(id).ok()?;
            source.lines().byte_to_line(range.start)
        });
        let id = if id == world::for_each_id() { world::template_id() } else { id };
        let file = id.get().vpath().get_without_slash().to_owned();
        match line {
            Some(line) => format!(" ({file}, dòng {})", line + 1),
            None => format!(" ({file})"),
        }
    });
    let hints: Vec<_> = error.hints.iter().map(|h| h.v.to_string()).collect();
    Diagnostic::general(&code::MAU_TYPST_LOI, format!("Mẫu Typst có lỗi{}: {message}.", place.unwrap_or_default()))
        .hint(if hints.is_empty() {
            "Sửa tệp mẫu trong thư mục --mau, hoặc bỏ --mau để dùng mẫu có sẵn.".into()
        } else {
            hints.join("; ")
        })
}
