#!/bin/sh
# Runs test projects one after the other and adds up what their result files say.
# Fails when a test failed, a project ran no test, or a result file is missing; says why a test was skipped.
#
#   tests/run.sh CONFIGURATION [PROJECT...]      all test projects without PROJECT
cd "$(dirname "$0")/.." || exit 1
configuration=${1:-Release}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- tests/*.Tests/ tests/interop/*.Tests/

results=out/test-results
# Killed when nothing ends for so long: the long tests kill and restart an appliance for minutes on end.
hang=10min
[ "$RIAD_TESTS" != all ] || hang=45min
# What nohup ignores, all that it starts ignores; the tests send SIGHUP to appliances.
hear=
if env --default-signal=HUP true 2>/dev/null; then hear='env --default-signal=HUP'; fi
rm -rf "$results"
mkdir -p "$results"
passed=0
failed=0
skipped=0
broken=

for project in "$@"; do
    project=${project%/}
    name=${project##*/}
    started=$(date +%s)
    # One project at a time: it runs its own tests on every core.
    $hear dotnet test "$project" --no-build -c "$configuration" --nologo --verbosity quiet \
        --blame-hang-timeout "$hang" --blame-hang-dump-type none \
        --logger "trx;LogFileName=$name.trx" --results-directory "$results" > "$results/$name.log" 2>&1
    status=$?
    counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx" 2>/dev/null)
    count() { echo "$counters" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p"; }
    total=$(count total)
    good=$(count passed)
    executed=$(count executed)
    if [ -z "$counters" ] || [ "${executed:-0}" -eq 0 ]; then
        broken="$broken $name"
        cat "$results/$name.log"
        echo "$name: no test ran"
        continue
    fi
    bad=$((executed - good))
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        broken="$broken $name"
    fi
    [ "$status" -eq 0 ] || cat "$results/$name.log"
    passed=$((passed + good))
    failed=$((failed + bad))
    skipped=$((skipped + total - executed))
    echo "$name: $good passed, $bad failed, $((total - executed)) skipped, $(($(date +%s) - started)) s"
done

[ "$skipped" -eq 0 ] || {
    echo "Skipped:"
    # xunit writes the reason as output, others as a message.
    awk '/outcome="NotExecuted"/ { match($0, /testName="[^"]*"/); name = substr($0, RSTART + 10, RLENGTH - 11) }
         /<(Message|StdOut)>/ && name != "" { gsub(/.*<(Message|StdOut)>|<\/(Message|StdOut)>.*/, ""); print "  " name ": " $0; name = "" }
         (/<\/UnitTestResult>/ || /NotExecuted".*\/>/) && name != "" { print "  " name; name = "" }' "$results"/*.trx
}
# What else there is to know.
cat "$results"/*.note 2>/dev/null
# Last, so that the end of the output says what to look at.
[ "$failed" -eq 0 ] || {
    echo "Failed:"
    awk '/<UnitTestResult / { failed = /outcome="Failed"/; lines = 0; match($0, /testName="[^"]*"/); if (failed) print "  " substr($0, RSTART + 10, RLENGTH - 11) }
         /<(StdOut|ErrorInfo)>/ { inside = failed }
         inside && !/at System\.Reflection\./ && !/^ *<\/?ErrorInfo>$/ && lines++ < 25 { print "      " $0 }
         /<\/(StdOut|ErrorInfo)>/ { inside = 0 }' "$results"/*.trx |
        sed -e 's/<[^>]*>//g' -e 's/&#x[AD];//g' -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&quot;/"/g' -e "s/&apos;/'/g" -e 's/&amp;/\&/g' | cut -c1-300
}
for name in $broken; do
    echo "The end of $name:"
    tail -n 30 "$results/$name.log"
done
[ -z "$broken" ] || echo "No result, or an end with an error, from:$broken"
echo "$passed passed, $failed failed"
[ -z "$broken" ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
