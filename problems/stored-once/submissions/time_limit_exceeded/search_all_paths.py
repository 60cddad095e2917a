# mistake: Each call looks through the contents of all paths: O(paths) per call.
# fails: 30,000 paths, then each gets a new content
class BlobStore:
    def __init__(self):
        self.content = {}

    def put(self, path, digest):
        missing = digest not in self.content.values()
        self.content[path] = digest
        return missing

    def delete(self, path):
        digest = self.content.pop(path, None)
        return digest is not None and digest not in self.content.values()

    def blobs(self):
        return len(set(self.content.values()))
