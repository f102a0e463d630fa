#!/bin/sh
# The tests that touch the database once more, on a PostgreSQL server of their own (tests/cluster.py), which is gone when they end.
set -eu
set -- /usr/lib/postgresql/*/bin/postgres
if [ ! -x "$1" ]; then
    echo "PostgreSQL is not installed: the tests ran on SQLCipher only."
    exit 0
fi
# Campaigns about files, commands and machines, and the whole matrix of permissions, run once, with those on SQLCipher;
# tests/faults/test_postgresql.py starts a server of its own there. Day by day only what hangs on the database runs
# twice: the audit, the records, who may what, and whatever happens to two at the same moment. POSADA_LONG=1: every room.
set -- tests/permissions/test_written.py tests/permissions/test_never_two.py
if [ "${POSADA_LONG:-0}" = 1 ]; then
    set -- "$@" src/posada
else
    family=src/posada/family/tests
    set -- "$@" src/posada/audit src/posada/accounts src/posada/records src/posada/shelter/tests/test_race.py \
        src/posada/shelter/tests/test_checkpoints_raced.py src/posada/shelter/tests/test_tonight.py \
        src/posada/shelter/tests/test_vouchers.py src/posada/shelter/tests/test_merging_house.py \
        src/posada/people/tests/test_register.py src/posada/people/tests/test_saved_index.py \
        src/posada/people/tests/test_five_desks.py src/posada/people/tests/test_drafts.py \
        src/posada/people/tests/test_merge.py src/posada/people/tests/test_paper_forms.py \
        $family/test_calls_raced.py $family/test_found_raced.py $family/test_checking.py $family/test_propose_changes.py \
        $family/test_erase.py $family/test_erase_sentence.py $family/test_enquiries.py $family/test_relative_page.py \
        $family/test_messages.py $family/test_referrals.py $family/test_release.py $family/test_wiping.py
fi
echo "The tests that touch the database once more, on PostgreSQL. Left out, with the reason, stand at the end (SKIPPED)."
POSADA_TEST_DATABASE=postgresql exec .venv/bin/pytest -q -rfEs -n 2 --dist loadgroup -m "not browser" "$@"
