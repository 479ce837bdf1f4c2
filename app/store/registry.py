"""Every table whose rows enter the history, by name; and the schema of a new file.

To have every table takes a tenth of a second, so this is imported where all are needed, and not at start.
"""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from app.store import (
    history_tables,
    tables,
    tables_calibration,
    tables_committee,
    tables_debrief,
    tables_forms,
    tables_goals,
    tables_growth,
    tables_imported,
    tables_mail,
    tables_offer,
    tables_offer_terms,
    tables_panel,
    tables_people,
    tables_pipeline,
    tables_practice,
    tables_rubric,
    tables_transcript,
)
from app.store.columns import HistoryRow

_AREAS = (
    tables,
    tables_people,
    tables_pipeline,
    tables_mail,
    tables_imported,
    tables_panel,
    tables_debrief,
    tables_forms,
    tables_offer,
    tables_offer_terms,
    tables_growth,
    tables_calibration,
    tables_committee,
    tables_goals,
    tables_practice,
    tables_rubric,
    tables_transcript,
)
ROWS: dict[str, type[HistoryRow]] = {
    str(table.__tablename__): table
    for module in _AREAS
    for table in vars(module).values()
    if isinstance(table, type) and issubclass(table, HistoryRow) and table is not HistoryRow
}
metadata: MetaData = SQLModel.metadata
assert history_tables.History.__tablename__ in metadata.tables
