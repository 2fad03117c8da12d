//! Bytes into articles: one module a format; a function of its input, never the disk.
