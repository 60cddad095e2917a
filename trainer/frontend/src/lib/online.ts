// Parts of a page that are fetched later, when the line may be down.

/** What `load` gives. Where it cannot be fetched it is tried again when the line is back. */
export async function whenOnline<Part>(load: () => Promise<Part>): Promise<Part> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((back) => window.addEventListener("online", back, { once: true }));
    }
  }
}
