#!/usr/bin/env bash
# Images in a real registry: unpacks Debian's docker-registry into a cache of its own (nothing is installed, no service starts), runs the tests. Arguments go to vitest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
packages=(docker-registry rpm rpm-common librpm9 librpmbuild9 librpmio9 librpmsign9 liblua5.3-0 libpopt0 libfsverity0 libsqlite3-0 libmagic1 libdw1 libelf1 libgomp1)

missing() { printf '\ntest:images cannot run here: %s\n\n' "$1" >&2; exit 1; }
for tool in apt-get dpkg-deb; do
  command -v "$tool" >/dev/null || missing "$tool is missing; the registry comes from a Debian package, so this needs Debian, Ubuntu or a container of one of them."
done

# the managers whose lists the catalogers are compared with
for tool in go cargo mvn jar python3 objcopy; do
  PATH="$PATH:$HOME/.cargo/bin" command -v "$tool" >/dev/null || missing "$tool is missing; this compares with what Go, Cargo, Maven (with a JDK), Python and binutils say themselves."
done

if ((EUID == 0)); then cache=/var/cache/gatehouse-images; else cache=${XDG_CACHE_HOME:-$HOME/.cache}/gatehouse-images; fi

# the mark says that everything was unpacked: what was interrupted is begun again
if [[ $(cat "$cache/installed" 2>/dev/null) != "${packages[*]}" ]]; then
  rm -rf "$cache"
  mkdir -p "$cache"/{lists/partial,archives/partial,root}
  # lists of its own, so that no rights are needed and the machine stays as it is
  apt=(apt-get -qq -o "Dir::State::lists=$cache/lists" -o "Dir::Cache=$cache" -o Debug::NoLocking=1 -o APT::Sandbox::User=)
  "${apt[@]}" update || missing 'apt-get could not read the lists of packages; its message is above.'
  (cd "$cache/archives" && "${apt[@]}" download "${packages[@]}") || missing 'apt-get could not download the packages; its message is above.'
  for package in "$cache"/archives/*.deb; do dpkg-deb -x "$package" "$cache/root"; done
  rm -rf "$cache"/{lists,archives,pkgcache.bin,srcpkgcache.bin}
  printf '%s' "${packages[*]}" >"$cache/installed"
fi

export GATEHOUSE_TEST_REGISTRY=$cache/root/usr/bin/docker-registry
exec node_modules/.bin/vitest run --config vitest.images.config.ts "$@"
