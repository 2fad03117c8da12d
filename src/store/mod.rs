//! The only room that touches the disk: files read and written safely, the project file, settings.
