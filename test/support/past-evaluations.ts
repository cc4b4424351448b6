import { gzipSync } from 'node:zlib';
import type { EvaluationRecord } from '../../lib/fleet/evaluation.ts';
import { gateChecks } from '../../lib/gate/checks/index.ts';
import { evaluate } from '../../lib/gate/decide/evaluate.ts';
import type { PastEvaluation } from '../../lib/gate/decide/policy-test.ts';
import { runRulesHere } from '../../lib/gate/policy/run-rules.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import type { Records } from '../../lib/records/index.ts';
import { must } from './answers.ts';
import { facts, judgementOf, policyOf } from './judgement.ts';

// Evaluations that were really made, over the small facts of test/support/judgement.ts, and their files as a run stores them.

const ids = gateChecks.map(({ id }) => id);
/** A policy for tests, over all checks there are. */
export const realPolicy = (spec: string) => policyOf(spec, ids);

/** An evaluation of the cluster `c-1`, from v1.35.4. */
export const pastEvaluation = async (id: string, target: string): Promise<PastEvaluation> => {
  const { checked: _, ...question } = judgementOf({ policy: realPolicy('  checks: {required: [path.minor-step]}\n'), target });
  const evaluation = await evaluate({ ...question, id }, runRulesHere);
  return { evaluation, facts, scans: [], waivers: [], overrides: [], tags: { env: 'prod' } };
};

/** What is stored beside the answer. */
export const judgedBytes = ({ evaluation: _, ...judged }: PastEvaluation): Uint8Array => gzipSync(JSON.stringify(judged));

/** The record of a decided evaluation, whose files are in the store. */
export const storeEvaluation = async (
  { records, objects }: { readonly records: Records; readonly objects: ObjectStore },
  past: PastEvaluation,
  of: { readonly projectId: string; readonly clusterId: string },
  change: Partial<EvaluationRecord> = {},
): Promise<EvaluationRecord> => {
  const { evaluation } = past;
  const keep = async (name: string, contentType: string, body: Uint8Array) => {
    const key = `projects/${of.projectId}/clusters/${of.clusterId}/evaluations/${evaluation.id}/${name}`;
    return { name, ...must(await objects.putIfAbsent(key, body, { contentType })) };
  };
  const artefacts = [
    await keep('judged.json.gz', 'application/gzip', judgedBytes(past)),
    await keep('evaluation.json', 'application/json', Buffer.from(JSON.stringify(evaluation))),
  ];
  const { verdict, allowed, summary, policy, evaluatedAt, expiresAt } = evaluation;
  const record: EvaluationRecord = {
    id: evaluation.id,
    ...of,
    clusterName: evaluation.cluster.name,
    state: 'decided',
    request: {
      cluster: evaluation.cluster.name,
      action: 'upgrade',
      target: { kubernetesVersion: evaluation.target },
      idempotencyKey: evaluation.id,
      source: { system: 'api' },
    },
    requestedBy: { type: 'person', id: 'usr-00000000000a', name: 'Person a' },
    requestedAt: evaluatedAt,
    verdict,
    allowed,
    summary,
    policy,
    evaluatedAt,
    expiresAt,
    artefacts,
    ...change,
  };
  must(await records.evaluations.create(record));
  return record;
};
