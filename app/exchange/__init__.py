"""Files from and for elsewhere: packs, tables, ladders, forms that come back, mail, calendars; and the sample."""
