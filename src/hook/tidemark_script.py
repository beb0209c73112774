"""The user's module: how it is loaded and called, and what is told of the exceptions in it."""

import importlib.util
import inspect
import logging
import os
import sys
import traceback

FRAMES_MAX = 20
TRACEBACKS_MAX = 3
MESSAGE_LENGTH = 200
FUNCTIONS = {"preprocess": "preprocess_handler", "postprocess": "postprocess_handler"}
OWN_FOLDER = os.path.dirname(__file__)


class Script:
    def __init__(self, setup):
        self.path = setup["script"]
        self.name = os.path.basename(self.path)
        self.shows_values = setup["showsValues"]
        self.tracebacks = set()
        self.logger = open_logger()

    def load(self):
        stem = os.path.splitext(self.name)[0]
        name = stem if stem not in sys.modules else f"tidemark_hook_{stem}"
        sys.argv = [self.path]
        folders = [folder for folder in sys.path if folder != OWN_FOLDER]
        sys.path[:] = [os.path.dirname(self.path), *folders]
        spec = importlib.util.spec_from_file_location(name, self.path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module

    def frames_of(self, error):
        frames = [
            (frame.f_code.co_filename, line, frame.f_code.co_name)
            for frame, line in traceback.walk_tb(error.__traceback__)
        ]
        return [
            frame
            for frame in frames
            if os.path.dirname(frame[0]) != OWN_FOLDER and not frame[0].startswith("<frozen ")
        ]

    def message_of(self, error):
        try:
            return str(error)[:MESSAGE_LENGTH]
        except Exception:
            return None

    def describe(self, error, is_loading=False):
        """Where an exception was raised; its message, if it can hold no cell value."""
        is_safe = is_loading and isinstance(error, (ImportError, SyntaxError))
        message = self.message_of(error) if self.shows_values or is_safe else None
        if isinstance(error, SyntaxError) and is_loading:
            message, file, line = error.msg, error.filename, error.lineno
        else:
            frames = self.frames_of(error)
            own = [frame for frame in frames if frame[0] == self.path] or frames
            file, line = own[-1][:2] if own else (None, None)
        return {"type": type(error).__name__, "message": message, "file": file, "line": line}

    def detail_of(self, error):
        described = self.describe(error)
        detail = f"the hook raised {described['type']}"
        if described["file"] is not None:
            detail += f" at {os.path.basename(described['file'])}:{described['line']}"
        return f"{detail}: {described['message']}" if described["message"] else detail

    def show_traceback(self, error):
        """Prints the first few that differ, without source lines: those may hold values."""
        frames = self.frames_of(error)
        key = (type(error).__name__, tuple(frames))
        if key in self.tracebacks or len(self.tracebacks) == TRACEBACKS_MAX:
            return
        self.tracebacks.add(key)
        message = self.message_of(error) if self.shows_values else None
        print(f"{key[0]}: {message}" if message else key[0], file=sys.stderr)
        for file, line, function in frames[-FRAMES_MAX:]:
            print(f"  at {file}:{line} in {function}", file=sys.stderr)


def call_with(handler, logger):
    """How a handler is called: with the record, and with the logger if it asks for one.

    Raises TypeError when it asks for something else.
    """
    try:
        signature = inspect.signature(handler)
    except ValueError:
        return handler
    parameters = signature.parameters
    positional = [
        each
        for each in parameters.values()
        if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)
    ]
    named = parameters.get("logger")
    if named is not None and named.kind == named.KEYWORD_ONLY:
        signature.bind(None, logger=logger)
        return lambda record: handler(record, logger=logger)
    # A second parameter of another name and with a default is the script's own.
    second = positional[1] if len(positional) > 1 else None
    if second is not None and (second.default is second.empty or second.name == "logger"):
        signature.bind(None, logger)
        return lambda record: handler(record, logger)
    signature.bind(None)
    return handler


def find_handler(module, role):
    """The wanted function, or what is wrong with the script."""
    handler = getattr(module, FUNCTIONS[role], None)
    if not callable(handler):
        other = "postprocess" if role == "preprocess" else "preprocess"
        return None, {"missing": {"hasOther": callable(getattr(module, FUNCTIONS[other], None))}}
    return handler, None


def first_line_of(handler):
    code = getattr(inspect.unwrap(handler), "__code__", None)
    return None if code is None else code.co_firstlineno


def open_logger():
    """A logger of its own for the script: all levels, on standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger = logging.getLogger("tidemark.hook")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    return logger
