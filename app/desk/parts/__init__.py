"""What pages share: controls, forms, sections, strips, panels."""
