"""Every table whose rows enter the history, by name; and the schema of a new file."""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from app.store import history_tables, tables, tables_growth, tables_offer, tables_panel
from app.store.columns import Row

ROWS: dict[str, type[Row]] = {
    str(table.__tablename__): table
    for module in (tables, tables_panel, tables_offer, tables_growth)
    for table in vars(module).values()
    if isinstance(table, type) and issubclass(table, Row) and table is not Row
}
metadata: MetaData = SQLModel.metadata
assert history_tables.History.__tablename__ in metadata.tables
