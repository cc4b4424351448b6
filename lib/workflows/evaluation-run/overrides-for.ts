import { gateOverrideOf, isSameTarget } from '../../fleet/override-rules.ts';
import type { Override } from '../../gate/decide/override.ts';
import { partitions, type Records } from '../../records/index.ts';

/** Which overrides are asked for. */
export interface OverridesOf {
  readonly projectId: string;
  readonly clusterId: string;
  /** UID of the namespace kube-system. */
  readonly clusterUid: string;
  /** The version as it was asked for, with or without `v`: an override for it is handed out under this text, because the gate compares texts. */
  readonly target?: string;
}

/** Approved overrides of a cluster, as the gate looks at them. Whether one holds at the moment is the gate's to say. */
export const overridesFor = async (
  { overrides }: Pick<Records, 'overrides'>,
  { projectId, clusterId, clusterUid, target }: OverridesOf,
): Promise<readonly Override[]> => {
  const found: Override[] = [];
  for await (const { value } of overrides.all(partitions.approvedOverrides(clusterId))) {
    // an index may lag behind: one that was ended a moment ago lets nothing through
    const now = (await overrides.get({ projectId, id: value.id }))?.value;
    if (now?.state !== 'approved' || now.clusterId !== clusterId) continue;
    const override = gateOverrideOf(now, clusterUid);
    found.push(target !== undefined && isSameTarget(target, now.target) ? { ...override, target } : override);
  }
  return found;
};
