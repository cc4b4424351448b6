import type { TriedEvaluation } from '../gate/decide/policy-test.ts';
import { table, widest } from './table.ts';
import { type Style, styled, type Terminal } from './terminal.ts';

const colours: Readonly<Record<TriedEvaluation['after'], Style>> = {
  deny: 'red',
  error: 'magenta',
  pending: 'blue',
  warn: 'yellow',
  allow: 'green',
  'not-concerned': 'dim',
};

/** Reasons that are named of one evaluation: a policy that asks other checks changes dozens of them. */
const mostReasons = 12;

const reasonsOf = (terminal: Terminal, { id, why }: TriedEvaluation): string => {
  const more = why.length > mostReasons ? [`and ${why.length - mostReasons} more; --json names all of them`] : [];
  const lines = [...why.slice(0, mostReasons), ...more];
  return `\n  ${styled(terminal, 'bold', id)}\n${table(
    terminal,
    lines.map((text) => ['-', text]),
    [1],
  )}`;
};

/** What another policy would have decided: a line per evaluation, why below where the verdict changes, and how many there were. */
export const triedText = (terminal: Terminal, tried: readonly TriedEvaluation[]): string => {
  const changed = tried.filter(({ changes }) => changes);
  const rows = tried.map(({ id, cluster, target, before, after }) => [
    id,
    cluster,
    target,
    before,
    styled(terminal, colours[after], after),
  ]);
  const head = ['evaluation', 'cluster', 'target', 'before', 'after'];
  const width = (column: number, most: number): number =>
    widest(
      [head, ...rows].map((row) => row[column] ?? ''),
      most,
    );
  const list = table(
    terminal,
    [head.map((title) => styled(terminal, 'bold', title)), ...rows],
    [width(0, 42), width(1, 30), width(2, 20), 7],
  );
  const sum =
    changed.length === 0
      ? `No verdict of ${tried.length} would be another.`
      : `${changed.length} of ${tried.length} verdict${tried.length === 1 ? '' : 's'} would be another.`;
  return `${list}${changed.map((one) => reasonsOf(terminal, one)).join('')}\n  ${sum}\n`;
};
