"""Reads sentences with a small trained model. onnxruntime and tokenizers load when the first text is read."""
