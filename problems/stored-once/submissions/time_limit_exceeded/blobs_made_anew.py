# mistake: `blobs` makes a set of all contents each time: O(paths) per call.
# fails: 30,000 paths, counted again and again
class BlobStore:
    def __init__(self):
        self.content = {}
        self.users = {}

    def put(self, path, digest):
        missing = not self.users.get(digest)
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
        return len(set(self.content.values()))
