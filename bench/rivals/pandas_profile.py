"""pandas on a CSV file: read_csv, describe with nine deciles, and of other columns value_counts.

Usage: pandas_profile.py <csv file> <json file to write>
"""

import json
import sys

import pandas

csv, output = sys.argv[1:]
frame = pandas.read_csv(csv)
rows = len(frame)
numbers = frame.select_dtypes("number")
described = numbers.describe(percentiles=[i / 10 for i in range(1, 10)])
columns = []
for name in frame.columns:
    if name in numbers:
        summary = described[name]
        n = int(summary["count"])
        columns.append(
            {
                "name": name,
                "present": n,
                "missing": rows - n,
                "mean": summary["mean"],
                "stdDev": summary["std"] * ((n - 1) / n) ** 0.5,
                "min": summary["min"],
                "max": summary["max"],
            }
        )
    else:
        counts = frame[name].value_counts()
        n = int(counts.sum())
        column = {"name": name, "present": n, "missing": rows - n, "distinct": len(counts)}
        columns.append(column)
with open(output, "w") as file:
    json.dump({"rows": rows, "distinctError": 0, "columns": columns}, file)
