//! A project into bytes: one module a format; a function of its input, never the disk.
