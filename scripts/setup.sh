# The steps of set-up. Each one finds out by itself whether there is anything to do, and leaves
# either its whole result or nothing: results are made aside and renamed, or stamped when complete.
# shellcheck shell=bash
# shellcheck source=scripts/lib.sh
. "$ROOT/scripts/cluster.sh"
# shellcheck source=scripts/databases.sh
. "$ROOT/scripts/databases.sh"

# Tinos of fonts-croscore stands in for Times New Roman, in which official documents are written.
RUN_PACKAGES=(python3 python3-venv fonts-croscore fonts-dejavu-core fonts-noto-core
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
TEST_PACKAGES=(chromium poppler-utils)

# Everything up to a running database server, with the programs of `make run` in place.
set_up() { # [SYSTEM PACKAGE...]: more of them than Odoo itself needs
    check_machine
    mkdir -p "$LOGS" "$STATE/cache"
    lock setup
    step "System packages" install_packages "${RUN_PACKAGES[@]}" "$@"
    find_postgres
    [ -n "$PRIVATE_CLUSTER" ] || check_server
    step "Odoo" install_odoo
    step "Python packages" install_python
    step "Database server" start_database_server
}

check_machine() {
    local free
    [ ! -e "$STATE" ] || [ -O "$STATE" ] ||
        die ".tthc belongs to the user $(stat -c %U "$STATE"); run make as that user, or remove the folder."
    if [ ! -e "$VENV/bin/odoo" ]; then
        free=$(df -Pm "$ROOT" | awk 'NR == 2 { print $4 }')
        [ "$free" -ge "$MIN_DISK_MB" ] ||
            die "only $free MB are free on the disk of $ROOT and set-up needs $MIN_DISK_MB MB; make room and run it again."
    fi
    DISTRIBUTION=$(sed -nE 's/^(ID|VERSION_ID)="?([^"]*)"?$/\2/p' "${OS_RELEASE:-/etc/os-release}" | sort -r | paste -sd-)
    case $DISTRIBUTION in
    debian-12) RUN_PACKAGES+=(libmagic1) ;;
    debian-13) RUN_PACKAGES+=(libmagic1t64) ;;
    *) [ -n "${ODOO_HOME:-}" ] ||
        die "set-up knows Debian 12 and 13, not $DISTRIBUTION; set ODOO_HOME to an Odoo 19.0 checkout, or use the Docker set-up in docker/." ;;
    esac
    if [ -n "${ODOO_HOME:-}" ]; then
        grep -qs '^version_info = (19, 0,' "$ODOO_HOME/odoo/release.py" ||
            die "ODOO_HOME=$ODOO_HOME is not a checkout of Odoo 19.0 (its odoo/release.py should say so); correct it, or leave it unset."
    fi
    database_settings
    if [ -n "$PRIVATE_CLUSTER" ]; then
        RUN_PACKAGES+=(postgresql)
    else
        RUN_PACKAGES+=(postgresql-client)
    fi
}

install_packages() { # PACKAGE...
    local missing
    case $DISTRIBUTION in
    debian-1[23]) ;;
    *)
        DETAIL="left to you on $DISTRIBUTION: $*"
        return
        ;;
    esac
    missing=$(comm -23 <(printf '%s\n' "$@" | sort) \
        <({ dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true; } |
            awk '$2 == "installed" { print $1 }' | sort) | xargs)
    DETAIL="all $# present"
    [ -n "$missing" ] || return 0
    [ "$EUID" -eq 0 ] || sudo true 2>/dev/null ||
        die "installing packages needs root or sudo; run as root 'apt-get install $missing', then make again."
    # A source that cannot be read does not matter as long as the packages can be had.
    logged apt as_root apt-get update -q || true
    # shellcheck disable=SC2086  # a list of words
    logged apt as_root apt-get install -q -y --no-install-recommends $missing ||
        die "these system packages could not be installed: $missing; check the network and apt's sources, then run make again (details: $LOGS/apt.log)."
    DETAIL="installed $missing"
}

as_root() {
    local sudo=()
    [ "$EUID" -eq 0 ] || sudo=(sudo)
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive "$@"
}

