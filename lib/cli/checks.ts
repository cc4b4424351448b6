import { failed } from '../core/failure.ts';
import { frameworks } from '../frameworks/index.ts';
import { type CatalogueEntry, catalogue, type ExposureEntry, exposureCatalogue } from '../workflows/catalogue.ts';
import type { Answer } from './answer.ts';
import { table, widest } from './table.ts';
import { styled, type Terminal } from './terminal.ts';

/** Kinds of scan that have a catalogue. */
export type CatalogueKind = 'configuration' | 'penetration';

export interface ChecksFlags {
  readonly json?: boolean;
  readonly benchmark: string;
  readonly kind: readonly CatalogueKind[];
}

type Row = readonly [rows: string, id: string, severity: string, what: string];

const print = (terminal: Terminal, head: Row, rows: readonly Row[]): void =>
  terminal.out(
    table(
      terminal,
      [head.map((text) => styled(terminal, 'bold', text)), ...rows],
      [
        widest(
          rows.map(([ids]) => ids),
          13,
        ),
        widest(
          rows.map(([, id]) => id),
          50,
        ),
        8,
      ],
    ),
  );

const checkRow =
  (benchmark: string) =>
  ({ id, title, severity, decides, evidence, controls }: CatalogueEntry): Row => [
    controls.find(({ version }) => version === benchmark)?.ids.join(' ') ?? '-',
    id,
    severity,
    `${title} (${evidence.join(', ')}${decides ? '' : '; a person decides'})`,
  ];

const exposureRow = ({ id, title, severity, covers, intrusiveness, lookAt }: ExposureEntry): Row => [
  covers.join(' '),
  id,
  severity,
  `${title} (${intrusiveness ?? 'API'}${lookAt === undefined ? '' : '; a person decides'})`,
];

/** `gatehouse checks` */
export const checksCommand = async ({ json, benchmark, kind }: ChecksFlags, terminal: Terminal): Promise<Answer> => {
  const versions = frameworks.map(({ version }) => version);
  if (!versions.includes(benchmark))
    return failed('input-invalid', `There is no benchmark ${benchmark} here; choose one of ${versions.join(', ')}.`);
  const entries = { configuration: catalogue, penetration: exposureCatalogue };
  if (json) {
    const all = kind.flatMap((one) => entries[one]().map((entry) => ({ kind: one, ...entry })));
    terminal.out(`${JSON.stringify(all, null, 2)}\n`);
    return { exit: 0 };
  }
  for (const one of kind) {
    if (kind.length > 1) terminal.out(`\n  ${styled(terminal, 'bold', `Kind ${one}`)}\n`);
    if (one === 'configuration')
      print(terminal, [benchmark, 'check', 'severity', 'what holds (kinds of evidence)'], catalogue().map(checkRow(benchmark)));
    else print(terminal, ['covers', 'probe', 'severity', 'what holds (how it looks)'], exposureCatalogue().map(exposureRow));
  }
  return { exit: 0 };
};
