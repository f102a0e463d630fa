#!/bin/sh
# The system's packages that the tests use: Chromium for the browser journeys, gettext for the check of the words,
# PostgreSQL for the second run of the tests (they start a server of their own; none of the system's is left running).
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v xgettext >/dev/null 2>&1 || missing="$missing gettext"
set -- /usr/lib/postgresql/*/bin/postgres
[ -x "$1" ] || missing="$missing postgresql"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing the system's packages:$missing"
    export DEBIAN_FRONTEND=noninteractive
    case "$missing" in *postgresql*)
        mkdir -p /etc/postgresql-common
        echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf ;;
    esac
    apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends $missing fonts-dejavu-core >/dev/null
else
    echo "Not root: these are missing and what needs them is skipped:$missing"
fi
