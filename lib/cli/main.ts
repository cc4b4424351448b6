import { runInNewContext } from 'node:vm';
import manifest from '../../package.json' with { type: 'json' };
import { runProgram } from './program.ts';
import type { ExitStatus, Terminal } from './terminal.ts';

/** Node hides its garbage collector until it is asked for; `bin/gatehouse.ts` asks, and contexts made after that have it. */
const collectGarbage = (): void => {
  const collect: unknown = runInNewContext('globalThis.gc');
  if (typeof collect === 'function') collect();
};

/** The real terminal. A first Ctrl-C or SIGTERM aborts the command, which then cleans up; a second one ends the process at once. */
const realTerminal = (signal: AbortSignal): Terminal => ({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  drawsBars: process.stderr.isTTY === true && process.env.CI === undefined && process.env.TERM !== 'dumb',
  hasColour: process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb',
  columns: process.stdout.columns ?? 120,
  env: process.env,
  signal,
  now: () => new Date().toISOString(),
  freeMemory: collectGarbage,
});

/** Runs the command line and answers the exit status. */
export const main = async (argv: readonly string[]): Promise<ExitStatus> => {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => {
      process.stderr.write('\nStopping; what the scan started is removed first. Press Ctrl-C again to leave at once.\n');
      controller.abort();
      process.once(name, () => process.exit(130));
    });
  // `gatehouse … | head` closes our output early; that is the reader's right, not an error
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
  try {
    return await runProgram(argv, manifest.version, realTerminal(controller.signal));
  } catch (error) {
    // a defect of ours must not look like findings (1) or a clean end (0)
    process.stderr.write(
      `gatehouse: this is a defect of Gatehouse; please report it with what follows.\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return 2;
  }
};
