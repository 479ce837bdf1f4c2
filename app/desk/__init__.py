"""The window: the Desk every page is handed, and what pages stand on; shell around them, parts they share."""
