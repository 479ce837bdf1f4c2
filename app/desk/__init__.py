"""The window; PySide6 is imported nowhere else."""

from __future__ import annotations

import PySide6.QtCore  # noqa: F401  (brings shibokensupport)
from shibokensupport import feature

# After its own import PySide6 reads the source of every module that is imported, to see whether it names PySide6 and
# so may have chosen a feature such as snake_case. We choose none, so each may pass for one that does: a twelfth of the
# time to the first page.
feature._mod_uses_pyside = lambda _module: True
