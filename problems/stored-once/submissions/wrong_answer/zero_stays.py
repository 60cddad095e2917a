# mistake: A blob without users stays in the dictionary with a zero. It is still counted, and nobody uploads its content again.
# fails: one path, put and deleted
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
        return self.users[digest] == 0

    def blobs(self):
        return len(self.users)
