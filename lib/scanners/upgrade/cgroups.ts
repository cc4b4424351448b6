import { type Slice, seen, unseen } from '../../core/facts/index.ts';
import type { GateFacts } from '../../core/gate/index.ts';
import type { KubeletAccess, KubeletAddress } from '../../ports/cluster-access.ts';
import { byText, inTurn } from '../configuration/listing.ts';
import { cgroupIn, Metrics } from './metrics.ts';

/** Kubelets asked at a time. */
const atOnce = 32;

/** The cgroup version of every node whose kubelet tells it. */
export const observeCgroups = async (
  kubelets: KubeletAccess | undefined,
  addresses: Slice<readonly KubeletAddress[]>,
): Promise<GateFacts['cgroups']> => {
  if (!kubelets) return unseen('The kubelets were not asked for their cgroup version.');
  if (!addresses.read) return addresses;
  const versions = new Map<string, number>();
  let why: string | undefined;
  const ask = async (address: KubeletAddress): Promise<void> => {
    const answer = await kubelets.get(address, '/metrics', Metrics, { accept: 'text/plain' });
    const version = answer.ok ? cgroupIn(answer.value.value) : undefined;
    if (version !== undefined) versions.set(address.node, version);
    if (!answer.ok) why ??= answer.failure.say;
  };
  await inTurn(
    addresses.value.map((address) => () => ask(address)),
    atOnce,
  );
  return versions.size === 0 && why !== undefined
    ? unseen(why)
    : seen(Object.fromEntries([...versions].toSorted(([a], [b]) => byText(a, b))));
};
