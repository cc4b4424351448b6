import { checkGroups } from '../evaluations/view.ts';
import type { Evaluation, EvaluationCheck, Verdict } from '../gate/evaluation.ts';
import { table, widest } from './table.ts';
import { type Style, styled, type Terminal } from './terminal.ts';

const colours: Record<Verdict, Style> = { deny: 'red', error: 'magenta', pending: 'blue', warn: 'yellow', allow: 'green' };
const words: Record<Verdict, string> = {
  deny: 'DENY: not now',
  error: 'ERROR: not decided',
  pending: 'PENDING: evidence is on its way',
  warn: 'ALLOW, with warnings',
  allow: 'ALLOW',
};

const rows = (checks: readonly EvaluationCheck[], withRepair: boolean): readonly (readonly string[])[] =>
  checks.map(({ id, outcome, message, repair, waiver }) => [
    id,
    outcome,
    [message, ...(waiver ? [`Waived by ${waiver.id} until ${waiver.expires}.`] : []), ...(withRepair ? [repair] : [])].join('\n'),
  ]);

const section = (terminal: Terminal, title: string, checks: readonly EvaluationCheck[], withRepair: boolean): string =>
  checks.length === 0
    ? ''
    : `\n  ${styled(terminal, 'bold', title)}\n${table(terminal, rows(checks, withRepair), [
        widest(
          checks.map(({ id }) => id),
          30,
        ),
        8,
      ])}`;

/** What a person reads: the first line says what was not considered, then the verdict and why. */
export const evaluationSummary = (terminal: Terminal, evaluation: Evaluation, files: readonly string[]): string => {
  const { cluster, current, target, verdict, statements, policy, expiresAt, previous, plan } = evaluation;
  const groups = checkGroups(evaluation.checks);
  const facts = [
    ['Cluster', `${cluster.name}  Kubernetes ${current} → ${target}`],
    ['Verdict', styled(terminal, colours[verdict], words[verdict])],
    ['Why', evaluation.summary],
    ['Policy', `${policy.name}, sha256 ${policy.sha256.slice(0, 12)}`],
    ['Holds', `until ${expiresAt}`],
    [
      'Checks',
      `${groups.denying.length} deny, ${groups.warning.length} warn, ${groups.waived.length} waived, ${groups.fine.length} in order`,
    ],
    ...(plan.path.length > 2 ? [['Path', plan.path.join(' → ')]] : []),
  ];
  return [
    ...(statements[0] === undefined ? [] : [`\n${styled(terminal, 'yellow', statements[0])}\n`]),
    '\n',
    table(
      terminal,
      facts.map(([name, text]) => [styled(terminal, 'bold', name as string), text as string]),
      [8],
    ),
    section(terminal, 'What denies', groups.denying, true),
    section(terminal, 'What warns', groups.warning, false),
    section(terminal, 'Waived', groups.waived, false),
    ...(previous
      ? [
          `\n  ${styled(terminal, 'bold', `Since ${previous.id} (${previous.verdict})`)}\n`,
          table(
            terminal,
            (previous.changes.length > 0 ? previous.changes : ['Nothing changed.']).map((text) => ['-', text]),
            [1],
          ),
        ]
      : []),
    ...(statements.length > 1
      ? [
          `\n  ${styled(terminal, 'bold', 'Before you trust the verdict')}\n`,
          table(
            terminal,
            statements.slice(1).map((text) => ['-', text]),
            [1],
          ),
        ]
      : []),
    ...(files.length > 0 ? [`\n  ${styled(terminal, 'bold', 'Files')}\n${files.map((path) => `  ${path}\n`).join('')}`] : []),
  ].join('');
};
