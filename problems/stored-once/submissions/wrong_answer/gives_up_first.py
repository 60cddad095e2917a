# mistake: The old content is given up before the question is asked, so the only path of a blob has to upload what it has already.
# fails: the only path gets the same content again
class BlobStore:
    def __init__(self):
        self.content = {}
        self.users = {}

    def put(self, path, digest):
        self.delete(path)
        missing = digest not in self.users
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
