"""The offer packet: letter, role, level, first days."""
