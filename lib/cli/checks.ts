import { failed } from '../core/failure.ts';
import { frameworks } from '../frameworks/index.ts';
import { catalogue } from '../workflows/catalogue.ts';
import type { Answer } from './answer.ts';
import { table, widest } from './table.ts';
import { styled, type Terminal } from './terminal.ts';

export interface ChecksFlags {
  readonly json?: boolean;
  readonly benchmark: string;
}

/** `gatehouse checks` */
export const checksCommand = async ({ json, benchmark }: ChecksFlags, terminal: Terminal): Promise<Answer> => {
  const versions = frameworks.map(({ version }) => version);
  if (!versions.includes(benchmark))
    return failed('input-invalid', `There is no benchmark ${benchmark} here; choose one of ${versions.join(', ')}.`);
  const entries = catalogue();
  if (json) {
    terminal.out(`${JSON.stringify(entries, null, 2)}\n`);
    return { exit: 0 };
  }
  const rows = entries.map(({ id, title, severity, decides, evidence, controls }) => [
    controls.find(({ version }) => version === benchmark)?.ids.join(' ') ?? '-',
    id,
    severity,
    `${title} (${evidence.join(', ')}${decides ? '' : '; a person decides'})`,
  ]);
  const head = [benchmark, 'check', 'severity', 'what holds (kinds of evidence)'].map((text) => styled(terminal, 'bold', text));
  terminal.out(
    table(
      terminal,
      [head, ...rows],
      [
        widest(
          rows.map(([ids = '']) => ids),
          13,
        ),
        widest(
          entries.map(({ id }) => id),
          50,
        ),
        8,
      ],
    ),
  );
  return { exit: 0 };
};
