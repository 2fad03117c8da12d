//! Where the names of a network stand: near those that they are tied to, the same each time.

/// How many steps are taken; sixty names have come to rest by then.
const STEPS: u16 = 400;

/// Places, each side from 0 to 1, of so many names with ties of a weight between them: they push each other away, and ties pull
/// (Fruchterman and Reingold 1991), from a sunflower's spiral with the first in the middle. The same for the same names and ties.
pub(super) fn layout(many: usize, ties: &[(usize, usize, f32)]) -> Vec<(f32, f32)> {
    if many < 2 {
        return vec![(0.5, 0.5); many];
    }
    const GOLDEN: f32 = 2.399_963;
    let spiral = (0_u16..).take(many).map(|nth| {
        let (angle, far) = (f32::from(nth) * GOLDEN, ((f32::from(nth) + 0.5) / many as f32).sqrt());
        (angle.cos() * far, angle.sin() * far)
    });
    let mut places: Vec<(f32, f32)> = spiral.collect();
    let apart = 1.7 / (many as f32).sqrt();
    let most = ties.iter().map(|tie| tie.2).fold(1.0, f32::max);
    let mut moves = vec![(0.0_f32, 0.0_f32); many];
    for step in 0..STEPS {
        moves.fill((0.0, 0.0));
        for (nth, one) in places.iter().enumerate() {
            for (other, to) in places.iter().enumerate().skip(nth + 1) {
                let (dx, dy) = (one.0 - to.0, one.1 - to.1);
                let far = dx.hypot(dy).max(0.01);
                let push = apart * apart / (far * far);
                for (place, sign) in [(nth, 1.0), (other, -1.0)] {
                    if let Some(by) = moves.get_mut(place) {
                        *by = (by.0 + sign * dx * push, by.1 + sign * dy * push);
                    }
                }
            }
        }
        for (one, other, weight) in ties {
            let Some((from, to)) = places.get(*one).zip(places.get(*other)).map(|(from, to)| (*from, *to)) else {
                continue;
            };
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            // Strong ties pull more, but not by as much as they are stronger.
            let pull = dx.hypot(dy) / apart * (weight / most).sqrt();
            for (place, sign) in [(*one, 1.0), (*other, -1.0)] {
                if let Some(by) = moves.get_mut(place) {
                    *by = (by.0 + sign * dx * pull, by.1 + sign * dy * pull);
                }
            }
        }
        let heat = 0.12 * (1.0 - f32::from(step) / f32::from(STEPS));
        for (place, (dx, dy)) in places.iter_mut().zip(&moves) {
            // What is tied to nothing does not drift away.
            let (dx, dy) = (dx - place.0 * 0.18, dy - place.1 * 0.18);
            let far = dx.hypot(dy).max(1e-6);
            let by = far.min(heat) / far;
            *place = (place.0 + dx * by, place.1 + dy * by);
        }
    }
    fitted(&gathered(&places))
}

/// Places of which those that lie far out are brought nearer, so that the others have room.
fn gathered(places: &[(f32, f32)]) -> Vec<(f32, f32)> {
    let mut far: Vec<f32> = places.iter().map(|(x, y)| x.hypot(*y)).collect();
    far.sort_by(f32::total_cmp);
    let usual = far.get(far.len() / 2).copied().unwrap_or_default() * 1.25;
    let nearer = |(x, y): &(f32, f32)| {
        let far = x.hypot(*y);
        let by = if far > usual && usual > 0.0 { usual * (1.0 + 0.35 * (far / usual).ln()) / far } else { 1.0 };
        (x * by, y * by)
    };
    places.iter().map(nearer).collect()
}

/// Places brought to fill each side from 0 to 1.
fn fitted(places: &[(f32, f32)]) -> Vec<(f32, f32)> {
    let ends = |of: fn(&(f32, f32)) -> f32| {
        let all = places.iter().map(of);
        (all.clone().fold(f32::MAX, f32::min), all.fold(f32::MIN, f32::max))
    };
    let ((left, right), (top, bottom)) = (ends(|place| place.0), ends(|place| place.1));
    let share = |value: f32, from: f32, to: f32| if to - from > 1e-6 { (value - from) / (to - from) } else { 0.5 };
    places.iter().map(|(x, y)| (share(*x, left, right), share(*y, top, bottom))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tied_names_stand_near_each_other_and_the_same_each_time() {
        // Two triangles, one tie between them.
        let ties = [(0, 1, 5.0), (1, 2, 5.0), (0, 2, 5.0), (3, 4, 5.0), (4, 5, 5.0), (3, 5, 5.0), (2, 3, 1.0)];
        let places = layout(6, &ties);
        assert_eq!(places, layout(6, &ties));
        let far = |one: usize, other: usize| (places[one].0 - places[other].0).hypot(places[one].1 - places[other].1);
        assert!(far(0, 1) < far(0, 4) && far(3, 4) < far(1, 5), "{places:?}");
        assert!(places.iter().all(|(x, y)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y)));
    }
}
