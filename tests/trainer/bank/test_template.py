"""A new package is complete: it can be read as it is, and the real sandbox accepts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox import SandboxSettings, open_sandbox
from trainer.bank.check import check
from trainer.bank.files import package
from trainer.bank.package import read_package
from trainer.bank.template import TEMPLATES, files_in, new_package
from trainer.bank.topics import read_topics
from trainer.errors import PackageError

TOPICS = [topic.id for topic in read_topics(Path(__file__).parents[3] / "problems" / "topics.yaml")]


def test_a_new_package_can_be_read() -> None:
    problem = read_package(new_package("longest-outage"), "longest-outage", topics=["arrays"])
    assert problem.title == "Longest outage"
    assert len(problem.submissions) == 5


def test_a_name_that_will_not_do_is_refused() -> None:
    with pytest.raises(PackageError, match="is no name for a package"):
        new_package("../etc")


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_new_package_passes_its_check(kind: str) -> None:
    made = package("longest-outage", new_package("longest-outage", kind))
    with open_sandbox(SandboxSettings(warm={})) as sandbox:
        report = check(made, sandbox, topics=TOPICS)
    assert [finding.message for finding in report.findings if not finding.ok and not finding.advice] == []
    assert report.passed


TEXT = """# Doc

### `a/b.md`

````markdown
```python
x
```
````

## `c.py`
```python
y
```

```
no file
```
"""


def test_files_are_read_from_headings_and_fences() -> None:
    assert files_in(TEXT) == {"a/b.md": b"```python\nx\n```\n", "c.py": b"y\n"}
