import { SingleBar } from 'cli-progress';
import type { Progress } from '../workflows/progress.ts';
import type { Terminal } from './terminal.ts';

export interface ProgressDisplay {
  readonly show: Progress;
  /** Takes the bar away. */
  end(): void;
}

const bar = (): ProgressDisplay => {
  const single = new SingleBar({
    format: '{bar} {value}/{total} {doing}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  let started = false;
  return {
    show: ({ done, total, doing }) => {
      if (!started) single.start(total, done, { doing });
      started = true;
      single.setTotal(total);
      single.update(done, { doing });
    },
    end: () => {
      if (started) single.stop();
    },
  };
};

const lines = (terminal: Terminal): ProgressDisplay => {
  let last = '';
  return {
    show: ({ done, total, doing }) => {
      if (doing !== last && !terminal.signal.aborted) terminal.err(`[${done}/${total}] ${doing}\n`);
      last = doing;
    },
    end: () => undefined,
  };
};

const silent: ProgressDisplay = { show: () => undefined, end: () => undefined };

/** A bar in a terminal, plain lines in a pipe, nothing when quiet. */
export const showProgress = (terminal: Terminal, quiet: boolean): ProgressDisplay =>
  quiet ? silent : terminal.drawsBars ? bar() : lines(terminal);
