"""Reports in the background: what clients ask and are told. The work itself is done by worker.py."""

import os

from flask import Flask, jsonify, request

import jobs
from checks import Invalid, read_header, read_order_form
from worker import start_workers

app = Flask(__name__)


def error(status, code, message):
    return jsonify(error={"code": code, "message": message}), status


def shown(job):
    """A job as clients see it."""
    done, failed = job["state"] == "done", job["state"] == "failed"
    return {
        "id": str(job["id"]),
        "client": job["client"],
        "state": job["state"],
        "attempts": job["attempts"],
        "number": job["number"],
        "result": job["result"] if done else None,
        "error": job["error"] if failed else None,
    }


@app.post("/reports")
def post_report():
    client = read_header(request.headers, "X-Client")
    key = read_header(request.headers, "Idempotency-Key")
    form = read_order_form(request.get_json(silent=True))
    job, is_new = jobs.add(client, key, form)
    if job["form"] != form:
        return error(409, "key_reused", "This key came with another body before.")
    return shown(job), 202 if is_new else 200, {"Location": f"/reports/{job['id']}"}


@app.get("/reports/<int:job_id>")
def get_report(job_id):
    job = jobs.find(job_id)
    return shown(job) if job else not_found()


@app.post("/reports/<int:job_id>/cancel")
def cancel_report(job_id):
    cancelled = jobs.cancel(job_id)
    job = cancelled or jobs.find(job_id)
    if job is None:
        return not_found()
    if job["state"] != "cancelled":
        return error(409, "not_cancellable", f"This report is {job['state']}.")
    return shown(job)


@app.get("/queue")
def get_queue():
    return jobs.count()


@app.errorhandler(Invalid)
def invalid(reason):
    return error(400, "invalid_request", str(reason))


@app.errorhandler(404)
def not_found(_=None):
    return error(404, "not_found", "There is no such thing.")


if __name__ == "__main__":
    jobs.prepare()
    start_workers(int(os.environ["WORKERS"]))
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)
