class Log:
    def __init__(self, lines):
        self.lines = lines

    def add(self, line):
        self.lines.append(line)
        return len(self.lines) if line == "b" else line
