import { failed, type Result, succeed } from '../../core/failure.ts';
import type { Cluster } from '../../fleet/cluster.ts';
import { isOther } from '../../fleet/cluster-rules.ts';
import type { EvaluationRecord } from '../../fleet/evaluation.ts';
import { activeWaivers } from '../../fleet/waiver-rules.ts';
import { dataAsOf } from '../../gate/data/as-of.ts';
import type { Evaluation } from '../../gate/evaluation.ts';
import { withYoungerEvidence } from '../../gate/policy/narrow.ts';
import { partitions } from '../../records/index.ts';
import type { Ask, UpgradeQuestion } from '../evaluate-upgrade.ts';
import { overridesFor } from './overrides-for.ts';
import { policyFor } from './policy-for.ts';
import type { EvaluationRunPorts } from './ports.ts';
import { scansSeenIn } from './scans-seen.ts';
import { readStoredEvaluation } from './store.ts';

type Ports = Pick<EvaluationRunPorts, 'records' | 'objects' | 'clock' | 'version'>;

/** Evaluations that are looked through at most for the one before. */
const mostLookedAt = 500;

/** The answer to the same question before this one: what changed since is part of the answer. */
const previousOf = async (ports: Ports, { id, clusterId, request }: EvaluationRecord): Promise<Evaluation | undefined> => {
  let looked = 0;
  for await (const { value } of ports.records.evaluations.all({ ...partitions.evaluations(clusterId), order: 'descending' })) {
    if (++looked > mostLookedAt) return undefined;
    const isSame = value.request.target.kubernetesVersion === request.target.kubernetesVersion;
    if (value.id < id && isSame && value.state === 'decided') return readStoredEvaluation(ports, value);
  }
  return undefined;
};

/** `team:shop` as rules of policies read it: a name and a value. */
export const tagsOf = (tags: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    tags.map((tag) => {
      const at = tag.indexOf(':');
      return at < 0 ? [tag, ''] : [tag.slice(0, at), tag.slice(at + 1)];
    }),
  );

const waiversOf = async ({ records, clock }: Ports, { projectId }: EvaluationRecord, clusterName: string) => {
  const all = [];
  for await (const { value } of records.waivers.all(partitions.waivers(projectId))) all.push(value);
  return activeWaivers(all, clock.now(), { clusterName });
};

/** Everything an evaluation asks besides the cluster itself, once it is known which cluster answers. */
export const questionOf =
  (ports: Ports, record: EvaluationRecord, cluster: Cluster): Ask =>
  async (identity): Promise<Result<UpgradeQuestion>> => {
    const { projectId, clusterId, request } = record;
    if (isOther(cluster, identity.id))
      return failed(
        'conflict',
        `The kubeconfig leads to another cluster (${identity.id}) than the one that was registered (${cluster.uid}); register that one on its own.`,
      );
    const policy = await policyFor(ports.records, { projectId, clusterId }, request.policy);
    if (!policy.ok) return policy;
    const { compiled, version } = policy.value;
    const { maxEvidenceAge, target, source } = request;
    const kinds = new Set(compiled.policy.spec.scans.map(({ kind }) => kind));
    return succeed({
      id: record.id,
      target: target.kubernetesVersion,
      policy: withYoungerEvidence(compiled, maxEvidenceAge),
      policyVersion: version,
      scans: await scansSeenIn(ports, clusterId, kinds),
      waivers: await waiversOf(ports, record, cluster.name),
      overrides: await overridesFor(ports.records, {
        projectId,
        clusterId,
        clusterUid: identity.id,
        target: target.kubernetesVersion,
      }),
      tags: tagsOf(cluster.tags),
      requestedBy: record.requestedBy.name,
      source: Object.fromEntries(Object.entries(source).filter((entry): entry is [string, string] => entry[1] !== undefined)),
      previous: await previousOf(ports, record),
      tool: { name: 'gatehouse', version: ports.version, dataAsOf },
      statements:
        maxEvidenceAge === undefined ? [] : [`Evidence older than ${maxEvidenceAge} was not accepted, because whoever asked wanted that.`],
    });
  };
