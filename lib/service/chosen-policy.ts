import { failed, type Result, succeed } from '../core/failure.ts';
import type { Cluster } from '../fleet/cluster.ts';
import { partitions } from '../records/index.ts';
import type { Caller, ServicePorts } from './handler.ts';

/** Clusters that a refusal names at most. */
const mostNamed = 5;

/** What decides about upgrades is chosen by who may change policies, not by everybody who may change a cluster or a project. */
export const mayChoosePolicy = async (
  { records }: Pick<ServicePorts, 'records'>,
  projectId: string,
  gatePolicy: string | null | undefined,
  { grants }: Caller,
): Promise<Result<void>> => {
  if (gatePolicy === undefined) return succeed(undefined);
  if (!grants.may('policy.update', projectId))
    return failed(
      'permission-missing',
      'Choosing the policy that decides about upgrades takes the permission `policy.update`; ask somebody who has it.',
      'policy.update',
    );
  if (gatePolicy === null) return succeed(undefined);
  // the engine of policies comes with the first call that needs it
  const { needPolicy } = await import('../workflows/evaluation-run/policy-for.ts');
  const there = await needPolicy(records, projectId, gatePolicy);
  // a name in a body that leads nowhere is a mistake in the body
  return there.ok || there.failure.code !== 'not-found' ? there : failed('input-invalid', there.failure.say);
};

/** With the policy that was chosen, or without one. */
export const withPolicy = <T extends { readonly gatePolicy?: string | undefined }>(value: T, gatePolicy: string | null | undefined): T => {
  if (gatePolicy === undefined) return value;
  const { gatePolicy: _, ...rest } = value;
  return (gatePolicy === null ? rest : { ...rest, gatePolicy }) as T;
};

/** The failure that clusters or the project are for which a policy decides, if there are any. */
export const withoutUsers = async ({ records }: Pick<ServicePorts, 'records'>, projectId: string, name: string): Promise<Result<void>> => {
  const users: string[] = [];
  const project = await records.projects.get(projectId);
  if (project?.value.gatePolicy === name) users.push('the project itself');
  const isUser = ({ state, gatePolicy }: Cluster): boolean => state === 'active' && gatePolicy === name;
  for await (const { value } of records.clusters.all(partitions.clusters(projectId))) if (isUser(value)) users.push(value.name);
  if (users.length === 0) return succeed(undefined);
  const more = users.length > mostNamed ? ` and ${users.length - mostNamed} more` : '';
  return failed(
    'conflict',
    `The policy "${name}" decides for ${users.slice(0, mostNamed).join(', ')}${more}; choose another one there first.`,
  );
};
