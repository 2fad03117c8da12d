//! Mail: a message (EML) or a mailbox of them (MBOX); the text of each, and what is attached to it.

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::article::finish;
use super::left_out::LeftOut;
use super::limits::MAX_FILE_DEPTH;
use super::names::file_name;
use super::sink::Sink;
use super::{IngestError, Input, dateline, extensions, html, read_into, text};
use crate::text::{Article, DatePlace, Metadata};

pub(super) fn read(input: &Input<'_>, sink: &mut Sink<'_>) -> Result<(), IngestError> {
    let is_box = input.bytes.starts_with(b"From ") || file_name(input.name).to_ascii_lowercase().ends_with(".mbox");
    if !is_box {
        return message(input, "", input.bytes, sink);
    }
    let mut count = 0;
    for (at, found) in MessageIterator::new(input.bytes).enumerate() {
        let place = format!("message {}", at + 1);
        let bytes = found.map_err(|error| IngestError::damaged(input.name, error.to_string()))?.unwrap_contents();
        sink.inside(&place, |sink| message(input, &place, &bytes, sink))?;
        count += 1;
    }
    if count == 0 {
        return Err(IngestError::damaged(input.name, "it holds no messages: no line in it begins with “From ”"));
    }
    Ok(())
}

/// A web page that a browser has saved in one file (MHTML): a message whose first part is the page.
pub(super) fn page(name: &str, bytes: &[u8], left_out: &mut LeftOut) -> Result<Article, IngestError> {
    let nothing =
        || IngestError::damaged(name, "it is no saved web page: no page is in it. Save it again, as a web page");
    let message = MessageParser::default().parse(bytes).ok_or_else(nothing)?;
    let mut pages = message.parts.iter().filter_map(|part| Some((part, html_of(part)?)));
    let (part, page) = pages.next().ok_or_else(nothing)?;
    let mut article = html::read(name, page.as_bytes(), left_out)?;
    let saved = message.header_raw("Snapshot-Content-Location").or(part.content_location()).map(str::trim);
    if let Some(address) = saved.filter(|address| article.meta.url.is_empty() && address.starts_with("http")) {
        address.clone_into(&mut article.meta.url);
    }
    left_out.tell_rest("properties of the file", message.subject(), &article);
    for (_, frame) in pages {
        left_out.tell("frames of the page", &html::fragment(frame, &mut LeftOut::default()));
    }
    Ok(article)
}

fn message(input: &Input<'_>, place: &str, bytes: &[u8], sink: &mut Sink<'_>) -> Result<(), IngestError> {
    let parsed = MessageParser::default().parse(bytes);
    // Any text can be taken for headers of some kind; these stand in every message.
    let is_mail =
        |message: &Message<'_>| message.from().is_some() || message.subject().is_some() || message.date().is_some();
    let Some(message) = parsed.filter(is_mail) else {
        return Err(IngestError::damaged(input.name, "it is no mail message: it has no sender, subject or date"));
    };
    let mut left_out = LeftOut::default();
    let article = article(input.name, place, &message, &mut left_out);
    let attached = attached(&message, &mut left_out);
    // A message may be nothing but the cover of what is attached.
    match article {
        Err(IngestError::Empty { .. }) if !attached.is_empty() => {}
        article => sink.article(article?)?,
    }
    sink.left_out("", &left_out);
    for (name, bytes) in attached {
        let inner = format!("{}/{name}", input.name);
        sink.inside(&name, |sink| {
            if input.depth >= MAX_FILE_DEPTH {
                let what = format!("it is attached to what is itself in another file, more than {MAX_FILE_DEPTH} deep");
                return Err(IngestError::damaged(&name, what));
            }
            read_into(&Input { name: &inner, bytes, depth: input.depth + 1, ..*input }, sink)
        })?;
    }
    Ok(())
}

fn article(name: &str, place: &str, message: &Message<'_>, left_out: &mut LeftOut) -> Result<Article, IngestError> {
    let body = body(message);
    let guessed = text::article(name, "", body)?;
    let from = message.from().and_then(|from| from.first());
    let author = from.and_then(|from| from.name().or(from.address())).unwrap_or_default();
    let date = message.date().and_then(|date| {
        let number = |number: u8| i8::try_from(number).ok();
        jiff::civil::Date::new(i16::try_from(date.year).ok()?, number(date.month)?, number(date.day)?).ok()
    });
    let title = message.subject().map(|subject| subject.split_whitespace().collect::<Vec<_>>().join(" "));
    let text = guessed.text.as_str().to_owned();
    let mut days = dateline::find(&text, date.as_slice()).days;
    if days.is_unsure() {
        days.offer(date, DatePlace::Mail);
    } else {
        days.take(date, DatePlace::Mail);
    }
    days.join(dateline::mentioned(&text));
    let meta = Metadata {
        title: title.filter(|title| !title.is_empty()).unwrap_or(guessed.meta.title),
        author: author.to_owned(),
        date: days.taken(),
        dates: days.all(),
        origin: if place.is_empty() { name.to_owned() } else { format!("{name}, {place}") },
        ..guessed.meta
    };
    let article = finish(name, meta, text)?;
    let addresses = ["To", "Cc", "Bcc", "Reply-To", "Sender", "Organization", "Keywords", "Comments", "From"];
    let said: Vec<String> = addresses.iter().flat_map(|name| message.header_values(*name)).map(header_words).collect();
    left_out.tell_rest(
        "senders and recipients of the message",
        said.iter().flat_map(|said| said.split('\n')),
        &article,
    );
    let other: Vec<String> =
        message.html_bodies().filter_map(html_of).map(|html| html::fragment(html, left_out)).collect();
    let lines = other.iter().flat_map(|text| text.lines());
    left_out.tell_rest("words that only the message's HTML has", lines, &article);
    Ok(article)
}

