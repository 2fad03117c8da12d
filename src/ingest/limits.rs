//! How much is read at the most: sizes, counts and nesting. Time and memory are limited where a process is started.

/// The longest text of one article, and the largest file that is one, in bytes: 16 MiB, some thousand pages.
pub const MAX_ARTICLE_BYTES: usize = 16 * 1024 * 1024;
/// The largest PDF or office file, in bytes: pictures weigh more than words.
pub const MAX_DOCUMENT_BYTES: usize = 128 * 1024 * 1024;
/// The largest file that holds many articles, in bytes.
pub const MAX_COLLECTION_BYTES: usize = 256 * 1024 * 1024;
/// The most that the contents of one file may unpack to, all in all, in bytes.
pub const MAX_UNPACKED_BYTES: u64 = 1024 * 1024 * 1024;
/// The most files in an archive.
pub const MAX_ENTRIES: usize = 100_000;
/// The most articles of one file.
pub const MAX_ARTICLES: usize = 100_000;
/// How many problems of one file are told one by one.
pub const MAX_PROBLEMS: usize = 1000;
/// How deep files may lie inside files: an attachment of a letter in a mailbox in an archive.
pub const MAX_FILE_DEPTH: usize = 4;
/// The most columns of a table, and keys of a JSON object.
pub const MAX_COLUMNS: usize = 1000;
/// The most elements, attributes and texts of an XML file.
pub const MAX_XML_NODES: u32 = 4_000_000;
/// How deep elements of an XML file may be nested.
pub const MAX_XML_DEPTH: u32 = 500;
/// The most pages of a PDF.
pub const MAX_PAGES: usize = 10_000;
/// The most characters on one page of a PDF.
pub const MAX_PAGE_GLYPHS: usize = 500_000;
