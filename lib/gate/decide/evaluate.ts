import type { Failure } from '../../core/failure.ts';
import { readGateVersion } from '../../core/gate/index.ts';
import { gateChecks } from '../checks/index.ts';
import type { Evaluation } from '../evaluation.ts';
import { concernsCluster } from '../policy/compile.ts';
import { documentOf } from '../policy/document.ts';
import type { RuleRunner } from '../policy/run-rules.ts';
import { runChecks } from '../run-checks.ts';
import { decide, type Judgement, judgeBeforeRules } from './decide.ts';

/** A judgement before its checks were made. */
export type Question = Omit<Judgement, 'checked'> & {
  /** Tags of the cluster; none for one that is not registered. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
};

/** What of a question an answer needs that could not be made. */
export type Unanswered = Pick<
  Judgement,
  'id' | 'policyVersion' | 'current' | 'target' | 'requestedBy' | 'source' | 'previous' | 'tool' | 'now'
> & {
  readonly cluster: { readonly id: string; readonly name: string };
  readonly policy: Evaluation['policy'];
};

/** The answer when the evaluation itself could not be made: verdict `error`, never allowed. */
export const couldNotEvaluate = (question: Unanswered, failure: Pick<Failure, 'say'>): Evaluation => {
  const { id, current, target, requestedBy, source, previous, tool, now, cluster, policy } = question;
  return {
    schemaVersion: '1',
    id,
    action: 'upgrade',
    cluster,
    current,
    target,
    policy,
    requestedBy,
    ...(source ? { source: { ...source } } : {}),
    evaluatedAt: now,
    expiresAt: now,
    verdict: 'error',
    allowed: false,
    summary: `Not evaluated (${current} to ${target}). ${failure.say}`,
    statements: ['Nothing was judged: the evaluation itself could not be made.'],
    checks: [],
    evidence: [],
    evidenceHash: '',
    plan: { path: [], inPlace: [], repave: [] },
    previous: previous
      ? {
          id: previous.id,
          verdict: previous.verdict,
          changes:
            previous.verdict === 'error'
              ? ['Nothing was judged this time either.']
              : [`The verdict is error now and was ${previous.verdict}.`],
        }
      : null,
    tool,
  };
};

/** Runs every check, asks the rules, and decides. `rules` computes the rules of the policy: here, or in a thread that can be killed. */
export const evaluate = async (question: Question, rules: RuleRunner): Promise<Evaluation> => {
  const { policy, facts, current, target, tags = {}, requestedBy, source, previous, now } = question;
  const cluster = { id: facts.cluster.id, name: facts.cluster.name };
  const cannot = (say: string): Evaluation =>
    couldNotEvaluate({ ...question, cluster, policy: { name: policy.policy.metadata.name, sha256: policy.sha256 } }, { say });
  const [from, to] = [readGateVersion(current), readGateVersion(target)];
  if (!from || !to) return cannot(`"${from ? target : current}" is no version such as v1.36.3.`);
  if (!concernsCluster(policy.policy, { name: cluster.name, tags }))
    return cannot(`The policy ${policy.policy.metadata.name} is not about the cluster ${cluster.name}; ask with one that is.`);
  const checked = runChecks(gateChecks, facts, { current: from, target: to, supportWindow: policy.policy.spec.supportWindow });
  const judgement: Judgement = { ...question, checked };
  const before = judgeBeforeRules(judgement);
  const answers =
    policy.validations.length === 0
      ? []
      : await rules(
          policy,
          documentOf({ facts, tags, current, target, checks: before.checks, scans: before.scans, requestedBy, source, previous, now }),
        );
  return decide(judgement, answers);
};
