import type { ControlPlanePod, GateNode, GateVersion, GateWorkload } from '../../core/gate/index.ts';
import { minorText } from '../../core/gate/index.ts';
import type { Upgrade } from '../check.ts';
import { coreDns } from '../data/coredns.ts';
import { etcdVersions } from '../data/etcd.ts';
import { inRepaveOrder, podsMovedByNode } from '../drain/moved.ts';
import type { PlanStep } from '../evaluation.ts';
import { inOrder, isControlPlane, noPlan, type PlanFacts, runs, type Step, workloadsOf } from './facts.ts';
import { firstStop, versionText } from './path.ts';

/** What kubeadm does on the way to one version. */
interface Doing {
  readonly to: GateVersion;
  readonly isMinor: boolean;
  readonly pods: readonly ControlPlanePod[];
  readonly workloads: readonly GateWorkload[];
  readonly externalEtcd: boolean;
}

const tagOf = (image: string): string | undefined => /:([^:/@]+)(?:@.*)?$/.exec(image)?.[1];
const byTag = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

/** Since 1.31 kubeadm restarts etcd whenever the API server changes, because it renews the certificates of both; a newer etcd than its own it leaves alone. */
const etcdStep = (pod: ControlPlanePod, node: string, serverRestarts: boolean, { to }: Doing): Step => {
  const row = etcdVersions.rows.find(({ kubernetes }) => kubernetes === minorText(to));
  const now = pod.version ?? tagOf(pod.image) ?? 'of an unknown version';
  const base = { node, component: 'etcd' };
  if (!row)
    return {
      ...base,
      what: `etcd ${now} on ${node} is upgraded and restarted where kubeadm brings another version; which, the data does not know.`,
    };
  const order = byTag(row.etcd, now);
  if (order < 0) return { ...base, restarts: false, what: `etcd ${now} on ${node} is newer than ${row.etcd} of kubeadm, and left alone.` };
  if (order > 0)
    return { ...base, restarts: true, what: `etcd on ${node} goes from ${now} to ${row.etcd}, after a copy of its data is made.` };
  const restarts = serverRestarts && row.restartsWithServer;
  return { ...base, restarts, what: `etcd ${now} on ${node} stays${restarts ? ', and is restarted with new certificates' : ' as it is'}.` };
};

const components = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

const staticPodSteps = (node: string, doing: Doing): readonly Step[] => {
  const own = doing.pods.filter((pod) => pod.node === node);
  const isThere = (pod: ControlPlanePod) => runs(pod.version ?? tagOf(pod.image), doing.to);
  const server = own.find(({ component }) => component === 'kube-apiserver');
  const etcd = doing.externalEtcd ? undefined : own.find(({ component }) => component === 'etcd');
  return [
    ...(etcd ? [etcdStep(etcd, node, server !== undefined && !isThere(server), doing)] : []),
    ...components.flatMap((component): readonly Step[] => {
      const pod = own.find((one) => one.component === component);
      if (!pod) return [];
      const now = pod.version ?? tagOf(pod.image) ?? 'an unknown version';
      return isThere(pod)
        ? [{ node, component, restarts: false, what: `${component} on ${node} runs ${versionText(doing.to)} already.` }]
        : [{ node, component, restarts: true, what: `${component} on ${node} goes from ${now} to ${versionText(doing.to)}.` }];
    }),
  ];
};

/** kubeadm rolls out its add-ons once no API server of the old version is left. */
const addonSteps = ({ workloads, to }: Doing): readonly Step[] => {
  const find = (kind: string, name: string) =>
    workloads.find((one) => one.namespace === 'kube-system' && one.kind === kind && one.name === name);
  const [dns, proxy] = [find('Deployment', 'coredns'), find('DaemonSet', 'kube-proxy')];
  const imageTag = (workload: GateWorkload) => workload.images.map(tagOf).find((tag) => tag !== undefined);
  const steps: Step[] = [];
  if (dns) {
    const [now, next] = [imageTag(dns), coreDns.rows.find(({ kubernetes }) => kubernetes === minorText(to))?.coredns];
    const restarts = next === undefined || now?.replace(/^v/, '') !== next;
    const what = restarts
      ? `CoreDNS goes from ${now ?? 'its image'} to ${next === undefined ? 'what kubeadm brings' : `v${next}`}.`
      : `CoreDNS stays at ${now}.`;
    steps.push({ component: 'coredns', restarts, what, ...(restarts ? { disrupts: ['Deployment kube-system/coredns'] } : {}) });
  }
  if (proxy) {
    const restarts = !runs(imageTag(proxy), to);
    const what = restarts ? `kube-proxy goes to ${versionText(to)}, node by node.` : `kube-proxy runs ${versionText(to)} already.`;
    steps.push({ component: 'kube-proxy', restarts, what, ...(restarts ? { disrupts: ['DaemonSet kube-system/kube-proxy'] } : {}) });
  }
  return steps;
};

const kubeletStep = ({ name, kubeletVersion }: GateNode, disrupts: string[], { to, isMinor }: Doing): Step => {
  const base = { node: name, component: 'kubelet' };
  if (runs(kubeletVersion, to)) return { ...base, restarts: false, what: `The kubelet of ${name} runs ${versionText(to)} already.` };
  const change = `goes from ${kubeletVersion} to ${versionText(to)}`;
  return isMinor
    ? { ...base, restarts: true, what: `${name} is drained, and its kubelet ${change}.`, ...(disrupts.length > 0 ? { disrupts } : {}) }
    : { ...base, restarts: true, what: `The kubelet of ${name} ${change}; containers go on meanwhile.` };
};

/**
 * What an upgrade by kubeadm does on the machines there are, up to the first stop: on each node of the control plane etcd, API server, controller manager and scheduler; after the
 * last of them the add-ons; and the kubelets, each with its node.
 */
export const inPlacePlan = (facts: PlanFacts, upgrade: Pick<Upgrade, 'current' | 'target'>): PlanStep[] => {
  const to = firstStop(upgrade);
  if (!to) return [];
  const { nodes, pods, workloads, controlPlane, settings } = facts;
  for (const slice of [nodes, pods, workloads, controlPlane]) if (!slice.read) return noPlan(slice.reason);
  if (!nodes.read || !pods.read || !workloads.read || !controlPlane.read) return [];
  const doing: Doing = {
    to,
    isMinor: to.minor !== upgrade.current.minor,
    pods: controlPlane.value,
    workloads: workloads.value,
    externalEtcd: settings.read && settings.value.kubeadm?.externalEtcd === true,
  };
  const moved = podsMovedByNode(pods.value);
  const kubelet = (node: GateNode) => kubeletStep(node, workloadsOf(moved.get(node.name) ?? []), doing);
  const ordered = inRepaveOrder(nodes.value);
  const [first, others] = [ordered.filter(isControlPlane), ordered.filter((node) => !isControlPlane(node))];
  const control = first.flatMap((node, at) => [
    ...staticPodSteps(node.name, doing),
    ...(at === first.length - 1 ? addonSteps(doing) : []),
    kubelet(node),
  ]);
  const elsewhere: Step[] =
    doing.pods.length > 0
      ? []
      : [{ what: `The control plane runs outside of this cluster; whoever runs it takes it to ${versionText(to)} first.` }];
  return inOrder([...elsewhere, ...control, ...others.map(kubelet)]);
};
