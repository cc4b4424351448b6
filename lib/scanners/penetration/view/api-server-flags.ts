import { type Slice, seen, unseen } from '../../../core/facts/index.ts';
import type { ClusterAccess } from '../../../ports/cluster-access.ts';
import { observeApiServerFlagz, observeComponents } from '../../configuration/control-plane.ts';

/** Flags of the API server: its own word where it gives one, else those of the first of its mirror pods. */
export const observeApiServerFlags = async (access: ClusterAccess): Promise<Slice<Readonly<Record<string, string>>>> => {
  const flagz = await observeApiServerFlagz(access, unseen('Nobody needs to know which instance answered.'));
  if (flagz.read) return seen(flagz.value.flags);
  const components = await observeComponents(access);
  const pod = components.read ? components.value.find(({ component }) => component === 'kube-apiserver') : undefined;
  if (!pod) return flagz;
  if (pod.unreadable !== undefined) return unseen(pod.unreadable);
  // one that is given more than once is a list, or its last value counts; joined, nothing is lost
  return seen(Object.fromEntries(Object.entries(pod.flags).map(([name, values]) => [name, values.join(',')])));
};
