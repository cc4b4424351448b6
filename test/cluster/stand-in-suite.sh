#!/bin/busybox sh
# Stands in for the conformance suite of Kubernetes: prints what it prints, and writes the files it writes. A focus of `seconds=N` lets it take that long.
set -u
b=/bin/busybox
out=${RESULTS_DIR:-/tmp/results}
say() { echo "$1" | $b tee -a "$out/e2e.log"; }
seconds=$(echo "$E2E_FOCUS" | $b sed -n 's/^seconds=\([0-9]*\)$/\1/p')
say '  I0101 00:00:00.000000 1 e2e.go:109] Starting e2e run "0a1b2c3d-0000-4000-8000-000000000001" on Ginkgo node 1'
say 'Will run 4 of 6 specs'
say 'SS•'
say '------------------------------'
say '• [FAILED] [0.100 seconds]'
say '[sig-node] Stand-in [It] should fail [Conformance] [sig-node, Conformance]'
say '  << Timeline'
say '  [FAILED] it was told to'
say '------------------------------'
$b sleep "${seconds:-3}"
say '••'
say 'Ran 4 of 6 Specs in 3.000 seconds'
row() { echo "<testcase name=\"$1\" status=\"$2\" time=\"1.0\">$3</testcase>"; }
{
  echo '<?xml version="1.0" encoding="UTF-8"?><testsuites><testsuite name="stand-in" tests="7">'
  row '[SynchronizedBeforeSuite]' passed ''
  row '[It] [sig-node] Stand-in should pass [Conformance]' passed ''
  row '[It] [sig-node] Stand-in should fail [Conformance]' failed '<failure message="it was told to">boom</failure>'
  row '[It] [sig-apps] Stand-in should also pass [Conformance]' passed ''
  row '[It] [sig-apps] Stand-in should pass, too [Conformance]' passed ''
  row '[It] [sig-apps] Stand-in is skipped' skipped '<skipped/>'
  row '[It] [sig-cli] Stand-in is skipped' skipped '<skipped/>'
  echo '</testsuite></testsuites>'
} > "$out/junit_01.xml"
echo "$out/e2e.tar.gz" > "$out/done"
exit 1
