#!/usr/bin/env bash
# The probes against real servers: unpacks them from Debian packages into a cache of its own (nothing is installed, no service starts), runs the tests. Arguments go to vitest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
packages=(prometheus prometheus-node-exporter redis-server postgresql docker-registry nginx bind9)

missing() { printf '\ntest:probes cannot run here: %s\n\n' "$1" >&2; exit 1; }
for tool in apt-get dpkg-deb; do
  command -v "$tool" >/dev/null || missing "$tool is missing; the servers come from Debian packages, so this needs Debian, Ubuntu or a container of one of them."
done

# PostgreSQL refuses to run as root, and the account it then runs as cannot enter /root
if ((EUID == 0)); then cache=/var/cache/gatehouse-servers; else cache=${XDG_CACHE_HOME:-$HOME/.cache}/gatehouse-servers; fi

# the mark says that everything was unpacked: what was interrupted is begun again
if [[ $(cat "$cache/installed" 2>/dev/null) != "${packages[*]}" ]]; then
  rm -rf "$cache"
  mkdir -p "$cache"/{lists/partial,archives/partial,root}
  # lists and packages of its own, so that no rights are needed and the machine stays as it is; an empty status makes apt name what is installed too
  : >"$cache/status"
  apt=(apt-get -qq -o "Dir::State::lists=$cache/lists" -o "Dir::State::status=$cache/status" -o "Dir::Cache=$cache" -o Debug::NoLocking=1 -o APT::Sandbox::User=)
  "${apt[@]}" update || missing 'apt-get could not read the lists of packages; its message is above.'
  # what every Debian has, and what only pages, scripts and just-in-time compilation need, is left out
  mapfile -t wanted < <("${apt[@]}" install -s --no-install-recommends "${packages[@]}" | sed -n 's/^Inst \([^ ]*\) .*/\1/p' |
    grep -vE '^(libc6|libc-bin|gcc-|perl|libperl|dpkg|tar|bash|coreutils|debconf|adduser|passwd|libpam|login|util-linux|systemd|libjs-|fonts-|tzdata|libllvm|ucf|sensible|init-|ssl-cert|locales|base-)')
  ((${#wanted[@]} > 0)) || missing 'apt-get names no packages; see its message above.'
  (cd "$cache/archives" && "${apt[@]}" download "${wanted[@]}") || missing 'apt-get could not download the packages; its message is above.'
  for package in "$cache"/archives/*.deb; do dpkg-deb -x "$package" "$cache/root"; done
  rm -rf "$cache"/{lists,archives,status,pkgcache.bin,srcpkgcache.bin}
  chmod -R a+rX "$cache"
  printf '%s' "${packages[*]}" >"$cache/installed"
fi

GATEHOUSE_TEST_SERVERS=$cache/root node_modules/.bin/vitest run --config vitest.probes.config.ts "$@"
