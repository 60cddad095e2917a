"""Reports for clients. This version makes them while the client waits, and forgets them when it ends."""

import itertools
import os
import time

from flask import Flask, request

app = Flask(__name__)
numbers = itertools.count(1)
reports = {}


@app.post("/reports")
def post_report():
    body = request.get_json()
    time.sleep(body.get("simulate", {}).get("work_ms", 0) / 1000)  # the work takes this long
    totals = {}
    for order in body["orders"]:
        totals[order["customer"]] = totals.get(order["customer"], 0) + order["cents"]
    report_id = str(next(numbers))
    reports[report_id] = {"id": report_id, "state": "done", "result": {"totals": totals}}
    return reports[report_id], 201


@app.get("/reports/<report_id>")
def get_report(report_id):
    return reports[report_id]


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)
