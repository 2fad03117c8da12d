//! The views by their names: what each shows of a selection, its data in rows, its picture, and the file made of it.

use std::sync::Arc;

use super::chosen::Chosen;
use super::collection::Collection;
use super::colors;
use super::dossier::{self, Dossiers, Portrait};
use super::framed::framed;
use super::map::{self, Map, Measure};
use super::network::{self, Network};
use super::numbers::{self, Numbers};
use super::png::png;
use super::scene::{Ink, Picture};
use super::svg::svg;
use super::table::Table;
use super::ties::{Tie, ties};
use super::timeline::{self, Lanes, Timeline};
use crate::project::{EntityId, Project};
use crate::text::find::SortBy;
use crate::wording::count;

/// A view of the whole collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum View {
    Dossiers,
    Timeline,
    Map,
    Network,
    Numbers,
}

impl View {
    /// All, from left to right.
    pub const ALL: [Self; 5] = [Self::Dossiers, Self::Timeline, Self::Map, Self::Network, Self::Numbers];

    /// As a person reads it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dossiers => "Dossiers",
            Self::Timeline => "Timeline",
            Self::Map => "Map",
            Self::Network => "Network",
            Self::Numbers => "Numbers",
        }
    }

    /// What it can be written as.
    pub fn formats(self) -> &'static [FileFormat] {
        match self {
            Self::Dossiers => &[FileFormat::Html, FileFormat::Svg, FileFormat::Png, FileFormat::Csv],
            _ => &[FileFormat::Svg, FileFormat::Png, FileFormat::Csv],
        }
    }
}

/// What of a view a person can set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// What the lanes of the timeline are of.
    pub lanes: Lanes,
    /// What the countries of the map are shaded by.
    pub measure: Measure,
    /// Whom the network is around; none for the strongest names.
    pub around: Option<EntityId>,
    /// Whose dossier is shown; none for the first that is listed.
    pub dossier: Option<EntityId>,
    /// Who is listed beside it.
    pub listed: dossier::Query,
    /// What its sentences are sorted by.
    pub sentences: SortBy,
}

/// What views need of the texts besides the rows; gathered once it is asked for.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// Who appears with whom, for the network.
    pub ties: Option<Arc<Vec<Tie>>>,
    /// The one whose dossier is shown.
    pub portrait: Option<Arc<Portrait>>,
}

impl Gathered {
    /// Gathers what a view lacks for what is selected.
    pub fn fill(&mut self, view: View, project: &Project, all: &Collection, chosen: &Chosen, options: &Options) {
        if view == View::Network && self.ties.is_none() {
            self.ties = Some(Arc::new(ties(project, all)));
        }
        if view == View::Dossiers {
            let whose = Dossiers::whose(all, chosen, &options.listed, options.dossier);
            if self.portrait.as_ref().map(|portrait| portrait.entity) != whose {
                self.portrait = whose.and_then(|entity| Portrait::of(project, all, entity)).map(Arc::new);
            }
        }
    }

    /// Whether nothing is lacked, whatever is selected.
    pub fn is_enough(&self, view: View, options: &Options) -> bool {
        match view {
            View::Network => self.ties.is_some(),
            View::Dossiers => {
                let known = self.portrait.as_ref().map(|portrait| portrait.id);
                options.dossier.is_some() && known == options.dossier
            }
            View::Timeline | View::Map | View::Numbers => true,
        }
    }
}

/// What of each view is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Frames {
    /// The days of the timeline; all where none is said.
    pub timeline: Option<timeline::Frame>,
    /// The part of the map.
    pub map: map::Frame,
    /// The part of the network.
    pub network: network::Frame,
}

/// What a view shows.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "named as the views")]
pub enum Data {
    Dossiers(Dossiers),
    Timeline(Timeline),
    Map(Map),
    Network(Network),
    Numbers(Numbers),
}

impl Data {
    /// What a view shows of what is selected.
    pub fn of(view: View, all: &Collection, gathered: &Gathered, chosen: &Chosen, options: &Options) -> Self {
        let ties = gathered.ties.as_ref().map(|ties| ties.as_slice()).unwrap_or_default();
        match view {
            View::Dossiers => {
                let portrait = gathered.portrait.as_ref();
                Self::Dossiers(Dossiers::of(all, chosen, &options.listed, portrait, options.sentences))
            }
            View::Timeline => Self::Timeline(Timeline::of(all, chosen, options.lanes)),
            View::Map => Self::Map(Map::of(all, chosen, options.measure)),
            View::Network => Self::Network(Network::of(all, ties, chosen, options.around)),
            View::Numbers => Self::Numbers(Numbers::of(all, chosen)),
        }
    }

