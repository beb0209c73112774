"""A record as a script sees it: the attributes that the service documents, absent ones None."""

import json

from tidemark_rows import Unreadable


class Side:
    """One payload of a record."""

    def __init__(self, side):
        self.data = side.get("data")
        self.encoding = side.get("encoding")
        self.observedContentType = side.get("observedContentType")
        self.mode = side.get("mode")


class EventMetadata:
    def __init__(self, metadata):
        self.event_id = metadata.get("eventId")
        self.event_time = metadata.get("inferenceTime")
        self.custom_attribute = metadata.get("customAttributes")


class InferenceRecord:
    """A capture record; printed it shows its id and no values."""

    def __init__(self, event):
        capture = event.get("captureData")
        capture = capture if isinstance(capture, dict) else {}
        metadata = event.get("eventMetadata")
        self.endpoint_input = side_of(capture.get("endpointInput"))
        self.endpoint_output = side_of(capture.get("endpointOutput"))
        self.batch_transform_output = side_of(capture.get("batchTransformOutput"))
        self.ground_truth = side_of(event.get("groundTruthData"))
        self.event_metadata = EventMetadata(metadata if isinstance(metadata, dict) else {})
        self.event_version = event.get("eventVersion")
        self.event_dict = event

    def as_dict(self):
        return self.event_dict

    def __repr__(self):
        return f"InferenceRecord(event_id={self.event_metadata.event_id!r})"


def side_of(side):
    return Side(side) if isinstance(side, dict) else None


def refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


decode_json = json.JSONDecoder(parse_constant=refuse_constant).decode


def read_json(record):
    try:
        return decode_json(record["text"])
    except (ValueError, RecursionError):
        raise Unreadable("the record is not JSON") from None


def read_event(record):
    event = read_json(record)
    if not isinstance(event, dict):
        raise Unreadable("the record is not a JSON object")
    if "groundTruth" in record:
        event["groundTruthData"] = record["groundTruth"]
    return event


READERS = {
    "capture": lambda record: InferenceRecord(read_event(record)),
    "csv": lambda record: record["text"],
    "json": read_json,
}


def picture_of(argument):
    """Tells a changed argument from an unchanged one, types and order of keys included."""
    if not isinstance(argument, InferenceRecord):
        return repr(argument)
    parts = vars(argument).values()
    return repr([vars(part) if hasattr(part, "__dict__") else part for part in parts])
