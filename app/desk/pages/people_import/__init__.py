"""The pipeline: an opening's board, and its slate."""
