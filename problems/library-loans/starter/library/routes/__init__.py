"""One module a resource. A route reads the request, opens a transaction, calls a rule or a query, shapes the answer."""
