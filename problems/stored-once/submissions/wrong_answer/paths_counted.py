# mistake: `blobs` counts paths. Two paths with the same content have one blob.
# fails: one of two paths is deleted
class BlobStore:
    def __init__(self):
        self.content = {}
        self.users = {}

    def put(self, path, digest):
        missing = self.users.get(digest, 0) == 0
        if self.content.get(path) != digest:
            self.delete(path)
            self.content[path] = digest
            self.users[digest] = self.users.get(digest, 0) + 1
        return missing

    def delete(self, path):
        if path not in self.content:
            return False
        digest = self.content.pop(path)
        self.users[digest] -= 1
        return self.users[digest] == 0

    def blobs(self):
        return len(self.content)
