"""How the program and its reader of strangers' files talk: a head of fixed size, then so many bytes."""

from __future__ import annotations

import struct

REQUEST = struct.Struct(">cIQ")
"""What is asked, the page where one is asked for, and the size of the file that follows."""

ANSWER = struct.Struct(">cQ")
"""J for JSON, B for a picture, E for a word on why not; and the size of what follows."""

READ, PICTURE, LADDER = b"R", b"P", b"L"

READY = b"H"
"""What a reader says once, before it is asked anything."""
