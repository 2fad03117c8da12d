//! What countries are called.

use crate::project::CountryCode;
use crate::suggest::knowledge;

/// The common English name of a country, or its code.
pub fn country_name(code: CountryCode) -> String {
    knowledge::country(code).map_or_else(|| code.to_string(), |facts| facts.name.to_owned())
}
