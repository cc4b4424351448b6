import { join } from 'node:path';
import { writeTogether } from '../adapters/local/files.ts';
import { readFonts } from '../adapters/local/report-fonts.ts';
import { succeed } from '../core/failure.ts';
import { isAtLeast, type Severity } from '../core/outcome.ts';
import { compare } from '../reports/compare.ts';
import type { Comparison } from '../reports/comparison.ts';
import { type ComparisonFormat, comparisonFileNames, renderComparison } from '../reports/renderers/comparison.ts';
import type { Answer } from './answer.ts';
import { comparisonTable } from './changes.ts';
import { readReport } from './report-folder.ts';
import type { Terminal } from './terminal.ts';

export interface CompareFlags {
  readonly base: string;
  readonly head: string;
  readonly json?: boolean;
  readonly out?: string;
  readonly format: readonly ComparisonFormat[];
  readonly failOnNew?: Severity;
}

const save = async (folder: string, comparison: Comparison, wanted: readonly ComparisonFormat[]) => {
  const fonts = await readFonts();
  const files = await Promise.all(
    wanted.map(async (format) => ({
      name: comparisonFileNames[format],
      content: await renderComparison(format, comparison, { fonts }),
    })),
  );
  const written = await writeTogether(folder, files);
  return written.ok ? succeed(files.map(({ name }) => join(folder, name))) : written;
};

/** `gatehouse compare` */
export const compareCommand = async (flags: CompareFlags, terminal: Terminal): Promise<Answer> => {
  const base = await readReport(flags.base, 'the base report');
  if (!base.ok) return base;
  const head = await readReport(flags.head, 'the head report');
  if (!head.ok) return head;
  const comparison = compare(base.value, head.value);
  if (!comparison.ok) return comparison;
  const files = flags.out === undefined ? succeed([]) : await save(flags.out, comparison.value, flags.format);
  if (!files.ok) return files;
  if (flags.json) terminal.out(`${JSON.stringify(comparison.value, null, 2)}\n`);
  else terminal.out(`${comparisonTable(terminal, comparison.value)}${files.value.map((path) => `  ${path}\n`).join('')}`);
  const { failOnNew } = flags;
  const isWorse =
    failOnNew !== undefined && comparison.value.new.some(({ severity, head: now }) => isAtLeast(severity, failOnNew) && !now?.waiver);
  return { exit: isWorse ? 1 : 0 };
};
