//! One self-contained page to read: the articles with their highlights and lists of who and what they name.

mod lists;
mod marks;

use std::fmt::Write as _;

use super::view::{ArticleView, View};
use super::{Export, ExportError, Format, Group, Selection};
use crate::project::Project;

/// See the module.
pub(super) struct Html;

impl Format for Html {
    fn id(&self) -> &'static str {
        "html"
    }

    fn name(&self) -> &'static str {
        "Web page"
    }

    fn group(&self) -> Group {
        Group::Read
    }

    fn extension(&self) -> &'static str {
        "html"
    }

    fn description(&self) -> &'static str {
        "One page to read or print: the text with its highlights and a list of who and what it names"
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let title = match view.articles.as_slice() {
            [one] => one.title().to_owned(),
            many => format!("{} annotated articles", many.len()),
        };
        let mut page = head(&title);
        if view.articles.len() > 1 {
            contents(&view, &title, &mut page);
        }
        for article in &view.articles {
            section(&view, article, &mut page);
        }
        page.push_str("</body>\n</html>\n");
        Ok(Export::file(format!("{}.html", view.stem()), page))
    }
}

/// No scripts, nothing from elsewhere: the page shows what it holds, whatever stands in the articles.
fn head(title: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" content=\"Rubricator\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
        escaped(title),
        include_str!("page.css")
    )
}

fn contents(view: &View<'_>, title: &str, page: &mut String) {
    let _ = write!(page, "<nav>\n<h1>{}</h1>\n<ol>\n", escaped(title));
    for article in &view.articles {
        let (id, title) = (article.record.id, shown_title(article));
        let _ = writeln!(page, "<li><a href=\"#{id}\" dir=\"auto\">{}</a></li>", escaped(title));
    }
    page.push_str("</ol>\n</nav>\n");
}

fn section(view: &View<'_>, article: &ArticleView<'_>, page: &mut String) {
    let meta = &article.record.article.meta;
    let language = if is_language(&meta.language) { format!(" lang=\"{}\"", meta.language) } else { String::new() };
    let _ = write!(
        page,
        "<section id=\"{}\">\n<article{language}>\n<header>\n<h2 dir=\"auto\">{}</h2>\n",
        article.record.id,
        escaped(shown_title(article))
    );
    let mut facts: Vec<_> = [escaped(&meta.source)].into_iter().filter(|fact| !fact.is_empty()).collect();
    facts.extend(meta.date.map(|date| format!("<time datetime=\"{date}\">{}</time>", date.strftime("%-d %B %Y"))));
    if meta.url.starts_with("https://") || meta.url.starts_with("http://") {
        facts.push(format!("<a href=\"{}\" rel=\"noreferrer\">original</a>", escaped(&meta.url)));
    }
    if !facts.is_empty() {
        let _ = writeln!(page, "<p class=\"facts\">{}</p>", facts.join(" · "));
    }
    // What follows `<div>` directly is text: a line end there would show.
    page.push_str("</header>\n<div class=\"text\" dir=\"auto\">");
    marks::write(view, article, page);
    page.push_str("</div>\n</article>\n");
    lists::write(view, article, page);
    page.push_str("</section>\n");
}

fn shown_title<'p>(article: &ArticleView<'p>) -> &'p str {
    if article.title().trim().is_empty() { "Untitled article" } else { article.title() }
}

fn is_language(tag: &str) -> bool {
    !tag.is_empty() && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// The kind's place in the tagset, which gives it its colour; kinds beyond the styled ones share the last.
fn hue(view: &View<'_>, kind: &crate::project::KindId) -> usize {
    view.project.tagset().kinds.iter().position(|k| k.id == *kind).unwrap_or(usize::MAX).min(5)
}

/// Text for an element or a quoted attribute.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Not allowed in HTML; the line ends and the tab are.
            c if c.is_control() && !matches!(c, '\n' | '\r' | '\t') => safe.push('\u{FFFD}'),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escaped("<a href='x\"'>&\0"), "&lt;a href=&#39;x&quot;&#39;&gt;&amp;\u{FFFD}");
    }
}
