#!/usr/bin/env bash
# pydantic-settings: populate_by_name=True makes every field's bare name an environment variable, too.
#
# Expected: a field with alias="APP_HOME" is set by the variable APP_HOME and by no other; populate_by_name only allows
#   Settings(home=...) in code. The documentation of aliases says that an alias replaces the name and the prefix.
# Happens: with populate_by_name=True the environment source also looks for the field's own name, without regard to
#   case: HOME, BACKEND, SECRET_KEY, PROXIES. HOME is set everywhere, so a field called `home` never has its default.
#   An env_prefix changes which bare name is read; without populate_by_name only the alias counts.
# Seen with: pydantic-settings 2.16.0, pydantic 2.14.4. Source: pydantic_settings/sources/base.py, where field names are
#   added to the names that are tried when populate_by_name is set.
# Why it matters here: the data folder of a server silently became the user's home folder, and a stray BACKEND or
#   SECRET_KEY of another program would have changed isolation and keys.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pydantic-settings==2.16.0 pydantic==2.14.4

cat >"$folder/try.py" <<'PYTHON'
from importlib.metadata import version

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ByName(BaseSettings):
    model_config = SettingsConfigDict(populate_by_name=True)
    home: str = Field("var", alias="APP_HOME")
    backend: str = Field("docker", alias="APP_BACKEND")


class ByAlias(BaseSettings):
    home: str = Field("var", alias="APP_HOME")
    backend: str = Field("docker", alias="APP_BACKEND")


print("pydantic-settings", version("pydantic-settings"), "pydantic", version("pydantic"))
print("populate_by_name: ", ByName().home, ByName().backend)
print("alias alone:      ", ByAlias().home, ByAlias().backend)
PYTHON

seen=$(env -u APP_HOME -u APP_BACKEND HOME=/home/ada BACKEND=stub "$folder/venv/bin/python" "$folder/try.py")
echo "$seen"
grep -q 'populate_by_name: *  */home/ada stub' <<<"$seen"
grep -q 'alias alone: *  *var docker' <<<"$seen"
