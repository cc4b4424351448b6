/** Where a command writes and what it knows of its surroundings; tests hand in their own. */
export interface Terminal {
  /** Standard output: what the user asked for. */
  out(text: string): void;
  /** Standard error: progress and complaints. */
  err(text: string): void;
  /** Whether standard error is a terminal that can draw a bar. */
  readonly drawsBars: boolean;
  /** Whether standard output may carry colour. */
  readonly hasColour: boolean;
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** Current time, ISO 8601. */
  now(): string;
  /** What comes in on standard input; in a terminal the person is asked `question`, and what is typed is not shown. At most 64 KiB. */
  readInput?(question: string): Promise<string>;
  /** Gives back memory that is no longer needed; called between the steps of a scan, so that a large cluster needs less of it. */
  freeMemory?(): void;
}

/** What ends a command: 0 good, 1 something failed the threshold, 2 could not do it, 130 cancelled. */
export type ExitStatus = 0 | 1 | 2 | 130;

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const;
export type Style = keyof typeof codes;

/** Text in a style, where the terminal has colour. */
export const styled = ({ hasColour }: Pick<Terminal, 'hasColour'>, style: Style, text: string): string =>
  hasColour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
