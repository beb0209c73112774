"""From what a handler returned to the cells that are sent."""

import time
from collections.abc import Mapping
from decimal import Decimal
from operator import index

CELLS_MAX = 65536  # of one reply
ANSWER_SECONDS = 1  # A slow script is not taken for one that hangs.


class Unreadable(Exception):
    """What a handler returned is no row; the text holds no value of it."""


def text_of(value):
    """A cell's text, or None for a missing one."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return float.__repr__(value) if value == value else None
    if isinstance(value, Decimal):
        return None if value.is_nan() else str(value)
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if getattr(value, "shape", None) == () and callable(getattr(value, "item", None)):
        item = value.item()
        if type(item) is not type(value):
            return text_of(item)
    raise Unreadable(f"the hook returned a row with a value of type {type(value).__name__}")


def name_of(key):
    if isinstance(key, str):
        return key
    if hasattr(key, "__index__") and not isinstance(key, bool):
        return int.__repr__(index(key))
    raise Unreadable(f"the hook returned a row with a key of type {type(key).__name__}")


def names_of(keys):
    names = [name_of(key) for key in keys]
    if not names:
        raise Unreadable("the hook returned a row without columns")
    if len(set(names)) < len(names):
        raise Unreadable("the hook returned a row with two keys of one name")
    return names


def texts_of(values):
    return [value if type(value) is str else text_of(value) for value in values]


def is_row(value):
    return type(value) is dict or isinstance(value, Mapping)


class Answer:
    """Collects outcomes and sends them, many at a time."""

    def __init__(self, send):
        self.send = send
        self.begin()

    def begin(self):
        self.outcomes = []
        self.keys = None
        self.cells = 0
        self.since = time.monotonic()

    def add(self, outcome):
        self.outcomes.append(outcome)
        if self.cells > CELLS_MAX or time.monotonic() - self.since > ANSWER_SECONDS:
            self.flush()

    def flush(self):
        if self.outcomes:
            self.send({"outcomes": self.outcomes})
        self.begin()

    def outcome_of(self, result):
        if result is None:
            return []
        if is_row(result):
            return self.named([result])
        if not isinstance(result, (list, tuple)):
            raise Unreadable(f"the hook returned a value of type {type(result).__name__}")
        if result and all(map(is_row, result)):
            return self.named(result)
        if any(map(is_row, result)):
            raise Unreadable("the hook returned a list of rows and other values")
        self.cells += len(result)
        return [[], texts_of(result)] if result else []

    def named(self, rows):
        outcome = []
        before = self.keys
        for row in rows:
            keys = list(row)
            outcome.append(None if keys == before else names_of(keys))
            outcome.append(texts_of(row.values()))
            self.cells += len(keys)
            before = keys
        # Only now: what is not sent is no row before the next one.
        self.keys = before
        return outcome
