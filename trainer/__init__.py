"""The trainer: a Flask app where one practises backend interviews against a machine that judges honestly."""
