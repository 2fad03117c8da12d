//! The views by their names: what each shows of a selection, its data in rows, its picture, and the file made of it.

use std::sync::Arc;

use super::chosen::Chosen;
use super::collection::Collection;
use super::colors;
use super::framed::framed;
use super::map::{self, Map, Measure};
use super::network::{self, Network};
use super::numbers::{self, Numbers};
use super::png::png;
use super::scene::{Ink, Picture};
use super::svg::svg;
use super::table::Table;
use super::ties::Tie;
use super::timeline::{self, Lanes, Timeline};
use crate::project::EntityId;
use crate::wording::count;

/// A view of the whole collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum View {
    Timeline,
    Map,
    Network,
    Numbers,
}

impl View {
    /// All, from left to right.
    pub const ALL: [Self; 4] = [Self::Timeline, Self::Map, Self::Network, Self::Numbers];

    /// As a person reads it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Timeline => "Timeline",
            Self::Map => "Map",
            Self::Network => "Network",
            Self::Numbers => "Numbers",
        }
    }
}

/// What of a view a person can set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Options {
    /// What the lanes of the timeline are of.
    pub lanes: Lanes,
    /// What the countries of the map are shaded by.
    pub measure: Measure,
    /// Whom the network is around; none for the strongest names.
    pub around: Option<EntityId>,
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
    Timeline(Timeline),
    Map(Map),
    Network(Network),
    Numbers(Numbers),
}

impl Data {
    /// What a view shows of what is selected; `ties` are needed for the network alone.
    pub fn of(view: View, all: &Collection, ties: &[Tie], chosen: &Chosen, options: Options) -> Self {
        match view {
            View::Timeline => Self::Timeline(Timeline::of(all, chosen, options.lanes)),
            View::Map => Self::Map(Map::of(all, chosen, options.measure)),
            View::Network => Self::Network(Network::of(all, ties, chosen, options.around)),
            View::Numbers => Self::Numbers(Numbers::of(all, chosen)),
        }
    }

    /// The same in rows.
    pub fn table(&self, all: &Collection) -> Table {
        match self {
            Self::Timeline(timeline) => Table::of_timeline(timeline, all),
            Self::Map(map) => Table::of_map(map),
            Self::Network(network) => Table::of_network(network),
            Self::Numbers(numbers) => Table::of_numbers(numbers),
        }
    }

    /// What is seen of it, laid out on a page of a size in points; numbers and lanes take more height where they need it.
    pub fn draw(&self, all: &Collection, frames: &Frames, size: (f32, f32)) -> Picture {
        match self {
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
    Svg,
    Png,
    Csv,
}

impl FileFormat {
    /// All, in the order of menus.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Png, Self::Csv];

    /// What its files end in.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Csv => "csv",
        }
    }

    /// As menus have it.
    pub fn name(self) -> &'static str {
        match self {
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
        let picture = Arc::new(framed(picture, &title, &data.legend(all), &data.source(chosen)));
        Self { title, format, picture, table: Arc::new(data.table(all)) }
    }

    /// What the file holds, in the colours of the light theme.
    ///
    /// # Errors
    /// Why it cannot be made, in words.
    pub fn bytes(&self) -> Result<Vec<u8>, String> {
        match self.format {
            FileFormat::Svg => Ok(svg(&self.picture, &self.title, &colors::LIGHT).into_bytes()),
            FileFormat::Png => png(&self.picture, &colors::LIGHT, PIXELS).map_err(|error| error.to_string()),
            FileFormat::Csv => self.table.csv().map_err(|error| error.to_string()),
        }
    }
}
