"""Runs a user's script for the engine, which speaks with it in lines of JSON.

Standard input and output carry the messages (hook-message.ts), so the script gets others in their
place: an empty input, and standard error for all that it prints. Python 3.8 or newer, the standard
library alone.
"""

import inspect
import json
import os
import random
import signal
import sys

# The interpreter does so by itself, unless PYTHONSAFEPATH is set.
sys.path.insert(0, os.path.dirname(__file__))

from tidemark_record import READERS, InferenceRecord, picture_of
from tidemark_rows import Answer, Unreadable
from tidemark_script import Script, call_with, find_handler, first_line_of

SAME = 0


def outcome_of(result, argument, reread, answer):
    """What is sent for a result; the record itself counts as such only while it is unchanged."""
    if isinstance(result, str) and result == argument:
        return SAME
    if result is argument and result is not None:
        if picture_of(result) == picture_of(reread()):
            return SAME
        if isinstance(result, InferenceRecord):
            raise Unreadable("the hook changed its record; expected a dict in place of it")
    return answer.outcome_of(result)


def preprocess(script, handler, dataset, messages, send):
    read = READERS[dataset]
    answer = Answer(send)
    for message in messages:
        for record in json.loads(message)["records"]:
            try:
                argument = read(record)
                result = handler(argument)
                outcome = outcome_of(result, argument, lambda: read(record), answer)
            except SystemExit:
                answer.flush()
                raise
            except Unreadable as error:
                outcome = str(error)
            except BaseException as error:
                script.show_traceback(error)
                outcome = script.detail_of(error)
            answer.add(outcome)
        answer.flush()


def run(script, setup, messages, send):
    role = setup["role"]
    try:
        handler, problem = find_handler(script.load(), role)
    except Exception as error:
        return send({"raised": script.describe(error, is_loading=True)})
    if problem is not None:
        return send(problem)
    try:
        if role == "postprocess":
            inspect.signature(handler).bind()
        else:
            handler = call_with(handler, script.logger)
    except TypeError:
        return send({"parameters": {"line": first_line_of(handler)}})
    if role == "preprocess":
        send({"ready": True})
        return preprocess(script, handler, setup["dataset"], messages, send)
    try:
        handler()
    except Exception as error:
        script.show_traceback(error)
        return send({"raised": script.describe(error)})
    return send({"ready": True})


def open_messages():
    """Takes standard input and output away from the script."""
    messages = os.fdopen(os.dup(0), "r", encoding="utf-8", newline="\n")
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)

    def send(reply):
        replies.write(json.dumps(reply, separators=(",", ":")).encode() + b"\n")
        replies.flush()

    return messages, send


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The engine ends its scripts itself.
    messages, send = open_messages()
    setup = json.loads(messages.readline())
    random.seed(setup["seed"])
    script = Script(setup)
    try:
        run(script, setup, messages, send)
    except SystemExit as error:
        send({"exit": script.describe(error)})
        raise


main()
