#!/usr/bin/env bash
# Sets up what the tests need beyond `npm ci`: the PC/SC service, its headers and the programs of others that use it, a
# compiler, PostgreSQL, and the virtual reader. May be run again at any time. What it has not the rights for it leaves
# out, and says so; it then still ends well, since only the tests of that part are left out with it.
set -uo pipefail
cd "$(dirname "$0")/.."

PACKAGES=(pcscd libpcsclite-dev opensc pcsc-tools pkg-config build-essential python3 curl postgresql)
NO_CLUSTER=/etc/postgresql-common/createcluster.d/yongtap.conf

say() { printf 'setup: %s\n' "$*"; }
leave_out() { printf 'setup: LEFT OUT: %s\n' "$*"; }

is_installed() { [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# Installs without questions; asks for newer lists of packages only where the present ones do not do.
apt_install() {
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
  local install=(install --yes --no-install-recommends "$@")
  as_root "${apt[@]}" "${install[@]}" >"$log" 2>&1 && return
  as_root "${apt[@]}" update >>"$log" 2>&1 && as_root "${apt[@]}" "${install[@]}" >>"$log" 2>&1
}

# The tests start a PostgreSQL of their own: the package need not make and start one for the whole machine.
apt_install_without_cluster() {
  as_root mkdir -p "${NO_CLUSTER%/*}" && echo 'create_main_cluster = false' | as_root tee "$NO_CLUSTER" >/dev/null
  apt_install "$@"
  local status=$?
  as_root rm -f "$NO_CLUSTER"
  return $status
}

install_packages() {
  local missing=() package
  if ! command -v apt-get >/dev/null; then
    leave_out "no apt-get here; install by hand what in Debian is called ${PACKAGES[*]}"
    return
  fi
  for package in "${PACKAGES[@]}"; do is_installed "$package" || missing+=("$package"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
    leave_out "no rights to install packages; do it with: sudo apt-get install ${missing[*]}"
    return
  fi
  say "installing ${missing[*]}"
  if ! apt_install_without_cluster "${missing[@]}"; then
    tail -n 5 "$log"
    leave_out "apt-get could not install ${missing[*]}"
  fi
}

# The bindings are built by `npm ci`; where the headers came only now, npm has left the packages out.
build_bindings() {
  [ -d node_modules ] || return 0
  if node -e 'require("smartcard"); require("@pokusew/pcsclite"); require("nfc-pcsc")' 2>/dev/null; then return; fi
  if [ ! -e /usr/include/PCSC/winscard.h ]; then
    leave_out 'the bindings to PC/SC readers: the headers are missing (libpcsclite-dev)'
    return
  fi
  say 'building the bindings to PC/SC readers'
  # Node's own headers, where the installation brought them, spare a download.
  local node_folder
  node_folder=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
  if [ -e "$node_folder/include/node/node_api.h" ]; then export npm_config_nodedir=$node_folder; fi
  if ! { npm ci --ignore-scripts && npm rebuild smartcard @pokusew/pcsclite esbuild @swc/core; } >"$log" 2>&1; then
    tail -n 5 "$log"
    leave_out 'the bindings to PC/SC readers do not build'
  fi
}

build_virtual_reader() {
  if ! make --silent -C simulator/virtual-reader >"$log" 2>&1; then
    tail -n 5 "$log"
    leave_out 'the virtual reader: it needs make, a C compiler and libpcsclite-dev'
  fi
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
install_packages
build_bindings
build_virtual_reader
exit 0