install_odoo() {
    local stamp=$STATE/odoo/version key
    if [ -n "${ODOO_HOME:-}" ]; then
        ODOO_PATH=$(cd "$ODOO_HOME" && pwd -P)
        ODOO_VERSION="checkout $ODOO_PATH"
        DETAIL=$ODOO_VERSION
        return
    fi
    ODOO_PATH=$STATE/odoo/usr/lib/python3/dist-packages
    key=$(hash_of "$ROOT/scripts/fetch-odoo" "$ROOT/scripts/debian-packages.sha256")
    if [ "$(sed -n 2p "$stamp" 2>/dev/null)" = "$key" ]; then
        DETAIL="$(head -n 1 "$stamp"), unpacked before"
    else
        DETAIL=$(IN_STEP=1 "$ROOT/scripts/fetch-odoo" "$STATE/odoo.new") || exit 1
        printf '%s\n' "$DETAIL" "$key" >"$STATE/odoo.new/version"
        rm -rf "$STATE/odoo"
        mv "$STATE/odoo.new" "$STATE/odoo"
    fi
    ODOO_VERSION=$(head -n 1 "$stamp")
}

install_python() {
    local site
    new_venv "$VENV"
    install_requirements "$VENV" requirements.txt
    site=$(echo "$VENV"/lib/python3*/site-packages)
    write_if_changed "$site/odoo.pth" "$ODOO_PATH"
    write_if_changed "$ODOO" "#!$VENV/bin/python
from odoo.cli.command import main
main()"
    chmod +x "$ODOO"
}

new_venv() { # FOLDER: a virtual environment that fits this Python and this place, kept if it does
    local python=${PYTHON:-/usr/bin/python3} version
    version=$("$python" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])') ||
        die "Python was not found as $python; set PYTHON to a Python 3.11, 3.12 or 3.13."
    case $version in
    3.1[123].*) ;;
    *) die "$python is Python $version and the pinned packages are for 3.11 to 3.13; set PYTHON to one of those." ;;
    esac
    PYTHON_VERSION=$version
    [ "$(cat "$1/made-for" 2>/dev/null)" = "$version $1" ] && return
    rm -rf "$1"
    logged venv "$python" -m venv "$1" ||
        die "the Python environment could not be made; is python3-venv installed (details: $LOGS/venv.log)?"
    echo "$version $1" >"$1/made-for"
}

install_requirements() { # VENV FILE: exactly what the file pins, by hash, no building
    local stamp=$1/installed-$2 key
    key=$(hash_of "$ROOT/$2")
    DETAIL="Python $PYTHON_VERSION, $2 installed before"
    [ "$(cat "$stamp" 2>/dev/null)" = "$key" ] && return
    logged "pip-$2" "$1/bin/pip" install --disable-pip-version-check --no-input --only-binary :all: --no-deps \
        --require-hashes -r "$ROOT/$2" ||
        die "the Python packages of $2 could not be installed; check the network and pip's settings, then run make again (details: $LOGS/pip-$2.log)."
    echo "$key" >"$stamp"
    DETAIL="Python $PYTHON_VERSION, $(grep -c == "$ROOT/$2") packages of $2"
}

write_if_changed() { # FILE TEXT
    [ "$(cat "$1" 2>/dev/null)" = "$2" ] || printf '%s\n' "$2" >"$1"
}

check_server() { # one that is not ours
    local version
    version=$(sql postgres "SHOW server_version" 2>"$LOGS/psql.log") ||
        die "the PostgreSQL server $PGHOST does not answer the user $PGUSER; check DATABASE_URL or the db_ lines of odoo.conf ($(tail -n 1 "$LOGS/psql.log"))."
    [ "${version%%.*}" -ge 13 ] ||
        die "PostgreSQL ${version%% *} on $PGHOST is too old for Odoo 19; use a server of version 13 or later."
}

start_database_server() {
    cluster_use
    "$VENV/bin/python" "$ROOT/scripts/configure.py" "$ROOT/odoo.conf" "$CONF"
    "$VENV/bin/python" "$ROOT/scripts/logins.py" create "$PASSWORDS"
    DETAIL="PostgreSQL $(sql postgres "SHOW server_version" | cut -d' ' -f1), ${PRIVATE_CLUSTER:+private, socket in }${PGHOST#"$ROOT"/}"
}
