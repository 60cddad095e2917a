"""The service was killed once more. What was answered before must still hold."""

from suite import expect


def test_tasks_stay(api, draw, memory):
    """Tasks are there after a restart, and those deleted are not."""
    task = memory["first"]
    answer = api.get(f"/tasks/{task['id']}").status_is(200)
    for name in ("id", "title", "status", "priority", "assignee"):
        answer.field_is(name, task[name])
    api.get(f"/tasks/{memory['gone']}").status_is(404).field_is("error", "not_found")
    title = draw.words()
    api.patch(f"/tasks/{task['id']}", json={"title": title}).status_is(200).field_is("title", title)


def test_new_ids_after_a_restart(api, draw, memory):
    """A task made after a restart gets an id of its own and stands last."""
    before = {memory["gone"], memory["first"]["id"]}
    assignee = memory["assignee"]
    answer = api.post("/tasks", json={"title": draw.words(), "assignee": assignee}).status_is(201)
    task_id = answer.field("id")
    expect(task_id not in before, "an id that no task had before", f"the id {task_id} again")
    items = api.get("/tasks", params={"assignee": assignee}).status_is(200).field("items", list)
    found = [item["id"] for item in items]
    wanted = [*memory["order"], task_id]
    expect(found == wanted, f"tasks {wanted}", f"tasks {found}")
