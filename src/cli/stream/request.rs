//! A line of the stream as a request, or why it is none.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::value::RawValue;

/// A request that could be read.
pub(super) struct Request<'l> {
    pub(super) id: Cow<'l, RawValue>,
    pub(super) text: String,
    pub(super) date: Option<Date>,
}

/// A line that could not be answered.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Refusal<'l> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<Cow<'l, RawValue>>,
    pub(super) error: String,
}

/// It as it is written, with the number of its line.
#[derive(Serialize)]
pub(super) struct Refused<'l> {
    #[serde(flatten)]
    pub(super) refusal: &'l Refusal<'l>,
    pub(super) line: u64,
}

/// Reads a line, which has no line end any more.
pub(super) fn parse(line: &[u8]) -> Result<Request<'_>, Refusal<'_>> {
    let Ok(line) = std::str::from_utf8(line) else { return refuse(None, "the line is not valid UTF-8") };
    let mut fields: BTreeMap<String, &RawValue> = match serde_json::from_str(line) {
        Ok(fields) => fields,
        Err(error) if error.is_data() => return refuse(None, "the line is not a JSON object"),
        Err(error) => return refuse(None, format!("the line is not valid JSON: {}", place(&error))),
    };
    let Some(id) = fields.remove("id").and_then(echo) else { return refuse(None, "the line has no usable \"id\"") };
    let Some(text) = fields.remove("text") else { return refuse(Some(id), "the line has no \"text\"") };
    let text = match serde_json::from_str(text.get()) {
        Ok(text) => text,
        Err(error) if error.is_data() => return refuse(Some(id), "\"text\" is not a string"),
        Err(error) => return refuse(Some(id), format!("\"text\" is not valid Unicode: {}", place(&error))),
    };
    let date = match fields.remove("date").map(|date| date.get()) {
        None | Some("null") => None,
        Some(raw) => match serde_json::from_str::<String>(raw).ok().as_deref().and_then(day) {
            Some(date) => Some(date),
            None => return refuse(Some(id), "\"date\" is not a day written YYYY-MM-DD"),
        },
    };
    Ok(Request { id, text, date })
}

pub(super) fn refuse<'l, T>(id: Option<Cow<'l, RawValue>>, error: impl Into<String>) -> Result<T, Refusal<'l>> {
    Err(Refusal { id, error: error.into() })
}

/// serde_json's message without its line number, which is always 1 here.
fn place(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at byte ")
}

/// The id as it is given back; `None` for one that holds half a surrogate pair or is nested absurdly deep.
fn echo(raw: &RawValue) -> Option<Cow<'_, RawValue>> {
    let value: serde_json::Value = serde_json::from_str(raw.get()).ok()?;
    if value.is_object() || value.is_array() {
        // White space inside could break the line.
        return serde_json::value::to_raw_value(&value).ok().map(Cow::Owned);
    }
    Some(Cow::Borrowed(raw))
}

/// A day written YYYY-MM-DD and in no other way.
fn day(text: &str) -> Option<Date> {
    let digits = |part: &str, n| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let shaped = parts.next().is_none() && digits(year, 4) && digits(month, 2) && digits(day, 2);
    shaped.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()).flatten()
}
