//! The one place where the verbs meet: bytes of a plan → files, with everything that is wrong on the way.

mod apart;
mod both;
pub mod check;
mod culprit;
mod folder;
pub mod import;
pub mod into;
mod picture;
mod stamp;

pub use apart::write_all;
pub use folder::{Digest, Folder, load_faces, load_templates, load_word_template, read_file, read_up_to};
pub use stamp::Stamp;

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::document::Document;
use crate::draft::{Draft, Value};
use crate::face::Faces;
use crate::read::{Override, Read};
use crate::sheet::Sheet;
use crate::source::Source;
use crate::write::docx::template::WordTemplate;
use crate::write::files::Sealed;
pub use crate::write::typst::Layout;
use crate::write::typst::{Press, Templates};
use crate::write::{Job, Write, Writer, compare_draft};
use crate::{compose, expand, read};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What all documents of a run share: fonts, templates, the Typst engine. Made once.
pub struct Studio {
    faces: FacesOf,
    press: OnceLock<Press>,
    /// What the engine is made with when it is first asked for: who only reads plans needs none.
    templates: Mutex<Option<Templates>>,
    own_word: Option<WordTemplate>,
    built_in_word: OnceLock<WordTemplate>,
}

enum FacesOf {
    Embedded,
    Own(Box<Faces>),
}

impl Studio {
    /// With the embedded fonts and templates, unless others are given.
    pub fn new(faces: Option<Faces>, templates: Option<Templates>) -> Self {
        let faces = faces.map_or(FacesOf::Embedded, |f| FacesOf::Own(Box::new(f)));
        let templates = Mutex::new(templates);
        Studio { faces, press: OnceLock::new(), templates, own_word: None, built_in_word: OnceLock::new() }
    }

    /// With a Word template of the agency's own.
    pub fn with_word(self, template: WordTemplate) -> Self {
        Studio { own_word: Some(template), ..self }
    }

    /// The Word template; the one that ships with the program is read when it is first asked for.
    pub fn word(&self) -> Result<&WordTemplate, Diagnostic> {
        self.own_word.as_ref().map_or_else(|| self.built_in_word(), Ok)
    }

    fn built_in_word(&self) -> Result<&WordTemplate, Diagnostic> {
        if let Some(word) = self.built_in_word.get() {
            return Ok(word);
        }
        let built_in = WordTemplate::built_in().map_err(|mut faults| faults.remove(0))?;
        Ok(self.built_in_word.get_or_init(|| built_in))
    }

    /// The Word template for a document: an agency's own has a letterhead with a number, which a text that is issued with
    /// another does not have.
    fn word_for(&self, ready: &Ready) -> Result<&WordTemplate, Diagnostic> {
        if ready.issued { self.built_in_word() } else { self.word() }
    }

    /// SHA-256 of the fonts.
    pub fn fonts_digest(&self) -> Digest {
        let mut sum = Sha256::new();
        self.faces().data().for_each(|face| sum.update(Sha256::digest(face)));
        sum.finalize().into()
    }

    /// SHA-256 of the templates, Typst's and Word's.
    pub fn templates_digest(&self) -> Result<Digest, Diagnostic> {
        let word = self.word()?.digest();
        Ok(Sha256::new_with_prefix(self.press().digest()).chain_update(word).finalize().into())
    }

    /// The engine that lays sheets out.
    pub fn press(&self) -> &Press {
        self.press.get_or_init(|| {
            let own = self.templates.lock().unwrap_or_else(PoisonError::into_inner).take();
            Press::new(self.faces(), own.unwrap_or_default())
        })
    }

    /// The type family in use.
    pub fn faces(&self) -> &Faces {
        self.faces.get()
    }
}

/// Fonts and templates of an agency's own, by their paths; those that are not named are the program's.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    /// Folder of four faces.
    pub fonts: Option<PathBuf>,
    /// Folder of Typst templates.
    pub templates: Option<PathBuf>,
    /// Word template.
    pub word: Option<PathBuf>,
}

impl Brought {
    /// The engine with them.
    pub fn studio(&self) -> Result<Studio, Vec<Diagnostic>> {
        let one = |problem| vec![problem];
        let faces = self.fonts.as_deref().map(load_faces).transpose().map_err(one)?;
        let templates = self.templates.as_deref().map(load_templates).transpose().map_err(one)?;
        let studio = Studio::new(faces, templates);
        match &self.word {
            Some(word) => Ok(studio.with_word(load_word_template(word)?)),
            None => Ok(studio),
        }
    }
}

impl FacesOf {
    fn get(&self) -> &Faces {
        match self {
            FacesOf::Embedded => Faces::embedded(),
            FacesOf::Own(faces) => faces,
        }
    }
}

