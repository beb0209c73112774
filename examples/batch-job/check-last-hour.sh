#!/bin/sh
# Checks the captured traffic of the last full hour (UTC) against the baseline.
#
# Usage: check-last-hour.sh <capture folder> <baseline folder> <report folder> [now]
#
# The report goes to <report folder>/YYYY/MM/DD/HH of the hour's start, so that a repeated run
# writes the same files again. Capture files arrive late: until DELAY_MINUTES (10) past the hour the
# hour before is taken. `now` (2026-11-20T11:10:00Z) stands for the clock; a missed hour is made up
# with it. TIDEMARK names the program where it is not on the path.
#
# Exit codes are the command's: 0 no violations, 2 wrong options or baseline, 3 no traffic in the
# hour, or none that can be read, 4 violations. Whoever starts it alarms on what is not 0; where an
# idle endpoint is usual, 3 is not a fault.
set -eu

if [ $# -lt 3 ] || [ $# -gt 4 ]; then
  echo "Usage: $0 <capture folder> <baseline folder> <report folder> [now]" >&2
  exit 2
fi

now=$(date -u -d "${4:-now}" +%s) || exit 2
end=$(((now - ${DELAY_MINUTES:-10} * 60) / 3600 * 3600))
start=$((end - 3600))

exec "${TIDEMARK:-tidemark}" check "$1" --baseline "$2" \
  --output "$3/$(date -u -d "@$start" +%Y/%m/%d/%H)" \
  --start "$(date -u -d "@$start" +%Y-%m-%dT%H:%M:%SZ)" \
  --end "$(date -u -d "@$end" +%Y-%m-%dT%H:%M:%SZ)" \
  --fail-on-violation
