import { partitions } from '../records/index.ts';
import type { ServicePorts } from './handler.ts';

/** Removes the versions of a policy that is gone. One that was stored anew meanwhile stays: its revision is another. */
export const removeVersions = async ({ records }: Pick<ServicePorts, 'records'>, projectId: string, name: string): Promise<void> => {
  for await (const { value, revision } of records.policyVersions.all(partitions.policyVersions(projectId, name)))
    await records.policyVersions.remove({ projectId, name, version: value.version }, revision);
};

/** Removes the policies and overrides of a project that was deleted. */
export const removePoliciesOf = async (ports: ServicePorts, projectId: string): Promise<void> => {
  const { records } = ports;
  for await (const { value } of records.policies.all(partitions.policies(projectId))) {
    await records.policies.remove({ projectId, name: value.name });
    await removeVersions(ports, projectId, value.name);
  }
  for await (const { value } of records.overrides.all(partitions.overrides(projectId)))
    await records.overrides.remove({ projectId, id: value.id });
};
