class BlobStore:
    def __init__(self):
        self.content = {}
        self.users = {}

    def put(self, path, digest):
        missing = digest not in self.users
        if self.content.get(path) != digest:
            self.delete(path)
            self.content[path] = digest
            self.users[digest] = self.users.get(digest, 0) + 1
        return missing

    def delete(self, path):
        digest = self.content.pop(path, None)
        if digest is None:
            return False
        self.users[digest] -= 1
        if self.users[digest] > 0:
            return False
        del self.users[digest]
        return True

    def blobs(self):
        return len(self.users)
