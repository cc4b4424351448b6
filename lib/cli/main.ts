import { runInNewContext } from 'node:vm';
import manifest from '../../package.json' with { type: 'json' };
import { fileTrouble } from '../adapters/local/files.ts';
import { runProgram } from './program.ts';
import { readInput } from './read-input.ts';
import type { ExitStatus, Terminal } from './terminal.ts';

/** Node hides its garbage collector until it is asked for; `bin/gatehouse.ts` asks, and contexts made after that have it. */
const collectGarbage = (): void => {
  const collect: unknown = runInNewContext('globalThis.gc');
  if (typeof collect === 'function') collect();
};

/**
 * A reader may close our output early (`gatehouse … | head`): that is no error, the command goes on and ends with the exit status it deserves. Output that cannot be
 * written for another reason, such as a full disk, is one.
 */
const watchOutput = (): { isGone(): boolean } => {
  let gone = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (gone) return;
    gone = true;
    if (error.code === 'EPIPE') return;
    process.stderr.write(`gatehouse: Cannot write to standard output: ${fileTrouble(error)}.\n`);
    process.once('exit', () => {
      process.exitCode = 2;
    });
  });
  // complaints that nobody wants to read are no reason to stop
  process.stderr.on('error', () => undefined);
  return { isGone: () => gone };
};

/** The real terminal. A first Ctrl-C or SIGTERM aborts the command, which then cleans up; a second one ends the process at once. */
const realTerminal = (signal: AbortSignal, isGone: () => boolean): Terminal => ({
  out: (text) => {
    if (!isGone()) process.stdout.write(text);
  },
  err: (text) => void process.stderr.write(text),
  drawsBars: process.stderr.isTTY === true && process.env.CI === undefined && process.env.TERM !== 'dumb',
  hasColour: process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb',
  columns: process.stdout.columns ?? 120,
  env: process.env,
  signal,
  now: () => new Date().toISOString(),
  readInput,
  freeMemory: collectGarbage,
});

/** Commands that may have started something in a cluster by themselves; the others leave that to a service. */
const cleansUp: readonly (string | undefined)[] = ['scan', 'record', 'doctor', 'clean-up'];

/** Runs the command line and answers the exit status. */
export const main = async (argv: readonly string[]): Promise<ExitStatus> => {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => {
      const first = cleansUp.includes(argv[0]) ? '; what was started in the cluster is removed first' : '';
      process.stderr.write(`\nStopping${first}. Press Ctrl-C again to leave at once.\n`);
      controller.abort();
      process.once(name, () => process.exit(130));
    });
  const { isGone } = watchOutput();
  try {
    return await runProgram(argv, manifest.version, realTerminal(controller.signal, isGone));
  } catch (error) {
    // a defect of ours must not look like findings (1) or a clean end (0)
    process.stderr.write(
      `gatehouse: this is a defect of Gatehouse; please report it with what follows.\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return 2;
  }
};
