"""polars on a CSV, Parquet or Arrow file: its reader, describe with nine deciles, and of other columns value_counts.

Four columns are described at a time: the time of describe grows with more than their number.

Usage: polars_profile.py <table> <json file to write>
"""

import json
import pathlib
import sys

import polars

COLUMNS = 4

READERS = {".parquet": polars.read_parquet, ".arrows": polars.read_ipc_stream}

table, output = sys.argv[1:]
frame = READERS.get(pathlib.Path(table).suffix, polars.read_csv)(table)
columns = []
for start in range(0, frame.width, COLUMNS):
    part = frame[:, start : start + COLUMNS]
    described = part.describe(percentiles=[i / 10 for i in range(1, 10)])
    statistics = described["statistic"].to_list()
    for name, dtype in part.schema.items():
        summary = dict(zip(statistics, described[name].to_list()))
        n = int(summary["count"])
        column = {"name": name, "present": n, "missing": int(summary["null_count"])}
        if dtype.is_numeric():
            column["mean"] = float(summary["mean"])
            column["stdDev"] = float(summary["std"]) * ((n - 1) / n) ** 0.5
            column["min"] = float(summary["min"])
            column["max"] = float(summary["max"])
        else:
            column["distinct"] = part[name].drop_nulls().value_counts().height
        columns.append(column)
with open(output, "w") as file:
    json.dump({"rows": frame.height, "distinctError": 0, "columns": columns}, file)
