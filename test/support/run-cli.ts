import { runProgram } from '../../lib/cli/program.ts';
import type { ExitStatus, Terminal } from '../../lib/cli/terminal.ts';

/** What a command line printed and ended with. */
export interface Ran {
  readonly exit: ExitStatus;
  readonly out: string;
  readonly err: string;
}

/** Runs the CLI in this process, as in a pipe: no colour, no bar. */
export const runCli = async (argv: readonly string[], change: Partial<Terminal> = {}): Promise<Ran> => {
  let out = '';
  let err = '';
  const terminal: Terminal = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    drawsBars: false,
    hasColour: false,
    columns: 120,
    env: {},
    signal: new AbortController().signal,
    now: () => '2026-11-25T08:00:00.000Z',
    ...change,
  };
  return { exit: await runProgram(argv, '0.0.0', terminal), out, err };
};
