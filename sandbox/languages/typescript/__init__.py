"""TypeScript, as its folder brings it: see `sandbox.languages`."""
