//! Why the engine does without its tagger.

/// Why the model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The bytes are no model of this program.
    #[error("the tagger's model is damaged ({0}); install the program anew")]
    Damaged(String),
}

impl From<safetensors::SafeTensorError> for ModelError {
    fn from(error: safetensors::SafeTensorError) -> Self {
        Self::Damaged(error.to_string())
    }
}