/// The words of a line of the head, names and addresses one a line.
fn header_words(value: &HeaderValue<'_>) -> String {
    let mut words = Vec::new();
    match value {
        HeaderValue::Text(text) => words.push(text.to_string()),
        HeaderValue::TextList(list) => words.extend(list.iter().map(ToString::to_string)),
        HeaderValue::Address(addresses) => {
            for address in addresses.iter() {
                words.extend([&address.name, &address.address].into_iter().flatten().map(ToString::to_string));
            }
        }
        _ => {}
    }
    words.join("\n")
}

fn html_of<'m>(part: &'m MessagePart<'_>) -> Option<&'m str> {
    match &part.body {
        PartType::Html(html) => Some(html),
        _ => None,
    }
}

/// The text of a message: its plain parts, or its HTML where there are none.
fn body(message: &Message<'_>) -> String {
    let plain: Vec<String> = message
        .text_bodies()
        .filter_map(|part| match &part.body {
            PartType::Text(text) => Some(flow_of(part).map_or_else(|| text.trim().to_owned(), |flow| flow.text(text))),
            _ => None,
        })
        .filter(|text| !text.is_empty())
        .collect();
    if !plain.is_empty() {
        return plain.join("\n\n");
    }
    let html = message.html_bodies().filter_map(html_of).map(|html| html::fragment(html, &mut LeftOut::default()));
    html.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// How the lines of a part flow: a space at the end of a line says that its paragraph goes on (RFC 3676).
struct Flow {
    /// Whether that space is none of the words.
    del_sp: bool,
}

/// How a part's lines flow; none where they stand as they are.
fn flow_of(part: &MessagePart<'_>) -> Option<Flow> {
    let of = |name: &str| part.content_type().and_then(|kind| kind.attribute(name)).unwrap_or_default();
    let del_sp = of("delsp").eq_ignore_ascii_case("yes");
    of("format").eq_ignore_ascii_case("flowed").then_some(Flow { del_sp })
}

impl Flow {
    /// The text with its paragraphs made whole. Quoted lines keep their marks, and join only lines quoted as deep.
    fn text(&self, text: &str) -> String {
        let mut out = String::new();
        // How deep the line before was quoted, where it flows on.
        let mut flows: Option<usize> = None;
        for line in text.lines() {
            let bare = line.trim_start_matches('>');
            let depth = line.len() - bare.len();
            let words = bare.strip_prefix(' ').unwrap_or(bare);
            let signature = words == "-- ";
            match flows {
                Some(before) if before == depth && !signature => {}
                _ => {
                    out.truncate(out.trim_end_matches(' ').len());
                    out.push_str(if out.is_empty() { "" } else { "\n" });
                    out.push_str(&">".repeat(depth));
                    out.push_str(if depth > 0 { " " } else { "" });
                }
            }
            let goes_on = words.ends_with(' ') && !signature;
            // A space before the one that says that the line flows would be a second one.
            let words = match (goes_on, self.del_sp) {
                (true, true) => words.strip_suffix(' ').unwrap_or(words).to_owned(),
                (true, false) => format!("{} ", words.trim_end_matches(' ')),
                (false, _) => words.trim_end().to_owned(),
            };
            out.push_str(&words);
            flows = goes_on.then_some(depth);
        }
        out.trim().to_owned()
    }
}

/// What is attached and of a known format, with its name; the names of the rest are told.
fn attached<'m>(message: &'m Message<'_>, left_out: &mut LeftOut) -> Vec<(String, &'m [u8])> {
    let known = |name: &str| {
        let extension = file_name(name).rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        extension.is_some_and(|extension| extensions().any(|known| known == extension))
    };
    let mut found = Vec::new();
    for part in message.attachments() {
        match (&part.body, part.attachment_name()) {
            (PartType::Message(inner), name) => {
                let name = name.map_or_else(|| "message.eml".to_owned(), |name| format!("{}.eml", file_name(name)));
                found.push((name, inner.raw_message()));
            }
            (_, Some(name)) if known(name) => found.push((file_name(name).to_owned(), part.contents())),
            (PartType::Text(text), None) => found.push((unnamed("txt", found.len()), text.as_bytes())),
            (PartType::Html(text), None) => found.push((unnamed("html", found.len()), text.as_bytes())),
            (_, name) => {
                left_out.tell("attachments of other formats", name.unwrap_or("one without a name"));
                left_out.add("attachments of other formats", ",");
            }
        }
    }
    found
}

/// What an attachment is called that has no name.
fn unnamed(extension: &str, at: usize) -> String {
    format!("attachment {}.{extension}", at + 1)
}

#[cfg(test)]
mod tests {
    use super::Flow;

    #[test]
    fn flowed_lines_are_paragraphs() {
        let text = "The ferry of \r\nAna de \r\nSouza left.\r\n From the pier\r\nit went.\r\n\r\n> quoted \r\n> on\r\n>> deeper \r\nnot so\r\nThe end \r\n-- \r\nDesk\r\nLake Wire\r\n";
        let whole = "The ferry of Ana de Souza left.\nFrom the pier\nit went.\n\n> quoted on\n>> deeper\nnot so\nThe end\n--\nDesk\nLake Wire";
        assert_eq!(Flow { del_sp: false }.text(text), whole);
        assert_eq!(Flow { del_sp: false }.text("two  \r\nspaces"), "two spaces");
        assert_eq!(Flow { del_sp: true }.text("Bos \nnia  \nand"), "Bosnia and");
    }
}
