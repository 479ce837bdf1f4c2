"""Words of the field that screen and paper share."""
