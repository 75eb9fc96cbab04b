# Waits until nobody holds the other end of its standard input any more, that is until the process which started it
# has ended in whatever way, and then stops a PostgreSQL server and removes its directory.
#
# $1 is the base directory, $2 its lock file; the working directory is the server's data directory. Standard output
# is the open lock file: the lock is held for as long as this script runs.
#
# It needs a POSIX shell with `-ef`, which all have, and `rm`, `sleep`, `ipcrm`. Unquoted lists are meant to be split.
# shellcheck shell=sh disable=SC2034,SC2086,SC3013

trap '' HUP INT QUIT TERM

while read -r line; do :; done

# Sets `servers` to the process ids of all PostgreSQL processes that work in this very directory. A process is known
# by its working directory, not by a number from a file: the number may belong to another one by now.
find_servers() {
    servers=
    if [ -d /proc/self/fd ]; then
        for process in /proc/[0-9]*; do
            if [ "$process/cwd" -ef . ] && read -r name <"$process/comm"; then
                case $name in *postgres*) servers="$servers ${process#/proc/}" ;; esac
            fi
        done
    elif read -r number <postmaster.pid; then
        # Without /proc only the postmaster can be found; its children end with it.
        case $(ps -o command= -p "$number") in *"$1/data"*) servers=$number ;; esac
    fi
}

# Waits for the servers to end, for at most so many rounds of some milliseconds each.
wait_for_end() {
    left=$2
    while find_servers "$1" && [ -n "$servers" ] && [ "$left" -gt 0 ]; do
        sleep 0.004
        left=$((left - 1))
    done
}

find_servers "$1"
if [ -n "$servers" ]; then
    # An immediate shutdown: the data will not be needed, and the postmaster frees its shared memory.
    kill -QUIT $servers
    wait_for_end "$1" 1200
fi
if [ -n "$servers" ]; then
    kill -KILL $servers
    wait_for_end "$1" 200
fi

# A postmaster that was killed leaves its number and a small segment of System V shared memory, which it made itself
# (column 5) and nobody uses now (column 7). On line 7 of the file is the segment's key and number.
if [ -z "$servers" ] && [ -r postmaster.pid ] && [ -r /proc/sysvipc/shm ]; then
    { read -r number; for line in 2 3 4 5 6; do read -r line; done; read -r key segment; } <postmaster.pid
    while read -r key id mode size creator last attached rest; do
        if [ "$id $creator $attached" = "$segment $number 0" ]; then
            ipcrm -m "$id"
        fi
    done </proc/sysvipc/shm
fi

cd /
rm -rf -- "$1"
rm -f -- "$2"
