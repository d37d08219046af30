//! One pass of layout instead of two, where the last document tells what the first pass would only find out.
//!
//! Typst lays a document out until what it asked about places (which page is this?) agrees with the places that came of
//! it; the first pass has no places to ask about, so a document with page numbers takes two. Documents of one plan differ
//! in words, seldom in places: asked about the places of the last one, most agree at once.

use comemo::Track;
use std::sync::{Arc, Mutex, PoisonError};
use typst::World;
use typst::diag::SourceResult;
use typst::foundations::{Output, StyleChain, Target, TargetElem};
use typst::utils::Protected;
use typst_layout::{PagedDocument, PagedIntrospector};
use typst_library::engine::{Engine, Route, Sink, Traced};
use typst_library::introspection::Introspector;

/// Where things stood in the last document.
///
/// For the template that ships with the program only: what it asks about places never moves what it asks about, so there
/// is one answer, whichever document came before. A template of an agency may ask otherwise.
#[derive(Default)]
pub struct Last(Mutex<Option<Arc<PagedIntrospector>>>);

impl Last {
    /// The document, in one pass where the places of the last one answer all that it asks as its own do.
    ///
    /// After a guess that failed the next document is not guessed: where documents have nothing in common, half of them
    /// pay for a pass that tells nothing.
    pub fn compile(&self, world: &dyn World) -> SourceResult<PagedDocument> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let guessed = last.as_ref().and_then(|last| guess(world, &**last));
        let failed = last.is_some() && guessed.is_none();
        let document = guessed.map_or_else(|| typst::compile(world).output, Ok);
        let next = document.as_ref().ok().filter(|_| !failed).map(|d| Arc::clone(d.introspector()));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = next;
        document
    }
}

/// `None` where the document asked something that it answers otherwise itself, and where anything is to be reported.
fn guess(world: &dyn World, last: &dyn Introspector) -> Option<PagedDocument> {
    let library = world.library();
    let traced = Traced::default();
    let mut sink = Sink::new();
    let main = world.source(world.main()).ok()?;
    let world = world.track();
    let route = Route::default();
    let module = typst_eval::eval(world, library, traced.track(), sink.track_mut(), route.track(), &main).ok()?;
    let content = module.content();

    let base = StyleChain::new(&library.styles);
    let target = TargetElem::target.set(Target::Paged).wrap();
    let constraint = comemo::Constraint::new();
    let mut engine = Engine {
        library,
        world,
        introspector: Protected::new(last.track_with(&constraint)),
        traced: traced.track(),
        sink: sink.track_mut(),
        route: Route::default(),
    };
    let document = PagedDocument::create(&mut engine, &content, base.chain(&target)).ok()?;
    let agrees = constraint.validate(Output::introspector(&document));
    (agrees && sink.delayed().is_empty()).then_some(document)
}

#[cfg(test)]
mod tests {
    use super::*;
    use typst::diag::{FileError, FileResult};
    use typst::foundations::{Bytes, Datetime, Duration};
    use typst::syntax::{FileId, Source};
    use typst::text::{Font, FontBook};
    use typst::utils::LazyHash;
    use typst::{Library, LibraryExt};

    /// A text without faces.
    struct Paper {
        library: LazyHash<Library>,
        book: LazyHash<FontBook>,
        main: Source,
    }

    impl World for Paper {
        fn library(&self) -> &LazyHash<Library> {
            &self.library
        }

        fn book(&self) -> &LazyHash<FontBook> {
            &self.book
        }

        fn main(&self) -> FileId {
            self.main.id()
        }

        fn source(&self, _: FileId) -> FileResult<Source> {
            Ok(self.main.clone())
        }

        fn file(&self, _: FileId) -> FileResult<Bytes> {
            Err(FileError::AccessDenied)
        }

        fn font(&self, _: usize) -> Option<Font> {
            None
        }

        fn today(&self, _: Option<Duration>) -> Option<Datetime> {
            None
        }
    }

    fn paper(text: &str) -> Paper {
        Paper {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::new()),
            main: Source::detached(text),
        }
    }

    fn laid_out(text: &str) -> PagedDocument {
        typst::compile(&paper(text)).output.unwrap()
    }

    #[test]
    fn a_guess_stands_where_all_answers_are_the_documents_own() {
        let numbered = |text: &str| format!("#set page(header: context box(width: 1pt * here().page()))\n{text}");
        let last = laid_out(&numbered("#v(1pt) #pagebreak() #v(2pt)"));
        let other = paper(&numbered("#v(3pt) #pagebreak() #v(4pt)"));
        assert_eq!(guess(&other, &**last.introspector()).unwrap().pages().len(), 2);
        // What is asked about the whole has another answer here.
        let counted = |text: &str| format!("{text}#context box(width: 1pt * counter(page).final().first())");
        let last = laid_out(&counted("#v(1pt)"));
        assert!(guess(&paper(&counted("#v(1pt) #pagebreak()")), &**last.introspector()).is_none());
        // Faults are for the usual way.
        assert!(guess(&paper("#panic()"), &**last.introspector()).is_none());
    }
}
