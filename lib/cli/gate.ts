import { randomUUID } from 'node:crypto';
import manifest from '../../package.json' with { type: 'json' };
import { readText } from '../adapters/local/files.ts';
import { readWaivers } from '../adapters/local/waiver-file.ts';
import { makeRuleThread } from '../adapters/rules/rule-runner.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import type { EvaluationFormat } from '../evaluations/render.ts';
import { dataAsOf } from '../gate/data/as-of.ts';
import { Evaluation, isAllowed } from '../gate/evaluation.ts';
import type { CompiledPolicy } from '../gate/policy/compile.ts';
import { evaluateUpgrade, readTarget } from '../workflows/evaluate-upgrade.ts';
import type { Answer } from './answer.ts';
import { saveEvaluation } from './evaluation-folder.ts';
import { scansSeen } from './gate-evidence.ts';
import { evaluationSummary } from './gate-summary.ts';
import { readPolicy } from './policy-source.ts';
import { type ConnectionFlags, openCluster } from './ports.ts';
import { showProgress } from './progress.ts';
import type { Terminal } from './terminal.ts';

export interface GateFlags extends ConnectionFlags {
  readonly to: string;
  readonly policy?: string;
  readonly reports?: string;
  readonly waivers?: string;
  readonly previous?: string;
  readonly out?: string;
  readonly format: readonly EvaluationFormat[];
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly helmReleases?: boolean;
}

/** The policy that is asked for, or the built-in one that fits what evidence there is. */
const policyOf = ({ policy, reports }: GateFlags): Promise<Result<CompiledPolicy>> =>
  readPolicy(policy ?? (reports === undefined ? 'live-facts' : 'default'));

const previousOf = async (path: string | undefined): Promise<Result<Evaluation | undefined>> => {
  if (path === undefined) return succeed(undefined);
  const text = await readText(path, 'the previous evaluation');
  if (!text.ok) return text;
  try {
    return succeed(Evaluation.parse(JSON.parse(text.value)));
  } catch {
    return failed('input-invalid', `${path} is no evaluation of this version of Gatehouse; name the evaluation.json that the gate wrote.`);
  }
};

/** `gatehouse gate`: may this cluster go to that version now? Exit status 0 for allow and warn, 1 for deny, 2 when it could not be decided. */
export const gateCommand = async (flags: GateFlags, terminal: Terminal): Promise<Answer> => {
  const target = readTarget(flags.to);
  if (!target.ok) return target;
  const policy = await policyOf(flags);
  if (!policy.ok) return policy;
  const waivers = flags.waivers === undefined ? succeed([]) : await readWaivers(flags.waivers);
  if (!waivers.ok) return waivers;
  const previous = await previousOf(flags.previous);
  if (!previous.ok) return previous;
  const opened = await openCluster(flags, terminal);
  if (!opened.ok) return opened;
  const display = showProgress(terminal, flags.quiet === true || flags.json === true);
  const thread = makeRuleThread();
  try {
    const evaluated = await evaluateUpgrade(
      flags.to,
      flags.clusterName,
      async (cluster) => {
        const scans = flags.reports === undefined ? succeed([]) : await scansSeen(flags.reports, cluster.id);
        if (!scans.ok) return scans;
        return succeed({
          id: `evl-${randomUUID()}`,
          target: flags.to,
          policy: policy.value,
          scans: scans.value,
          waivers: waivers.value,
          overrides: [],
          previous: previous.value,
          tool: { name: 'gatehouse' as const, version: manifest.version, dataAsOf },
          helmReleases: flags.helmReleases === true,
        });
      },
      { ...opened.value.ports, progress: display.show },
      thread.run,
    );
    display.end();
    if (!evaluated.ok) return evaluated;
    const { evaluation } = evaluated.value;
    const files = flags.out === undefined ? succeed([]) : await saveEvaluation(flags.out, evaluated.value, flags.format);
    if (!files.ok) return files;
    if (flags.json) terminal.out(`${JSON.stringify(evaluation, null, 2)}\n`);
    else if (!flags.quiet) terminal.out(evaluationSummary(terminal, evaluation, files.value));
    return { exit: isAllowed(evaluation.verdict) ? 0 : evaluation.verdict === 'deny' ? 1 : 2 };
  } finally {
    display.end();
    opened.value.close();
    await thread.close();
  }
};
