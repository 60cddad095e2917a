# mistake: Deleting a path deletes its blob even if another path has the same content.
# fails: one of two paths is deleted
class BlobStore:
    def __init__(self):
        self.content = {}
        self.stored = set()

    def put(self, path, digest):
        missing = digest not in self.stored
        old = self.content.get(path)
        if old is not None and old != digest:
            self.stored.discard(old)
        self.content[path] = digest
        self.stored.add(digest)
        return missing

    def delete(self, path):
        digest = self.content.pop(path, None)
        if digest not in self.stored:
            return False
        self.stored.remove(digest)
        return True

    def blobs(self):
        return len(self.stored)
