import type { GatePod } from '../../../core/gate/index.ts';
import { fails, type Named, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

const old = 'node-role.kubernetes.io/master';
const current = 'node-role.kubernetes.io/control-plane';

const toleratesOldOnly = ({ tolerations }: GatePod): boolean =>
  tolerations.some(({ key }) => key === old) &&
  !tolerations.some(({ key, operator }) => key === current || (key === undefined && operator === 'Exists'));

const ownerName = ({ namespace, name, owner }: GatePod, detail: string): Named =>
  owner ? { kind: owner.kind, namespace, name: owner.name, detail } : { kind: 'Pod', namespace, name, detail };

export const masterLabel = defineBreak({
  name: 'master-label',
  title: 'No pod relies on the label or taint node-role.kubernetes.io/master',
  severity: 'high',
  why: 'From 1.24 on kubeadm no longer sets the label on control-plane nodes, and from 1.25 on they carry the taint control-plane only: pods that ask for the old one find no node.',
  repair: 'Use `node-role.kubernetes.io/control-plane` in node selectors, affinities and tolerations; affinities are not looked at here.',
  links: ['https://github.com/kubernetes/enhancements/tree/master/keps/sig-cluster-lifecycle/kubeadm/2067-rename-master-label-taint'],
  at: ['1.24', '1.25'],
  needs: ['pods'],
  judge: ({ pods }) => {
    const relying = pods.flatMap((pod) => [
      ...(old in pod.nodeSelector ? [ownerName(pod, `selects nodes by ${old}`)] : []),
      ...(toleratesOldOnly(pod) ? [ownerName(pod, `tolerates ${old} only`)] : []),
    ]);
    if (relying.length === 0) return passes('No pod selects or tolerates the old name only.');
    return fails(`These rely on ${old}: ${namesText(relying)}.`, relying);
  },
});
