"""How many times what it costs bare: one file a ratio. `python -m benchmarks` prints the table; nothing is asserted.

`python -m benchmarks.house` prints the figures of the source itself.
"""
