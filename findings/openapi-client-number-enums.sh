#!/usr/bin/env bash
# openapi-python-client: an enum of numbers takes away the whole operation, and the program ends as if all were well.
#
# Expected: a property of type `number` with an `enum` (JSON Schema allows any values there) becomes a Literal, or at
#   least a float, as an enum of strings or integers becomes one.
# Happens: enums whose values are not all strings or all integers are refused, so the schema that has one is removed, and
#   with it every operation that sends or answers it. What is left is generated; the exit code is 0. The words on the
#   terminal are lost in a build, and the client only lacks a module.
# Seen with: openapi-python-client 0.29.1. Source: openapi_python_client/parser/properties/__init__.py and enum_property.py.
# Why it matters here: the factor of extra time is one of 1, 1.25, 1.5 and 2. Described as an enum it took making and
#   changing accounts out of the client; it has bounds and a sentence instead.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openapi-python-client==0.29.1
cd "$folder"

cat >describe.py <<'PYTHON'
import json

KINDS = {"of_texts": ("string", ["a", "b"]), "of_integers": ("integer", [1, 2]), "of_numbers": ("number", [1.0, 1.25])}


def operation(name, kind, values):
    shape = {"type": "object", "properties": {"value": {"type": kind, "enum": values}}, "required": ["value"]}
    body = {"required": True, "content": {"application/json": {"schema": shape}}}
    return {"put": {"operationId": name, "tags": ["factors"], "requestBody": body, "responses": {"204": {"description": "Done"}}}}


paths = {f"/{name}": operation(name, *values) for name, values in KINDS.items()}
print(json.dumps({"openapi": "3.1.0", "info": {"title": "Factors", "version": "1"}, "paths": paths}))
PYTHON
"$folder/venv/bin/python" describe.py >openapi.json
printf 'post_hooks: []\n' >settings.yaml

"$folder/venv/bin/pip" list 2>/dev/null | grep -i openapi-python-client
status=0
venv/bin/openapi-python-client generate --path openapi.json --meta none --output-path made --config settings.yaml \
    >said.txt 2>&1 || status=$?
echo "exit code: $status"
echo "operations: $(cd made/api/factors && echo of_*.py)"

[ "$status" = 0 ]
[ -e made/api/factors/of_texts.py ] && [ -e made/api/factors/of_integers.py ] && [ ! -e made/api/factors/of_numbers.py ]
