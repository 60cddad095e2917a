"""One task at a time: made, read, replaced, changed, deleted, and everything that is refused."""

from suite import expect, sample

TASK_METHODS = {"GET", "PUT", "PATCH", "DELETE"}
BOARD_METHODS = {"GET", "POST"}


def made(api, **fields):
    """A new task, as the service answers it."""
    return api.post("/tasks", json=fields).status_is(201).object()


def path_of(task):
    return f"/tasks/{task['id']}"


def is_refused(answer, *names):
    """A 422 that names exactly these fields."""
    answer.status_is(422).field_is("error", "invalid")
    found = answer.field("fields", dict)
    expect(
        set(found) == set(names),
        f"wrong fields: {', '.join(sorted(names))}",
        f"wrong fields: {', '.join(sorted(found)) or 'none'}",
    )


def is_task(answer, task, place=""):
    """All fields of a task, in whatever order, and whatever else is there."""
    for name in ("id", "title", "status", "priority", "assignee"):
        answer.field_is(f"{place}{name}", task[name])


@sample
def test_create(api, draw, memory):
    """POST makes a task: 201, the whole task, and a Location that leads to it."""
    title = draw.words()
    answer = api.post("/tasks", json={"title": title}).status_is(201).type_is("application/json")
    task = {"id": answer.field("id"), "title": title, "status": "todo", "priority": 3, "assignee": None}
    is_task(answer, task)
    location = answer.header("Location")
    expect(location.endswith(path_of(task)), f"Location: {path_of(task)}", f"Location: {location}")
    is_task(api.get(path_of(task)).status_is(200), task)
    memory["first"] = task


@sample
def test_patch(api, draw):
    """PATCH changes what is sent and leaves the rest."""
    task = made(api, title=draw.words(), status="doing", priority=draw.number(4, 5), assignee=draw.name())
    changed = {**task, "status": "done"}
    is_task(api.patch(path_of(task), json={"status": "done"}).status_is(200), changed)
    is_task(api.patch(path_of(task), json={}).status_is(200), changed)
    is_task(api.get(path_of(task)).status_is(200), changed)


@sample
def test_delete(api, draw):
    """DELETE answers 204 without a body, and the task is gone."""
    task = made(api, title=draw.words())
    api.get(path_of(task)).status_is(200)
    answer = api.delete(path_of(task)).status_is(204)
    expect(not answer.content, "no body", answer.text[:100])
    api.get(path_of(task)).status_is(404).field_is("error", "not_found")


@sample
def test_filters(api, draw):
    """The list can be filtered by assignee, status and a text in the title."""
    assignee, word = draw.name() + " " + draw.token(4), draw.word()
    wanted = made(api, title=f"Call {word.upper()} back", status="doing", assignee=assignee)
    made(api, title=f"Call {word} back", status="todo", assignee=assignee)
    made(api, title=f"Call {draw.word()} back", status="doing", assignee=assignee)
    made(api, title=f"Call {word} back", status="doing")
    for filters, count in (
        ({"assignee": assignee}, 3),
        ({"q": word}, 3),
        ({"assignee": assignee, "status": "doing", "q": word}, 1),
    ):
        answer = api.get("/tasks", params=filters).status_is(200).field_is("next", None)
        items = answer.field("items", list)
        expect(len(items) == count, f"{count} tasks", f"{len(items)} tasks")
    is_task(answer, wanted, "items.0.")


def test_put_replaces(api, draw):
    """PUT replaces: fields that are not sent go back to their defaults."""
    task = made(api, title=draw.words(), status="doing", priority=5, assignee=draw.name())
    title = draw.words()
    replaced = {"id": task["id"], "title": title, "status": "todo", "priority": 3, "assignee": None}
    for _ in range(2):
        is_task(api.put(path_of(task), json={"title": title}).status_is(200), replaced)
    is_task(api.get(path_of(task)).status_is(200), replaced)


def test_patch_null(api, draw):
    """PATCH with null takes the assignee away."""
    task = made(api, title=draw.words(), priority=2, assignee=draw.name())
    freed = {**task, "assignee": None}
    is_task(api.patch(path_of(task), json={"assignee": None}).status_is(200), freed)
    is_task(api.get(path_of(task)).status_is(200), freed)


def test_all_or_nothing(api, draw):
    """A refused PATCH or PUT changes nothing, not even its right fields."""
    task = made(api, title=draw.words(), status="doing", priority=4, assignee=draw.name())
    is_refused(api.patch(path_of(task), json={"status": "done", "priority": 6}), "priority")
    is_refused(api.put(path_of(task), json={"status": "done", "priority": 1}), "title")
    is_task(api.get(path_of(task)).status_is(200), task)


def test_every_wrong_field(api, draw):
    """All wrong fields are named at once, unknown ones among them."""
    wrong = {"title": " ", "status": draw.word(), "priority": 0, "assignee": "", "id": 7, "dueDate": "2030-01-01"}
    is_refused(api.post("/tasks", json=wrong), *wrong)
    is_refused(api.post("/tasks", json={"priority": 2, "titel": draw.words()}), "title", "titel")


