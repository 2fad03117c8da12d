//! What is told of a stream while it is answered.

/// What is told of a stream while it is answered.
pub(in crate::cli) trait Watch {
    /// A line cannot be answered.
    fn refused(&mut self, line: u64, error: &str);

    /// A line has been answered, one way or the other; it took this many bytes of the input.
    fn answered(&mut self, taken: u64);
}

/// Tells nobody.
impl Watch for () {
    fn refused(&mut self, _line: u64, _error: &str) {}

    fn answered(&mut self, _taken: u64) {}
}
