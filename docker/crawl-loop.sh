#!/bin/sh
# Crawl, deliver, pause, and again: what the container `crawler` of docker-compose.yml runs.
#
#   NEWSCRAWL_CRAWL_ARGUMENTS   arguments of `scrapy crawl news`, with spaces between: country=EG since=2d
#   NEWSCRAWL_CRAWL_PAUSE       from the end of one round to the start of the next: 90s, 30m, 1h, 1d
#   NEWSCRAWL_CRAWL_STATUS      file with `ok` or what failed in the newest round, for the healthcheck
#
# A round that fails is logged, and the next one comes all the same. SIGTERM goes to whatever is running,
# which ends in good order; nothing is started after it, and the loop exits with 0.
set -u

say() { echo "crawl-loop: $*" >&2; }

: "${NEWSCRAWL_CRAWL_ARGUMENTS:?say what to crawl, e.g. outlets=aljazeera,bbcarabic}"
: "${NEWSCRAWL_CRAWL_PAUSE:?say how long to pause between rounds, e.g. 1h}"
status_file=${NEWSCRAWL_CRAWL_STATUS:-/tmp/crawl-loop}

case ${NEWSCRAWL_CRAWL_PAUSE%[smhd]} in
    '' | *[!0-9]*)
        say "NEWSCRAWL_CRAWL_PAUSE is '$NEWSCRAWL_CRAWL_PAUSE'; write a number with s, m, h or d, e.g. 30m"
        exit 2
        ;;
esac

child=
stopping=

stop() {
    stopping=yes
    if [ -n "$child" ]; then kill -TERM "$child" 2>/dev/null; fi
}
trap stop TERM INT

# Run a program so that a signal reaches it at once; its exit code is in $code. The shell runs a trap only
# between commands, so it must not be the program itself that we wait for, but `wait`.
run() {
    code=0
    if [ -n "$stopping" ]; then return; fi
    "$@" &
    child=$!
    if [ -n "$stopping" ]; then kill -TERM "$child" 2>/dev/null; fi # the signal came while it was started
    wait "$child"
    code=$?
    while kill -0 "$child" 2>/dev/null; do # a signal has ended the wait, not the program
        wait "$child"
        code=$?
    done
    child=
}

# Exit code 1 of a crawl is every day's news: some outlet's server was down. Its table has said so.
crawl() {
    set -f # an argument is no file name pattern
    # shellcheck disable=SC2086  # they are separated by spaces
    set -- $NEWSCRAWL_CRAWL_ARGUMENTS
    for argument in "$@"; do
        shift
        set -- "$@" -a "$argument"
    done
    run scrapy crawl news "$@"
    if [ "$code" -gt 0 ]; then say "scrapy crawl ended with $code"; fi
    if [ "$code" -gt 1 ]; then failed="$failed scrapy crawl ended with $code;"; fi
}

# Also after a failed crawl: what was stored before the failure waits in the outbox.
deliver() {
    run newscrawl index
    if [ "$code" -gt 0 ]; then
        say "newscrawl index ended with $code"
        failed="$failed newscrawl index ended with $code;"
    fi
}

echo ok >"$status_file"
while [ -z "$stopping" ]; do
    failed=
    crawl
    deliver
    if [ -n "$stopping" ]; then break; fi
    if [ -n "$failed" ]; then echo "failed:$failed" >"$status_file"; else echo ok >"$status_file"; fi
    say "the next round starts in $NEWSCRAWL_CRAWL_PAUSE"
    run sleep "$NEWSCRAWL_CRAWL_PAUSE"
done
say "stopped by a signal"
