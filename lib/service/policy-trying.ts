import { failed, type Result, succeed } from '../core/failure.ts';
import { timeOf } from '../core/time.ts';
import type { EvaluationRecord } from '../fleet/evaluation.ts';
import { builtInPolicy } from '../gate/policy/built-in/index.ts';
import type { CompiledPolicy } from '../gate/policy/compile.ts';
import { partitions } from '../records/index.ts';
import { readPastEvaluation, tryAgain, wasJudged } from '../workflows/evaluation-run/past-evaluation.ts';
import { isBuiltInPolicy } from '../workflows/evaluation-run/policy-for.ts';
import type { Call, ServicePorts } from './handler.ts';
import { needDocument } from './policy-storing.ts';

/** Clusters whose evaluations are looked for at most. */
const mostClusters = 500;
/** Evaluations of one cluster that are looked through at most: some were not decided, or never could be. */
const mostPerCluster = 200;
/** How long it goes on, in milliseconds: an answer is there before whoever waits gives up. */
const longest = 20_000;

type Trial = Call<'policies.test'>;

/** The policy that is meant: a document, a version, or the newest one. */
const policyOf = async (
  { records }: ServicePorts,
  { params: { projectId, policyName: name }, body }: Trial,
): Promise<Result<CompiledPolicy>> => {
  const { document, version } = body;
  if (document !== undefined) {
    const given = needDocument(document);
    if (!given.ok || given.value.policy.metadata.name === name) return given;
    return failed(
      'input-invalid',
      `The document is the policy "${given.value.policy.metadata.name}", not "${name}"; try it under its own name.`,
    );
  }
  if (isBuiltInPolicy(name))
    return version === undefined ? succeed(builtInPolicy(name)) : failed('not-found', `The built-in policy "${name}" has no versions.`);
  const head = await records.policies.need({ projectId, name });
  if (!head.ok) return head;
  const stored = await records.policyVersions.need({ projectId, name, version: version ?? head.value.value.latest });
  return stored.ok ? needDocument(stored.value.value.document) : stored;
};

/** The newest evaluations that can be made again. */
const newestOf = async ({ records }: ServicePorts, { params: { projectId }, body }: Trial): Promise<readonly EvaluationRecord[]> => {
  const { clusterId, evaluations: most } = body;
  const found: EvaluationRecord[] = [];
  const lookAt = async (id: string): Promise<void> => {
    const page = await records.evaluations.list({ ...partitions.evaluations(id), order: 'descending', limit: mostPerCluster });
    if (!page.ok) return;
    const judged = page.value.items.map(({ value }) => value).filter((one) => one.projectId === projectId && wasJudged(one));
    found.push(...judged.slice(0, most));
  };
  let looked = 0;
  if (clusterId !== undefined) await lookAt(clusterId);
  else
    for await (const { value } of records.clusters.all(partitions.clusters(projectId))) {
      if (value.state !== 'active') continue;
      await lookAt(value.id);
      if (++looked >= mostClusters) break;
    }
  return found.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, most);
};

/** Tries a policy against the newest evaluations, one after the other, so that only the facts of one are in memory. Rules run in the thread with its guards. */
export const tryPolicy = async (ports: ServicePorts, call: Trial) => {
  const {
    params: { projectId },
    body,
    caller,
  } = call;
  if (!caller.grants.may('upgrade.get', projectId))
    return failed('permission-missing', 'Past evaluations are shown to who has the permission `upgrade.get`; ask for it.', 'upgrade.get');
  if (body.clusterId !== undefined) {
    const cluster = await ports.records.clusters.need({ projectId, clusterId: body.clusterId });
    if (!cluster.ok) return cluster;
  }
  const policy = await policyOf(ports, call);
  if (!policy.ok) return policy;
  const until = timeOf(ports.clock.now()) + longest;
  const items = [];
  const records = await newestOf(ports, call);
  for (const record of records) {
    if (timeOf(ports.clock.now()) > until) break;
    const past = await readPastEvaluation(ports.objects, record);
    if (!past.ok) continue;
    const tried = await tryAgain(policy.value, past.value, ports.rules);
    if (tried.ok) items.push({ ...tried.value, why: [...tried.value.why], evaluatedAt: past.value.evaluation.evaluatedAt });
  }
  return succeed({ body: { items, skipped: records.length - items.length }, target: `policies/${call.params.policyName}` });
};
