import { failed, type Result, succeed } from '../../core/failure.ts';
import { type BuiltInPolicy, builtInPolicies, builtInPolicy } from '../../gate/policy/built-in/index.ts';
import { type CompiledPolicy, compilePolicy } from '../../gate/policy/compile.ts';
import { parsePolicy } from '../../gate/policy/parse.ts';
import type { ClusterName, Records } from '../../records/index.ts';

/** A policy that decides. */
export interface PolicyInForce {
  readonly compiled: CompiledPolicy;
  readonly name: string;
  /** Of a stored one; built-in ones have none. */
  readonly version?: number;
}

type PolicyRecords = Pick<Records, 'policies' | 'policyVersions'>;

export const isBuiltInPolicy = (name: string): name is BuiltInPolicy => Object.hasOwn(builtInPolicies, name);

/** What decides where nobody chose. */
export const usualPolicy: BuiltInPolicy = 'default';

/** The version of a stored policy that decides, or why none does. */
const activeOf = async (records: PolicyRecords, projectId: string, name: string) => {
  const head = await records.policies.get({ projectId, name });
  if (!head)
    return failed(
      'not-found',
      `There is no policy "${name.slice(0, 64)}" in this project; store it first, or name a built-in one: ${Object.keys(builtInPolicies).join(', ')}.`,
    );
  const { active } = head.value;
  if (active === undefined) return failed('conflict', `The policy "${name}" has no active version; activate one.`);
  return records.policyVersions.need({ projectId, name, version: active });
};

/** Whether a policy could decide: it is built in, or stored with an active version. */
export const needPolicy = async (records: PolicyRecords, projectId: string, name: string): Promise<Result<void>> => {
  if (isBuiltInPolicy(name)) return succeed(undefined);
  const active = await activeOf(records, projectId, name);
  return active.ok ? succeed(undefined) : active;
};

/** A policy by its name, ready to decide. One that is stored was good when it was; a newer Gatehouse may see it otherwise, and then nothing is decided by it. */
export const policyNamed = async (records: PolicyRecords, projectId: string, name: string): Promise<Result<PolicyInForce>> => {
  if (isBuiltInPolicy(name)) return succeed({ compiled: builtInPolicy(name), name });
  const active = await activeOf(records, projectId, name);
  if (!active.ok) return active;
  const { document, version } = active.value.value;
  const parsed = parsePolicy(document);
  const compiled = parsed.ok ? compilePolicy(parsed.value) : parsed;
  return compiled.ok
    ? succeed({ compiled: compiled.value, name, version })
    : failed(
        'conflict',
        `Version ${version} of the policy "${name}" does not fit this version of Gatehouse any more; store and activate a corrected one. ${compiled.failure.say}`,
      );
};

/** Which policy decides about a cluster: the one that is asked for, else that of the cluster, else that of its project, else `default`. */
export const policyFor = async (
  records: PolicyRecords & Pick<Records, 'clusters' | 'projects'>,
  { projectId, clusterId }: ClusterName,
  wanted?: string,
): Promise<Result<PolicyInForce>> => {
  if (wanted !== undefined) return policyNamed(records, projectId, wanted);
  const cluster = await records.clusters.need({ projectId, clusterId });
  if (!cluster.ok) return cluster;
  const ofCluster = cluster.value.value.gatePolicy;
  if (ofCluster !== undefined) return policyNamed(records, projectId, ofCluster);
  const project = await records.projects.need(projectId);
  return project.ok ? policyNamed(records, projectId, project.value.value.gatePolicy ?? usualPolicy) : project;
};
