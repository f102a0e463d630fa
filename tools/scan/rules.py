"""Lines that the rules beside must find, and lines that they must leave alone. Never imported, never run."""

# ruleid: no-chance-that-can-be-guessed
import random
import datetime
import hmac
import logging
import os
import pickle
import secrets
import subprocess
import tempfile
# ruleid: nothing-goes-outside
import requests
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import mark_safe
# ruleid: every-form-has-its-token
from django.views.decorators.csrf import csrf_exempt

logger = logging.getLogger("posada")


def samples(request, person, cursor, name, token, given):
    # ruleid: log-holds-only-fixed-words
    logger.warning("could not open %s", person.name)
    # ruleid: log-holds-only-fixed-words
    logger.info(f"opened {name}")
    # ok: log-holds-only-fixed-words
    logger.exception("the index could not be saved")
    # ruleid: no-temporary-files
    tempfile.NamedTemporaryFile()
    # ruleid: no-markup-from-values
    mark_safe(f"<b>{name}</b>")
    # ok: no-markup-from-values
    format_html("<b>{}</b>", name)
    # ruleid: no-query-from-text
    cursor.execute("SELECT * FROM people WHERE name = '%s'" % name)
    # ok: no-query-from-text
    cursor.execute("SELECT * FROM people WHERE id = %s", [name])
    # ruleid: no-shell
    subprocess.run("ls " + name, shell=True)
    # ok: no-shell
    subprocess.run(["ls", name])
    # ruleid: no-shell
    os.system("ls")
    # ruleid: no-code-in-data
    pickle.loads(name)
    # ruleid: time-comes-from-the-clock
    datetime.datetime.now()
    # ok: no-chance-that-can-be-guessed
    secrets.token_hex(8)
    # ruleid: codes-are-compared-in-even-time
    if token == given:
        # ruleid: no-way-out-by-an-address
        return redirect(request.GET.get("next"))
    # ok: codes-are-compared-in-even-time
    hmac.compare_digest(token, given)
    # ruleid: no-way-out-by-an-address
    return HttpResponseRedirect(request.POST.get("next"))