def test_types(api, draw):
    """Values of another type are refused: a text, 2.5 and true are no priority."""
    for wrong in ("3", 2.5, True, None, [3]):
        is_refused(api.post("/tasks", json={"title": draw.words(), "priority": wrong}), "priority")
    for wrong in (7, None, [draw.word()]):
        is_refused(api.post("/tasks", json={"title": wrong}), "title")
    is_refused(api.post("/tasks", json={"title": draw.words(), "assignee": 7, "status": None}), "assignee", "status")


def test_edges(api, draw):
    """A title has up to 100 characters, a priority is from 1 to 5: both ends hold."""
    long = (draw.words(12) + " é" * 50)[:99] + "é"
    task = made(api, title=long, priority=1, assignee="é" * 50)
    is_task(api.get(path_of(task)).status_is(200), {**task, "title": long, "priority": 1, "assignee": "é" * 50})
    made(api, title="é", priority=5)
    wrong = {"title": long + "x", "priority": 6, "assignee": "é" * 51}
    is_refused(api.post("/tasks", json=wrong), *wrong)


def test_malformed(api, draw):
    """A body that is no JSON object gets 400, and nothing breaks."""
    task = made(api, title=draw.words())
    json_type = {"Content-Type": "application/json"}
    for body in ("", '{"title": ', f"title={draw.word()}", '["a", "list"]', '"a text"', "null"):
        answer = api.post("/tasks", body=body, headers=json_type).status_is(400)
        answer.field_is("error", "malformed_json")
    api.patch(path_of(task), body="{status: done}", headers=json_type).status_is(400)
    is_task(api.get(path_of(task)).status_is(200), task)


def test_content_type(api, draw):
    """A body of another content type gets 415; a charset after the right one is fine."""
    title = draw.words()
    body = f'{{"title": "{title}"}}'
    task = api.post("/tasks", body=body, headers={"Content-Type": "application/json; charset=utf-8"})
    task.status_is(201).field_is("title", title)
    for wrong in ("text/plain", "application/x-www-form-urlencoded"):
        answer = api.post("/tasks", body=body, headers={"Content-Type": wrong})
        answer.status_is(415).field_is("error", "unsupported_media_type")
    answer = api.put(path_of(task.object()), body=body, headers={"Content-Type": "text/plain"})
    answer.status_is(415).field_is("error", "unsupported_media_type")


def test_unknown_ids(api, draw):
    """An id that no task has gets 404 on every method, whatever it looks like."""
    api.get(path_of(made(api, title=draw.words()))).status_is(200)
    for key in ("0", "-1", "1.5", draw.word(), "9" * 30, "00000000-0000-4000-8000-000000000000"):
        api.get(f"/tasks/{key}").status_is(404).type_is("application/json").field_is("error", "not_found")
    for key in (draw.word(), "9" * 30):
        api.put(f"/tasks/{key}", json={"title": "x"}).status_is(404).field_is("error", "not_found")
        api.patch(f"/tasks/{key}", json={"title": "x"}).status_is(404).field_is("error", "not_found")
        api.delete(f"/tasks/{key}").status_is(404).field_is("error", "not_found")


def test_methods(api, draw):
    """A method that a path does not know gets 405, and Allow names the others."""
    task = made(api, title=draw.words())
    for method, path, known in (
        ("PATCH", "/tasks", BOARD_METHODS),
        ("DELETE", "/tasks", BOARD_METHODS),
        ("POST", path_of(task), TASK_METHODS),
    ):
        answer = api.send(method, path, json={}).status_is(405).field_is("error", "method_not_allowed")
        allowed = answer.header("Allow")
        expect(
            known <= {word.upper() for word in answer.words("Allow")},
            f"Allow: {', '.join(sorted(known))}",
            f"Allow: {allowed}",
        )


def test_delete_again(api, burst, draw):
    """A second DELETE answers 404. Of four at the same moment one gets 204."""
    task = made(api, title=draw.words())
    api.delete(path_of(task)).status_is(204)
    api.delete(path_of(task)).status_is(404).field_is("error", "not_found")
    for _ in range(2):
        path = path_of(made(api, title=draw.words()))
        answers = burst(4, lambda number, client, path=path: client.delete(path).status_is(204, 404))
        count = sum(answer.status == 204 for answer in answers)
        expect(count == 1, "one 204 and three 404", f"{count} times 204")


def test_ids_stay_unique(api, draw, memory):
    """The id of a deleted task is not given again."""
    gone = made(api, title=draw.words())
    api.delete(path_of(gone)).status_is(204)
    task = made(api, title=draw.words())
    expect(task["id"] != gone["id"], "an id that no task had before", f"the deleted task's id {gone['id']}")
    memory["gone"] = gone["id"]


def test_parallel_patches(api, burst, draw):
    """PATCH requests for different fields at the same moment all hold."""
    for _ in range(5):
        task = made(api, title=draw.words(), assignee=draw.name())
        parts = [{"title": draw.words()}, {"status": "done"}, {"priority": 5}, {"assignee": None}]
        burst(4, lambda n, client, p=parts, t=task: client.patch(path_of(t), json=p[n]).status_is(200))
        changed = {**task, **parts[0], **parts[1], **parts[2], **parts[3]}
        is_task(api.get(path_of(task)).status_is(200), changed)
