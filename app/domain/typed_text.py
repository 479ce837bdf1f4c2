"""Lists as a person types them into one field: a line each, a name with its words, or groups under a head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def lines(text: str) -> tuple[str, ...]:
    """The lines that say something, without blanks around them and without a dash before them."""
    found = (line.strip().removeprefix("–").removeprefix("- ").strip() for line in text.splitlines())
    return tuple(line for line in found if line)


def lines_text(items: Iterable[str]) -> str:
    """The other way round."""
    return "\n".join(items)


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Lines as `name: words`; a line without a colon is a name alone."""
    found = (line.partition(":") for line in lines(text))
    return tuple((name.strip(), words.strip()) for name, _, words in found)


def pairs_text(items: Iterable[tuple[str, str]]) -> str:
    """The other way round."""
    return "\n".join(f"{name}: {words}" if words else name for name, words in items)


def groups(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Groups with an empty line between them: the first line of each is its head."""
    found = [lines(block) for block in _blocks(text)]
    return tuple((block[0], block[1:]) for block in found if block)


def groups_text(items: Iterable[tuple[str, Sequence[str]]]) -> str:
    """The other way round."""
    return "\n\n".join("\n".join((head, *inner)) for head, inner in items)


def _blocks(text: str) -> list[str]:
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return ["\n".join(block) for block in found]
