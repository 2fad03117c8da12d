//! What is typed as a date, a place or figures, wherever an event is edited.

use jiff::civil::Date;

use crate::project::{EventPlace, Figure, FigureKind, Schema};
use crate::suggest::dates::parse_typed;
use crate::suggest::{figures_typed, knowledge, lookups};

/// A day, or an interval whose ends are parted by a dash or "to"; what is relative is read from the day of publication.
pub fn days(typed: &str, published: Option<Date>) -> Option<(Date, Date)> {
    let parted = [" – ", "–", " - ", " to ", " until "].into_iter().find_map(|part| typed.split_once(part));
    if let Some((from, to)) = parted {
        let (start, _) = parse_typed(from.trim(), published)?;
        let (_, end) = parse_typed(to.trim(), published)?;
        return (start <= end).then_some((start, end));
    }
    parse_typed(typed, published)
}

/// Why what was typed is no date, with forms that are; what is relative needs the day of publication.
pub fn no_date(typed: &str, published: Option<Date>) -> String {
    let relative = if published.is_some() { "last Friday" } else { "(once the article has a date) last Friday" };
    format!("“{typed}” is not a date. Write 4 Feb 2022, 4 Feb 2022 to 20 Feb 2022, or {relative}")
}

/// Figures parted by semicolons, as [`super::text::figures`] writes them or as a text tells them.
///
/// # Errors
/// The first part that is none.
pub fn figures(typed: &str) -> Result<Vec<Figure>, String> {
    let mut all = Vec::new();
    for part in typed.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (number, kind) = part.rsplit_once(' ').unwrap_or(("", part));
        let plain = FigureKind::from_name(&kind.to_lowercase()).and_then(|kind| {
            let number = number.trim().replace(',', "");
            let number = if number.is_empty() { None } else { Some(number.parse::<f64>().ok()?) };
            Some(Figure { kind, number, range: None })
        });
        let read = plain.map_or_else(|| figures_typed(part), |figure| vec![figure]);
        if read.is_empty() || read.iter().any(|figure| figure.number.is_some_and(|number| !number.is_finite())) {
            return Err(part.to_owned());
        }
        all.extend(read);
    }
    Ok(all)
}

/// Why what was typed is no figure, with forms that are.
pub fn no_figure(typed: &str) -> String {
    let kinds: Vec<&str> = FigureKind::ALL.into_iter().map(FigureKind::name).collect();
    format!("“{typed}” is no figure. Write 12 killed; 30 injured, a number and what it counts: {}", kinds.join(", "))
}

/// The place of a name, with the country and the point that are known of it; none for nothing.
pub fn place(name: &str) -> Option<EventPlace> {
    let known = lookups::known(Schema::Country, name).country;
    let country = known.or_else(|| knowledge::place(name).and_then(|place| place.country));
    (!name.is_empty()).then(|| knowledge::event_place(name, country))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text;
    use jiff::civil::date;

    #[test]
    fn an_interval_is_typed_with_any_dash_or_a_word() {
        let interval = Some((date(2022, 2, 4), date(2022, 2, 20)));
        for typed in ["4 Feb 2022 – 20 Feb 2022", "2022-02-04 - 2022-02-20", "4 Feb 2022 to 20 Feb 2022"] {
            assert_eq!(days(typed, None), interval, "{typed}");
        }
        assert_eq!(days("20 Feb 2022 to 4 Feb 2022", None), None);
        assert_eq!(days("notadate", None), None);
    }

    #[test]
    fn the_forms_that_a_refusal_names_are_taken() {
        for published in [None, Some(date(2022, 2, 8))] {
            let words = no_date("notadate", published);
            let (_, forms) = words.split_once("Write ").unwrap();
            let forms = forms.split(", ").map(|form| form.trim_start_matches("or "));
            for form in forms.filter(|form| !form.starts_with("(once")) {
                assert!(days(form, published).is_some(), "{form}");
            }
        }
    }

    #[test]
    fn figures_are_typed_as_they_are_written_or_told() {
        use FigureKind::{Injured, Killed, Money, Present};
        let read = |typed: &str| -> Result<Vec<(FigureKind, Option<f64>)>, String> {
            Ok(figures(typed)?.into_iter().map(|figure| (figure.kind, figure.number)).collect())
        };
        let written = vec![(Killed, Some(12.0)), (Injured, None), (Money, Some(1.5e6)), (Present, Some(0.5))];
        let all = figures("12 killed; injured; 1,500,000 money; 0.5 Present").unwrap();
        assert_eq!(read(&text::figures(&all)), Ok(written));
        assert_eq!(
            read("two dozen people were hurt; $1.2 million;"),
            Ok(vec![(Injured, Some(24.0)), (Money, Some(1.2e6))])
        );
        assert_eq!(read(" "), Ok(Vec::new()));
        assert_eq!(read("12 killed; many more"), Err("many more".to_owned()));
        assert_eq!(read("NaN killed"), Err("NaN killed".to_owned()));
        for kind in FigureKind::ALL {
            assert!(no_figure("x").contains(kind.name()));
        }
    }
}
