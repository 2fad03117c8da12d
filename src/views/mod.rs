//! The whole collection at a glance: what is selected of it, seen in dossiers, on a timeline, on a map, as a network and as numbers. Functions of a
//! snapshot, gathered once ([`Collection`]) and looked at through a [`Selection`]; a view is laid out into a
//! [`Picture`], which the window, SVG and PNG draw alike.

mod chart;
mod chosen;
mod collection;
pub mod colors;
mod count;
mod days;
pub mod dossier;
mod framed;
mod groups;
pub mod map;
mod names;
pub mod network;
pub mod numbers;
mod pick;
pub mod png;
pub mod scene;
mod selection;
pub mod svg;
mod table;
mod ties;
pub mod timeline;
pub mod typeface;
mod view;

pub use chosen::Chosen;
pub use collection::{Answer, ArticleRow, Collection, EntityRow, EventRow, KindRow, MentionRow, Of};
pub use count::Count;
pub use days::{Day, date_of, day_of};
pub use groups::Group;
pub use pick::Pick;
pub use scene::{Ink, Mark, Picture, Scene, Shape};
pub use selection::Selection;
pub use table::Table;
pub use ties::{Sort, Tie, ties};
pub use view::{Data, FileFormat, Frames, Gathered, Options, View, ViewFile};
