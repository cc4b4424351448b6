#!/usr/bin/env bash
# Tests on real clusters: builds the bed once, starts its clusters, runs the tests, stops the clusters. Needs root, Go and Debian's packages (README).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
bed=test/bed/testbed
versions=${GATEHOUSE_BED_VERSIONS:-v1.36.3 v1.35.4}

missing() { printf 'test:cluster cannot run here: %s\n' "$1" >&2; exit 1; }
[[ $(id -u) == 0 ]] || missing 'it makes network namespaces and mounts, so it must run as root (a throw-away machine is best).'
command -v go >/dev/null || missing 'it compiles Kubernetes, which needs Go 1.26 or newer: https://go.dev/dl/'
command -v dpkg >/dev/null || missing 'it installs containerd and runc as Debian packages, so it needs Debian 12 or alike.'

# up VERSION: the three clusters, side by side
up() {
  "$bed" up plain --nodes 2 --kubernetes "$1"
  "$bed" up exposed --kubernetes "$1"
  "$bed" up hardened --kubernetes "$1"
  # a kubelet that asks for its serving certificate waits for somebody's approval, as in any real cluster
  "$bed" kubectl hardened get csr -o name | xargs -r "$bed" kubectl hardened certificate approve >/dev/null
}

# kube-hunter, the floor of the penetration scan; it ends with Python 3.12 and setuptools 81
kube_hunter='kube-hunter==0.6.8'
hunter_home=${XDG_CACHE_HOME:-$HOME/.cache}/gatehouse-kube-hunter
if [[ $(cat "$hunter_home/installed" 2>/dev/null) != "$kube_hunter" ]]; then
  rm -rf "$hunter_home"
  python3 -m venv "$hunter_home" || missing 'kube-hunter is a Python program; install Python 3.9 or newer with its venv module.'
  "$hunter_home/bin/pip" install --quiet "$kube_hunter" 'setuptools==80.9.0' || missing "pip could not install $kube_hunter; it needs a package index."
  printf '%s' "$kube_hunter" >"$hunter_home/installed"
fi
export GATEHOUSE_KUBE_HUNTER=$hunter_home/bin/kube-hunter

# the image that the pod of the internal vantage runs, from the project's own Node
node_image=$(mktemp --suffix .tar)

# the conformance suite, of the first version only, and a stand-in for it that plays every way a run can end
export GATEHOUSE_SUITE_VERSION=${versions%% *}
suite_image=$("$bed" build conformance "$GATEHOUSE_SUITE_VERSION" | tail -n 1)

export GATEHOUSE_SEEN; GATEHOUSE_SEEN=$(mktemp -d)
stand_in=$(mktemp --suffix .tar)
trap 'rm -rf "$GATEHOUSE_SEEN" "$node_image" "$stand_in"; [[ -n ${GATEHOUSE_KEEP_BED:-} ]] || "$bed" down' EXIT
status=0
for version in $versions; do
  # another version of a cluster needs the old one gone
  for name in plain exposed hardened; do
    grep -qsx "version=$version" "${TESTBED_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/kubernetes-testbed}/clusters/$name/shape" || "$bed" down "$name"
  done
  up "$version"
  [[ -s $node_image ]] || "$bed" pack "$node_image" docker.io/library/node:24-slim "" "$(readlink -f node_modules/node/bin/node)=usr/local/bin/node" /bin/busybox=bin/busybox
  for name in plain exposed; do "$bed" load "$name" "$node_image"; done
  if [[ $version == "$GATEHOUSE_SUITE_VERSION" ]]; then
    "$bed" pack "$stand_in" "docker.io/library/suite-stand-in:$version" /usr/local/bin/stand-in-suite.sh test/cluster/stand-in-suite.sh /bin/busybox=bin/busybox
    "$bed" load plain "$stand_in"
    "$bed" load plain "$suite_image"
  fi
  # on the first version only: how a suite is run and read does not depend on the version, and takes minutes; and only the release after it removes APIs that it serves
  once=(); [[ $version == "$GATEHOUSE_SUITE_VERSION" ]] || once=(--exclude test/cluster/conformance.test.ts --exclude test/cluster/aging.test.ts)
  GATEHOUSE_BED_VERSION=$version node_modules/.bin/vitest run --config vitest.cluster.config.ts "${once[@]}" "$@" || status=1
done
# the last of all: `plain` is upgraded for real, from the older version to the newer one
if (($# == 0)) && [[ $versions == *' '* ]]; then
  GATEHOUSE_UPGRADE_TO=${versions%% *} GATEHOUSE_BED_VERSION=$version node_modules/.bin/vitest run --config vitest.upgrade.config.ts || status=1
fi
# the table of what was seen only means something when all tests ran
if (($# == 0)); then node_modules/.bin/node test/cluster/seen.ts ${CI:+--check} || status=1; fi
exit $status