    /// The same in rows.
    pub fn table(&self, all: &Collection) -> Table {
        match self {
            Self::Dossiers(dossiers) => {
                dossiers.dossier.as_ref().map(|one| Table::of_dossier(one, all)).unwrap_or_default()
            }
            Self::Timeline(timeline) => Table::of_timeline(timeline, all),
            Self::Map(map) => Table::of_map(map),
            Self::Network(network) => Table::of_network(network),
            Self::Numbers(numbers) => Table::of_numbers(numbers),
        }
    }

    /// What is seen of it, laid out on a page of a size in points; dossiers, numbers and lanes take more height where they need it.
    pub fn draw(&self, all: &Collection, frames: &Frames, size: (f32, f32)) -> Picture {
        match self {
            Self::Dossiers(dossiers) => {
                dossiers.dossier.as_ref().map(|one| dossier::draw(one, size.0)).unwrap_or_default()
            }
            Self::Timeline(timeline) => {
                let frame = frames.timeline.unwrap_or_else(|| timeline::Frame::of(timeline));
                timeline::draw(timeline, all, frame, size)
            }
            Self::Map(map) => map::draw(map, frames.map, size),
            Self::Network(network) => network::draw(network, frames.network, size),
            Self::Numbers(numbers) => numbers::draw(numbers, size.0),
        }
    }

    /// What the colours of its picture stand for.
    pub fn legend(&self, all: &Collection) -> Vec<(Ink, String)> {
        match self {
            Self::Dossiers(dossiers) => dossiers.legend(),
            Self::Timeline(timeline) => timeline.legend(),
            Self::Map(map) => map.legend(),
            Self::Network(network) => network.legend(all),
            Self::Numbers(_) => numbers::legend(),
        }
    }

    /// Where it comes from, as it stands below the picture of a file.
    fn source(&self, chosen: &Chosen) -> String {
        let articles = chosen.articles.iter().filter(|chosen| **chosen).count();
        let map = match self {
            Self::Map(_) => " · borders: Natural Earth; places: GeoNames (CC BY 4.0)",
            _ => "",
        };
        format!("{}{map} · made with Rubricator", count(articles, "article", "articles"))
    }
}

/// What a view can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum FileFormat {
    Html,
    Svg,
    Png,
    Csv,
}

impl FileFormat {
    /// All, in the order of menus.
    pub const ALL: [Self; 4] = [Self::Html, Self::Svg, Self::Png, Self::Csv];

    /// What its files end in.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Csv => "csv",
        }
    }

    /// As menus have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "Print to HTML…",
            Self::Svg => "Picture as SVG…",
            Self::Png => "Picture as PNG…",
            Self::Csv => "Data as CSV…",
        }
    }
}

/// A view that is written to a file.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewFile {
    /// What it is called.
    pub title: String,
    /// What it is written as.
    pub format: FileFormat,
    picture: Arc<Picture>,
    table: Arc<Table>,
    /// Of a dossier that is printed the page.
    page: Option<Arc<str>>,
}

/// How many pixels of a PNG a point is.
const PIXELS: f32 = 2.0;

impl ViewFile {
    /// A view's picture as it is laid out, with title, legend and a line on where it comes from, or its data.
    pub fn new(
        title: String,
        format: FileFormat,
        picture: &Picture,
        (data, all, chosen): (&Data, &Collection, &Chosen),
    ) -> Self {
        let source = data.source(chosen);
        let page = match data {
            Data::Dossiers(Dossiers { dossier: Some(one), .. }) if format == FileFormat::Html => {
                Some(dossier::html(one, all, &source).into())
            }
            _ => None,
        };
        let picture = Arc::new(framed(picture, &title, &data.legend(all), &source));
        Self { title, format, picture, table: Arc::new(data.table(all)), page }
    }

    /// What the file holds, in the colours of the light theme.
    ///
    /// # Errors
    /// Why it cannot be made, in words.
    pub fn bytes(&self) -> Result<Vec<u8>, String> {
        match self.format {
            FileFormat::Html => {
                let page = self.page.as_ref().ok_or("only a dossier is printed to HTML; choose somebody first")?;
                Ok(page.as_bytes().to_vec())
            }
            FileFormat::Svg => Ok(svg(&self.picture, &self.title, &colors::LIGHT).into_bytes()),
            FileFormat::Png => png(&self.picture, &colors::LIGHT, PIXELS).map_err(|error| error.to_string()),
            FileFormat::Csv => self.table.csv().map_err(|error| error.to_string()),
        }
    }
}
