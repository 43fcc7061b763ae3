# The private PostgreSQL: a cluster in .tthc/pg that listens on a Unix socket only.
# Who starts it holds a shared lock on it; the last one to leave stops it.
# shellcheck shell=bash

PG=$STATE/pg
PG_LOCK=

# The server's programs: those of the cluster's own version when there is one, else the newest.
find_postgres() {
    local version='*'
    [ ! -f "$PG/data/PG_VERSION" ] || version=$(<"$PG/data/PG_VERSION")
    if [ -z "${PG_BIN:-}" ]; then
        # shellcheck disable=SC2086  # the pattern is meant to expand
        PG_BIN=$(printf '%s\n' /usr/lib/postgresql/$version/bin | sort -V | tail -n 1)
        [ -x "$PG_BIN/psql" ] || PG_BIN=$(dirname "$(command -v psql || echo /missing/psql)")
    fi
    [ -x "$PG_BIN/psql" ] ||
        die "PostgreSQL's programs were not found in $PG_BIN; install PostgreSQL 13 or later, or set PG_BIN to the folder of its programs."
    [ -n "$PRIVATE_CLUSTER" ] || return 0
    [ -x "$PG_BIN/initdb" ] ||
        die "PostgreSQL's server programs were not found in $PG_BIN; install PostgreSQL 13 or later, or set PG_BIN or DATABASE_URL."
    local found
    found=$("$PG_BIN/postgres" --version | grep -oE '[0-9]+' | head -n 1)
    [ "$found" -ge 13 ] ||
        die "PostgreSQL $found is too old for Odoo 19; install 13 or later, or set PG_BIN or DATABASE_URL to a newer one."
    [ "$version" = '*' ] || [ "$version" = "$found" ] ||
        die "the databases in .tthc/pg were made by PostgreSQL $version, which is no longer installed; install it again, or run 'make clean' to begin anew without them."
}

# PostgreSQL refuses to run as root: it runs as the cluster's owner, or, where the user postgres
# cannot enter the checkout (below a closed home folder), as nobody in particular in a user namespace.
as_owner() {
    local owner
    owner=$(stat -c %U "$PG")
    if [ "$EUID" -ne 0 ]; then
        "$@"
    elif [ "$owner" = root ]; then
        unshare --user --map-user=1000 --map-group=1000 "$@"
    else
        setpriv --reuid="$owner" --regid="$(stat -c %G "$PG")" --clear-groups "$@"
    fi
}

cluster_create() {
    mkdir -p "$PG"
    if [ "$EUID" -eq 0 ]; then
        if setpriv --reuid=postgres --clear-groups test -x "$PG" 2>/dev/null; then
            chown postgres:postgres "$PG"
        elif ! as_owner true 2>/dev/null; then
            die "PostgreSQL does not run as root and the user postgres cannot enter $ROOT; move the checkout, for example to /srv, or allow entry with chmod o+x on the folders above it."
        fi
    fi
    rm -rf "$PG/data.new"
    logged initdb as_owner "$PG_BIN/initdb" -D "$PG/data.new" -U odoo --auth=trust -E UTF8 --locale=C.UTF-8 ||
        die "PostgreSQL could not create its cluster; see $LOGS/initdb.log."
    # The socket is the only door, and only the cluster's owner (and root) may open it.
    cat >>"$PG/data.new/postgresql.conf" <<-CONF
		listen_addresses = ''
		unix_socket_permissions = 0700
		synchronous_commit = off
		shared_buffers = 256MB
		max_wal_size = 2GB
	CONF
    mv "$PG/data.new" "$PG/data"
}

cluster_running() { "$PG_BIN/pg_isready" -q; }

cluster_start() {
    [ "$PGHOST" = "$PG" ] || ln -sfn "$PG" "$PGHOST"
    # The server must not inherit the lock: it would hold it for ever.
    logged pg_ctl as_owner "$PG_BIN/pg_ctl" -D "$PG/data" -l "$PG/server.log" -w \
        -o "-c unix_socket_directories='$PGHOST' ${PG_OPTIONS:-}" start {PG_LOCK}>&- {LOCK_FD}>&- ||
        die "the private PostgreSQL did not start; see $PG/server.log."
}

cluster_stop() {
    logged pg_ctl as_owner "$PG_BIN/pg_ctl" -D "$PG/data" -w -m fast stop
}

cluster_use() {
    [ -n "$PRIVATE_CLUSTER" ] || return 0
    [ -d "$PG/data" ] || cluster_create
    exec {PG_LOCK}>>"$PG/users.lock"
    flock -s "$PG_LOCK"
    at_exit cluster_leave
    cluster_running || cluster_start
}

cluster_leave() { # at exit; .tthc/pg/keep is there while a developer wants it to stay up
    [ -n "$PG_LOCK" ] && [ ! -e "$PG/keep" ] && flock -n "$PG_LOCK" || return 0
    cluster_running && cluster_stop
    exec {PG_LOCK}>&-
}
