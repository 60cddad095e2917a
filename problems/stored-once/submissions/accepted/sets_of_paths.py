from collections import defaultdict


class BlobStore:
    def __init__(self):
        self.content = {}
        self.paths = defaultdict(set)
        self.stored = 0

    def put(self, path, digest):
        missing = not self.paths[digest]
        self.paths[digest].add(path)
        self.stored += missing
        old = self.content.get(path, digest)
        self.content[path] = digest
        if old != digest:
            self._leave(path, old)
        return missing

    def delete(self, path):
        return path in self.content and self._leave(path, self.content.pop(path))

    def blobs(self):
        return self.stored

    def _leave(self, path, digest):
        self.paths[digest].remove(path)
        gone = not self.paths[digest]
        if gone:
            del self.paths[digest]
            self.stored -= 1
        return gone