/// A plan on its way to paper.
pub struct Built {
    /// The clean text, for reports; `None` where the file could not be read as text.
    pub source: Option<Source>,
    /// The sheet, when there are no errors.
    pub ready: Option<Ready>,
    /// Everything noticed, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// The document, where it did not become a sheet.
    pub unfinished: Option<Document>,
}

/// A sheet ready to be written, with the document that it came from.
pub struct Ready {
    /// The document.
    pub document: Document,
    /// The sheet.
    pub sheet: Sheet,
    /// The plan's variables, for Word templates.
    pub variables: Vec<(String, Value)>,
    /// Whether it is a text that is issued with another and stands in files of its own.
    pub issued: bool,
}

impl Ready {
    fn job<'a>(&'a self, pictures: &'a BTreeMap<String, Arc<Vec<u8>>>) -> Job<'a> {
        Job { sheet: &self.sheet, document: &self.document, variables: &self.variables, pictures }
    }
}

/// A plan that was read, to be built once or for many units.
pub struct Plan {
    source: Source,
    read: Read,
    traced: bool,
}

impl Plan {
    /// Reads a plan. `None` where the file is not even text; the reasons are given.
    /// `folder` is the door to the plans that it issues with itself.
    pub fn read(name: &str, bytes: &[u8], folder: &Folder) -> Result<Plan, Vec<Diagnostic>> {
        let mut all = Diagnostics::new();
        let Some(mut source) = read::bytes::decode(name, bytes, &mut all) else { return Err(all.sorted()) };
        let read = read::read(&mut source, folder, all);
        Ok(Plan { source, read, traced: false })
    }

    /// The same plan, whose documents know where each of their letters was typed.
    #[must_use]
    pub fn traced(self) -> Self {
        Plan { traced: true, ..self }
    }

    /// The clean text.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The draft, whenever the file is a mapping at all.
    pub fn draft(&self) -> Option<&Draft> {
        self.read.draft.as_ref()
    }

    /// What was noticed while the plan was read.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.read.diagnostics
    }

    /// The sheet of the plan with `variables` on top of its `bien`, and with a unit's own fields over its own.
    pub fn build(
        &self,
        own: Option<&Override>,
        folder: &Folder,
        variables: &[(String, Value)],
        faces: &Faces,
    ) -> Built {
        match own {
            None => Building { source: &self.source, read: &self.read, folder, variables, faces }.build(self.traced),
            Some(own) => {
                let mut source = self.source.clone();
                let read = read::over(&self.read, &mut source, own, folder);
                Building { source: &source, read: &read, folder, variables, faces }.build(self.traced)
            }
        }
    }
}

/// Bytes of a plan → sheet. `folder` is the door to the files that the plan names, `variables` go on top of its `bien`.
pub fn build(name: &str, bytes: &[u8], folder: &Folder, variables: &[(String, Value)], faces: &Faces) -> Built {
    match Plan::read(name, bytes, folder) {
        Ok(plan) => plan.build(None, folder, variables, faces),
        Err(diagnostics) => Built { source: None, ready: None, diagnostics, unfinished: None },
    }
}

/// As [`build`], where nobody reads the places of what is told: they are those of whole texts.
pub fn build_roughly(name: &str, bytes: &[u8], folder: &Folder, faces: &Faces) -> Built {
    match Plan::read(name, bytes, folder) {
        Ok(plan) => Building { source: &plan.source, read: &plan.read, folder, variables: &[], faces }.once(false),
        Err(diagnostics) => Built { source: None, ready: None, diagnostics, unfinished: None },
    }
}

/// What a sheet is built from.
struct Building<'b> {
    source: &'b Source,
    read: &'b Read,
    folder: &'b Folder,
    variables: &'b [(String, Value)],
    faces: &'b Faces,
}

