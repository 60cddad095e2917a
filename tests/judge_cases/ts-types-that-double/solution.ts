type Grow<T extends unknown[]> = T["length"] extends 5000 ? T : Grow<[...T, T]>;
const grown: Grow<[]> = [];
const f = (n: number): number => n + grown.length;
