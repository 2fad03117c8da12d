//! What is typed and chosen in dialogs, one file each; nothing here draws.

pub(super) mod by_score;
mod compare;
pub(super) mod details;
pub(super) mod export;
pub(super) mod guidelines;
pub(super) mod import;
pub(super) mod keys;
pub(super) mod log;
pub(super) mod merge;
pub(super) mod palette;
pub(super) mod preview;
pub(super) mod relations;
pub(super) mod sure;
pub(super) mod table;
pub(super) mod tag;
pub(super) mod tagset;

pub use by_score::ByScoreForm;
pub use compare::{CompareForm, CopiesForm};
pub(super) use details::aliases;
pub use details::{DetailsForm, EntityForm};
pub use export::{ExportChoice, ExportForm, Preview, PreviewOf};
pub use guidelines::{CODE_BOOK, GuidelinesForm};
pub use import::ImportForm;
pub use keys::KeysForm;
pub use log::LogForm;
pub use merge::MergeForm;
pub use palette::PaletteForm;
pub use preview::{Incoming, PreviewForm};
pub use relations::RelationsForm;
pub use sure::SureForm;
pub use table::TableForm;
pub use tag::TagForm;
pub use tagset::TagsetForm;

/// What dialogs begin with when they are opened again.
#[derive(Default)]
pub struct Kept {
    /// What was typed into the dialog for pasted articles and not added yet.
    pub draft: String,
    /// The export chosen last.
    pub export: ExportForm,
    /// The score chosen last, and what of.
    pub by_score: ByScoreForm,
}
