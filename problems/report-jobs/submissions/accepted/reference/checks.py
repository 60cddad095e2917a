"""Reads what clients send, and says what is wrong with it."""

MOST_ORDERS = 1000
LONGEST = 100


class Invalid(Exception):
    """A request that makes no sense, in words for the client."""


def read_header(headers, name):
    text = headers.get(name, "")
    if not 1 <= len(text) <= LONGEST:
        raise Invalid(f"The header {name} is wanted, with 1 to {LONGEST} characters.")
    return text


def read_order_form(body):
    """Orders and settings of a report, with nothing else in them."""
    if not isinstance(body, dict):
        raise Invalid("A JSON object is wanted.")
    orders, simulate = body.get("orders"), body.get("simulate", {})
    if not isinstance(orders, list) or not 1 <= len(orders) <= MOST_ORDERS:
        raise Invalid(f"orders: a list of 1 to {MOST_ORDERS} orders is wanted.")
    if not isinstance(simulate, dict):
        raise Invalid("simulate: an object is wanted.")
    return {
        "orders": [read_order(order) for order in orders],
        "work_ms": read_count(simulate, "work_ms", 5000),
        "failures": read_count(simulate, "failures", 10),
    }


def read_order(order):
    if not isinstance(order, dict):
        raise Invalid("orders: each order is an object.")
    customer, cents = order.get("customer"), order.get("cents")
    if not isinstance(customer, str) or not 1 <= len(customer) <= LONGEST or "\0" in customer:
        raise Invalid(f"customer: a text of 1 to {LONGEST} characters is wanted.")
    if not is_whole(cents):
        raise Invalid("cents: a whole number is wanted.")
    return {"customer": customer, "cents": cents}


def read_count(values, name, most):
    value = values.get(name, 0)
    if not is_whole(value) or not 0 <= value <= most:
        raise Invalid(f"{name}: a whole number from 0 to {most} is wanted.")
    return value


def is_whole(value):
    return isinstance(value, int) and not isinstance(value, bool)
