"""Ends what the trainer consists of by kill -9 while submissions are judged, and looks whether one is lost.

`python -m tests.chaos --rounds 10 --submissions 1000` needs root and Docker: the engine that it kills is one of its
own. It ends boxes, the engine and the one server, which has SQLite. With `--topology` it ends boxes, the engine, web
servers, workers, RabbitMQ and PostgreSQL, each alone or two at once. Each is started again; random moments come from a
seed that is printed.

It exits with 1 where a submission was lost or recorded twice, got a wrong verdict, or where a box, a namespace, a mount
or a process is left after a round.
"""
