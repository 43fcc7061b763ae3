# Shared by the scripts: paths, messages, timed steps, settings of the database server.
# shellcheck shell=bash
set -Eeuo pipefail
export LC_ALL=C.UTF-8

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
STATE=$ROOT/.tthc            # everything set-up makes
LOGS=$STATE/log
VENV=$STATE/venv
ODOO=$VENV/bin/odoo
CONF=$STATE/odoo.conf
MODULES=(tthc_onestop tthc_reporting)
ADDONS=tthc_onestop,tthc_reporting
MIN_DISK_MB=3000

# The caller's Python settings must not leak in; byte code goes to one place, so that it is
# kept between runs and leaves no __pycache__ in the checkout.
unset PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE ODOO_RC OPENERP_SERVER
export PYTHONPYCACHEPREFIX=$STATE/cache/python

STARTED=${EPOCHREALTIME/./}
IN_STEP=${IN_STEP:-}

say() { printf '%s\n' "$*" >&2; }

die() { # SENTENCE: what is wrong and what to do about it
    trap - ERR
    [ -z "$IN_STEP" ] || say ""
    say "Stopped: $*"
    exit 1
}

CLEANUPS=()
at_exit() { CLEANUPS=("$1" "${CLEANUPS[@]}"); } # FUNCTION: the last one registered runs first
clean_up() {
    local each
    trap - ERR
    for each in "${CLEANUPS[@]}"; do "$each" || true; done
}
trap clean_up EXIT
trap 'die "unexpected error in ${BASH_SOURCE[0]#"$ROOT"/}, line $LINENO: $BASH_COMMAND"' ERR

seconds_since() { # MICROSECONDS
    local tenths=$(((${EPOCHREALTIME/./} - $1) / 100000))
    printf '%d.%d s' $((tenths / 10)) $((tenths % 10))
}

step() { # TITLE FUNCTION [ARGUMENT...]: one line with what was done (DETAIL) and how long it took
    local title=$1 start=${EPOCHREALTIME/./}
    shift
    printf '%-17s' "$title" >&2
    IN_STEP=1 DETAIL=
    "$@"
    IN_STEP=
    printf '%-60s %8s\n' "$DETAIL" "$(seconds_since "$start")" >&2
}

logged() { # NAME COMMAND...: its output goes to a log
    local log=$LOGS/$1.log
    shift
    "$@" >"$log" 2>&1 </dev/null
}

last_error() { # NAME: the exception at the end of a log, if any, and where the log is
    local line
    line=$(grep -E '^[A-Za-z_.]*(Error|Exception|Warning|Violation)\b' "$LOGS/$1.log" | tail -n 1 || true)
    printf '%s; see %s' "${line:+: ${line:0:300}}" "$LOGS/$1.log"
}

hash_of() { # FILE...
    cat -- "$@" | sha256sum | cut -c1-16
}

lock() { # NAME: one process at a time in what follows
    exec {LOCK_FD}>"$STATE/$1.lock"
    flock -n "$LOCK_FD" && return
    say "Another set-up of this checkout is running; waiting for it."
    flock "$LOCK_FD"
}

unlock() { exec {LOCK_FD}>&-; }

conf_value() { # KEY: from the project's odoo.conf
    sed -n "s/^$1 *= *//p" "$ROOT/odoo.conf" | tail -n 1
}

decode() { printf '%b' "${1//%/\\x}"; }

# Where the databases are: DATABASE_URL, or db_* in odoo.conf, or the private cluster.
# libpq's variables carry the answer to psql, createdb and Odoo alike.
database_settings() {
    local url='^postgres(ql)?://([^:@/]+)(:([^@/]*))?@([^:/]+)(:([0-9]+))?(/([^?]+))?$'
    unset PGDATABASE PGSERVICE PGOPTIONS PGPASSWORD
    MAIN_DB=tthc PRIVATE_CLUSTER=
    if [ -n "${DATABASE_URL:-}" ]; then
        [[ $DATABASE_URL =~ $url ]] ||
            die "DATABASE_URL is not understood; write it as postgresql://user:password@host:port/database."
        PGUSER=$(decode "${BASH_REMATCH[2]}") PGPASSWORD=$(decode "${BASH_REMATCH[4]}")
        PGHOST=$(decode "${BASH_REMATCH[5]}") PGPORT=${BASH_REMATCH[7]:-5432}
        MAIN_DB=$(decode "${BASH_REMATCH[9]:-$MAIN_DB}")
    elif [ -n "$(conf_value db_host)" ]; then
        PGHOST=$(conf_value db_host) PGPORT=$(conf_value db_port) PGUSER=$(conf_value db_user)
        PGPASSWORD=$(conf_value db_password) MAIN_DB=$(conf_value db_name)
        : "${PGPORT:=5432}" "${PGUSER:=odoo}" "${MAIN_DB:=tthc}"
    else
        PRIVATE_CLUSTER=1 PGPORT=5432 PGUSER=odoo PGPASSWORD=
        PGHOST=$(socket_folder)
    fi
    export PGHOST PGPORT PGUSER
    [ -z "$PGPASSWORD" ] || export PGPASSWORD
}

socket_folder() { # a socket's path has at most 107 bytes: deep checkouts get a short link to theirs
    if [ ${#STATE} -le 85 ]; then
        echo "$STATE/pg"
    else
        echo "/tmp/tthc-$(sha256sum <<<"$ROOT" | cut -c1-12)"
    fi
}

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local port
    while port=$((20000 + RANDOM % 20000)); port_is_taken "$port"; do :; done
    echo "$port"
}
