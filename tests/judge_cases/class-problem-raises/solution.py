class Log:
    def __init__(self, lines):
        self.lines = {}

    def add(self, line):
        return self.lines[line]
