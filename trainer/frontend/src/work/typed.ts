// Every text on the page that is typed and kept, by its name: the answer by its language, boxes by theirs.

export const typed = new Map<string, () => string>();
