"""The interview kit: a brief with questions, and the scorecard as a form."""
