import { nodeFactsHome } from '../scanners/configuration/index.ts';
import { sweepConformance } from '../scanners/conformance/index.ts';
import { probeHome } from '../scanners/penetration/index.ts';
import { sweepLeftovers } from '../scanners/pods/sweep.ts';
import type { Answer } from './answer.ts';
import { type ConnectionFlags, openCluster } from './ports.ts';
import type { Terminal } from './terminal.ts';

export interface CleanUpFlags extends ConnectionFlags {
  readonly all?: boolean;
}

/** `gatehouse clean-up` */
export const cleanUpCommand = async (flags: CleanUpFlags, terminal: Terminal): Promise<Answer> => {
  const opened = await openCluster(flags, terminal);
  if (!opened.ok) return opened;
  const { ports, close } = opened.value;
  try {
    const said: string[] = [];
    for (const home of [nodeFactsHome, probeHome]) {
      const swept = await sweepLeftovers({ home, access: ports.access, all: flags.all === true, now: ports.now, sleep: ports.sleep });
      if (!swept.ok) return swept;
      said.push(...swept.value);
    }
    const suite = await sweepConformance({ access: ports.access, all: flags.all === true, now: ports.now, sleep: ports.sleep });
    if (!suite.ok) return suite;
    said.push(...suite.value);
    terminal.out(said.length > 0 ? `${said.join('\n')}\n` : 'Nothing was left behind.\n');
    return { exit: 0 };
  } finally {
    close();
  }
};
