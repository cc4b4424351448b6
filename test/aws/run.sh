#!/usr/bin/env bash
# The AWS adapters against moto, an emulator of AWS: installs it into a cache of its own, starts it on a free port, runs the tests, stops it. Arguments go to vitest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
moto='moto[server]==5.2.5'
cache=${XDG_CACHE_HOME:-$HOME/.cache}/gatehouse-moto

missing() { printf '\ntest:aws cannot run here: %s\n\n' "$1" >&2; exit 1; }
command -v python3 >/dev/null || missing 'the emulator (moto) is a Python program; install Python 3.9 or newer.'
python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' || missing 'moto needs Python 3.9 or newer, and python3 is older.'
python3 -c 'import venv, ensurepip' 2>/dev/null || missing 'Python has no venv module; on Debian: apt-get install python3-venv.'

# the mark says which version is whole: an install that was interrupted is begun again
if [[ $(cat "$cache/installed" 2>/dev/null) != "$moto" ]]; then
  rm -rf "$cache"
  python3 -m venv "$cache"
  "$cache/bin/pip" install --quiet "$moto" || missing "pip could not install $moto; it needs a package index (see pip's message above)."
  printf '%s' "$moto" >"$cache/installed"
fi

log=$(mktemp)
server=
stop() {
  status=$?
  [[ -z $server ]] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
  rm -f "$log"
  exit "$status"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
# one request at a time: with threads, moto checks a condition and writes in two steps, and now and then lets two of 50 writers win
"$cache/bin/python" - "$port" >"$log" 2>&1 <<'PYTHON' &
import sys
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import run_simple
app = DomainDispatcherApplication(create_backend_app)
run_simple("127.0.0.1", int(sys.argv[1]), app, threaded=False, request_handler=MotoRequestHandler)
PYTHON
server=$!
for _ in $(seq 300); do
  kill -0 "$server" 2>/dev/null || { cat "$log" >&2; missing 'moto ended at once; its output is above.'; }
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
  sleep 0.1
done
(exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { cat "$log" >&2; missing 'moto did not answer within 30 seconds; its output is above.'; }

GATEHOUSE_AWS_ENDPOINT=http://127.0.0.1:$port node_modules/.bin/vitest run --config vitest.aws.config.ts "$@"
