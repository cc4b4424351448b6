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

export GATEHOUSE_SEEN; GATEHOUSE_SEEN=$(mktemp -d)
trap 'rm -rf "$GATEHOUSE_SEEN"; [[ -n ${GATEHOUSE_KEEP_BED:-} ]] || "$bed" down' EXIT
status=0
for version in $versions; do
  # another version of a cluster needs the old one gone
  for name in plain exposed hardened; do
    grep -qsx "version=$version" "${TESTBED_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/kubernetes-testbed}/clusters/$name/shape" || "$bed" down "$name"
  done
  up "$version"
  GATEHOUSE_BED_VERSION=$version node_modules/.bin/vitest run --config vitest.cluster.config.ts "$@" || status=1
done
# the table of what was seen only means something when all tests ran
if (($# == 0)); then node_modules/.bin/node test/cluster/seen.ts ${CI:+--check} || status=1; fi
exit $status
