// mistake: A Set finds an array only if it is the very same one, so a new pair is never in it and nothing clashes.
// fails: one version each, the ends clash
function choose(versions, clashes) {
  const clashing = new Set(clashes);
  const chosen = [];

  function complete() {
    if (chosen.length === versions.length) {
      return true;
    }
    for (const version of versions[chosen.length]) {
      if (!chosen.some((other) => clashing.has([version, other]) || clashing.has([other, version]))) {
        chosen.push(version);
        if (complete()) {
          return true;
        }
        chosen.pop();
      }
    }
    return false;
  }

  return complete() ? chosen : null;
}
