"""The debrief: matrix, walk, conclusion, decision."""
