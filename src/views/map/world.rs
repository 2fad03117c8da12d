//! The world's countries but Antarctica after Natural Earth, on the Equal Earth projection, in which areas are true.

use std::sync::{Arc, OnceLock};

use earcut::Earcut;

use crate::project::CountryCode;
use crate::views::scene::Point;

/// A country as it is drawn: its polygons.
#[derive(Debug)]
pub struct Country {
    /// Its code; none for what ISO does not know.
    pub code: Option<CountryCode>,
    /// Each an outline with holes.
    pub polygons: Vec<Polygon>,
}

/// A polygon on the projected plane.
#[derive(Debug)]
pub struct Polygon {
    /// Its outline, then its holes.
    pub points: Vec<Point>,
    /// Where each hole begins.
    pub holes: Arc<[u32]>,
    /// Three places of points each.
    pub triangles: Arc<[u32]>,
}

/// All countries, in the order of codes.
pub fn countries() -> &'static [Country] {
    static WORLD: OnceLock<Vec<Country>> = OnceLock::new();
    WORLD.get_or_init(|| include_str!("../../../assets/map/countries.tsv").lines().filter_map(country).collect())
}

fn country(line: &str) -> Option<Country> {
    let (code, shapes) = line.split_once('\t')?;
    Some(Country { code: CountryCode::new(code), polygons: shapes.split('|').map(polygon).collect() })
}

/// Rings of differences between points, as `training/map/build.py` writes them.
fn polygon(told: &str) -> Polygon {
    let (mut points, mut holes) = (Vec::new(), Vec::new());
    for (nth, ring) in told.split(';').enumerate() {
        if nth > 0 {
            holes.push(u32::try_from(points.len()).unwrap_or(u32::MAX));
        }
        let mut numbers = ring.split(' ').filter_map(|number| number.parse::<i32>().ok());
        let (mut x, mut y) = (0, 0);
        while let (Some(east), Some(north)) = (numbers.next(), numbers.next()) {
            (x, y) = (x + east, y + north);
            points.push(projected(f64::from(y) / 100.0, f64::from(x) / 100.0));
        }
    }
    let mut triangles = Vec::new();
    Earcut::new().earcut(points.iter().copied(), &holes, &mut triangles);
    Polygon { points, holes: holes.into(), triangles: triangles.into() }
}

/// Degrees north and east on the plane of Equal Earth (Šavrič, Patterson and Jenny 2018, doi:10.1080/13658816.2018.1504949), its y
/// turned to go down: x from about -2.71 to 2.71, y from -1.32 to 1.32.
pub fn projected(latitude: f64, longitude: f64) -> Point {
    const A: [f64; 4] = [1.340264, -0.081106, 0.000893, 0.003796];
    let [a1, a2, a3, a4] = A;
    let root = 3.0_f64.sqrt();
    let theta = (root / 2.0 * latitude.to_radians().sin()).asin();
    let (two, six) = (theta.powi(2), theta.powi(6));
    let slope = 9.0 * a4 * theta.powi(8) + 7.0 * a3 * six + 3.0 * a2 * two + a1;
    let x = 2.0 * root * longitude.to_radians() * theta.cos() / (3.0 * slope);
    let y = theta * (a1 + a2 * two + six * (a3 + a4 * two));
    [x as f32, -y as f32]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suggest::knowledge;
    use crate::views::scene::Cover;

    #[test]
    fn the_projection_meets_known_points() {
        // From the formulas of the paper: the pole's line is 1.3173 high, the equator 2.7066 wide.
        for (latitude, longitude, [x, y]) in [(0.0, 180.0, [2.7066, 0.0]), (90.0, 0.0, [0.0, -1.3173])] {
            let [px, py] = projected(latitude, longitude);
            assert!((px - x).abs() < 1e-3 && (py - y).abs() < 1e-3, "{latitude} {longitude}: {px} {py}");
        }
    }

    #[test]
    fn cities_lie_in_their_countries() {
        let countries = countries();
        assert_eq!(countries.len(), 176);
        // None goes across the edge of the map.
        for polygon in countries.iter().flat_map(|country| &country.polygons) {
            let ends = Cover::Rings(polygon.points.clone().into(), Arc::clone(&polygon.holes)).bounds();
            assert!(ends.width < 2.6, "{ends:?}");
        }
        for (city, code) in [("Nairobi", "KE"), ("Munich", "DE"), ("Wuhan", "CN"), ("Denver", "US"), ("Maseru", "LS")] {
            let at = knowledge::event_place(city, CountryCode::new(code)).coordinates.unwrap();
            let point = projected(at.latitude, at.longitude);
            let holds = |country: &&Country| {
                country.polygons.iter().any(|polygon| {
                    Cover::Rings(polygon.points.clone().into(), Arc::clone(&polygon.holes)).contains(point)
                })
            };
            let found = countries.iter().find(holds).and_then(|country| country.code);
            assert_eq!(found, CountryCode::new(code), "{city}");
        }
    }
}
