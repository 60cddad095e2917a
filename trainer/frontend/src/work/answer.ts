// What one answers with: an editor, or a sheet of questions. Drafts, submissions and results know only this of it.

export interface Actions {
  submit: () => void;
  run: () => void;
  save: () => void;
  changed: () => void;
}

export interface Answer {
  /** What is sent and kept. To set it replaces what was entered. */
  source: string;
  /** A source as people read it, in lines; without it the source is read as it is. */
  words?(source: string): string;
  /** Results are on the page; a line of the source may be at fault. */
  flag(line: number | null): void;
  focus(): void;
  /** A result has just come: show of the answer what is worth a look. */
  judged?(): void;
  /** May a submission go out? Whoever forgot something is asked first. */
  asked?(): Promise<boolean>;
}