impl Building<'_> {
    /// Builds; a second time with the place of every letter where something is to be told, or where `traced` asks for it
    /// at once.
    fn build(&self, traced: bool) -> Built {
        let built = self.once(traced);
        if traced || built.diagnostics.len() <= self.read.diagnostics.len() {
            return built;
        }
        self.once(true)
    }

    fn once(&self, traced: bool) -> Built {
        let Building { source, read, .. } = self;
        let mut all = read.diagnostics.clone();
        let document = read.draft.as_ref().and_then(|draft| {
            let expanded = expand::expand(draft, source, self.folder, self.variables, traced);
            all.extend(expanded.diagnostics.into_iter().filter(|d| !read.hides(d)));
            // The page of a plan with masked values would be measured with the masks.
            expanded.output.filter(|_| read.masked.is_empty())
        });
        let (ready, unfinished) = match document.map(|document| self.compose(document, &mut all)) {
            Some(Ok(ready)) => (Some(*ready), None),
            Some(Err(document)) => (None, Some(*document)),
            None => (None, None),
        };
        Built { source: Some((*source).clone()), ready, diagnostics: all.sorted(), unfinished }
    }

    /// The sheet of a document, proven against it; the document itself where there are errors.
    fn compose(&self, document: Document, all: &mut Diagnostics) -> Result<Box<Ready>, Box<Document>> {
        let composed = compose::compose(&document, self.source, self.faces);
        all.extend(composed.diagnostics);
        if all.has_errors() {
            return Err(Box::new(document));
        }
        let sheet = composed.output;
        if let Err(difference) = compare_draft(&document, &sheet) {
            all.push(difference);
            return Err(Box::new(document));
        }
        let draft = self.read.draft.as_ref();
        let variables = draft.map(|d| expand::variables(d, self.variables)).unwrap_or_default();
        Ok(Box::new(Ready { document, sheet, variables, issued: false }))
    }
}

/// What a writer made, with its digest inside: as it goes to the disk.
pub struct SealedFile {
    /// `None` for the only file, else the page from 1.
    pub page: Option<usize>,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Their SHA-256.
    pub sha256: Digest,
}

/// The files of one document in one format.
pub struct Written {
    /// Which of the texts that are issued with the document it is, from 1, where those are files of their own.
    pub part: Option<usize>,
    /// The format.
    pub writer: &'static Writer,
    /// Its files.
    pub outputs: Vec<SealedFile>,
}

/// Writes a sheet in some formats; it is laid out once, if a format needs pages. With `prove`, the words of each file that can be read back are
/// compared with the sheet's.
pub fn write(
    studio: &Studio,
    ready: &Ready,
    folder: &Folder,
    writers: &[&'static Writer],
    prove: bool,
) -> Result<(Option<Layout>, Vec<Written>), Diagnostic> {
    let paged = writers.iter().any(|w| matches!(w.write, Write::Pages(_)));
    let layout = paged.then(|| lay_out(studio, ready, folder)).transpose()?;
    let mut all = Vec::new();
    for writer in writers {
        all.push(Written {
            part: None,
            writer,
            outputs: export(studio, ready, folder, layout.as_ref(), writer, prove)?,
        });
    }
    Ok((layout, all))
}

/// Lays a sheet out.
pub fn lay_out(studio: &Studio, ready: &Ready, folder: &Folder) -> Result<Layout, Diagnostic> {
    let pictures = folder.pictures();
    culprit::named(studio, ready, &pictures, None, || studio.press().compile(&ready.job(&pictures)))
}

/// Writes a sheet in one format, from its pages where the format has pages; see [`write()`].
pub fn export(
    studio: &Studio,
    ready: &Ready,
    folder: &Folder,
    layout: Option<&Layout>,
    writer: &Writer,
    prove: bool,
) -> Result<Vec<SealedFile>, Diagnostic> {
    let pictures = folder.pictures();
    let job = ready.job(&pictures);
    culprit::named(studio, ready, &pictures, Some(writer), || {
        let files = match (&writer.write, layout) {
            (Write::Pages(write), Some(layout)) => write(studio.press(), &job, layout)?,
            (Write::Pages(_), None) => Vec::new(),
            (Write::Word(write), _) => write(studio.word_for(ready)?, &job)?,
            (Write::Sheet(write), _) => write(&job)?,
        };
        let mut outputs = Vec::new();
        for file in files {
            let Sealed { bytes, sha256 } = writer.seal.put_and_sum(file.bytes)?;
            outputs.push(SealedFile { page: file.page, bytes, sha256 });
        }
        let word = matches!(writer.write, Write::Word(_)).then(|| studio.word_for(ready)).transpose()?;
        if let Some(compare) = writer.prove.filter(|_| prove) {
            for output in &outputs {
                compare(&job, word, &output.bytes)?;
            }
        }
        Ok(outputs)
    })
}

/// The writer for a path, by its extension.
pub fn writer_for(path: &Path) -> Result<&'static Writer, Diagnostic> {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    crate::write::by_extension(extension).ok_or_else(|| {
        let known: Vec<_> = crate::write::WRITERS.iter().map(|w| format!(".{} ({})", w.extension, w.name)).collect();
        Diagnostic::general(&code::DINH_DANG_LA, format!("Không biết ghi tệp “{}” theo định dạng nào.", path.display()))
            .hint(format!("Đặt đuôi tệp là một trong: {}.", known.join(", ")))
    })
}
