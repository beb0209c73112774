"""polars on a CSV file: read_csv, describe with nine deciles, and of other columns value_counts.

Usage: polars_profile.py <csv file> <json file to write>
"""

import json
import sys

import polars

csv, output = sys.argv[1:]
frame = polars.read_csv(csv)
described = frame.describe(percentiles=[i / 10 for i in range(1, 10)])
statistics = described["statistic"].to_list()
columns = []
for name, dtype in frame.schema.items():
    summary = dict(zip(statistics, described[name].to_list()))
    column = {"name": name, "present": int(summary["count"]), "missing": int(summary["null_count"])}
    if dtype.is_numeric():
        n = column["present"]
        column["mean"] = float(summary["mean"])
        column["stdDev"] = float(summary["std"]) * ((n - 1) / n) ** 0.5
        column["min"] = float(summary["min"])
        column["max"] = float(summary["max"])
    else:
        column["distinct"] = frame[name].drop_nulls().value_counts().height
    columns.append(column)
with open(output, "w") as file:
    json.dump({"rows": frame.height, "distinctError": 0, "columns": columns}, file)
