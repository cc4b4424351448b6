import { defineGateCheck, doesNotApply, fails, isUnknown, namesText, passes } from '../../check.ts';
import { count } from '../../shared/words.ts';

/** First minor whose kubeadm asks for a quorum of etcd instead of all its members. */
const quorumSince = 37;

export const etcd = defineGateCheck({
  id: 'health.etcd',
  category: 'health',
  title: 'Etcd is healthy and can spare the member that restarts',
  severity: 'critical',
  why: 'An upgrade restarts the members of etcd one after another; without a quorum the API server stops, and the upgrade with it.',
  repair: 'Bring every member back before upgrading; `etcdctl endpoint health --cluster` names the sick ones.',
  links: ['https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/'],
  reads: ['controlPlane', 'apiHealth'],
  mayRead: ['settings'],
  evaluate: ({ controlPlane, apiHealth, settings, upgrade: { target } }) => {
    const failing = apiHealth.failing.filter((name) => name.includes('etcd'));
    if (failing.length > 0)
      return fails(
        'The API server cannot rely on its etcd.',
        failing.map((name) => ({ kind: 'Check', name, detail: 'fails at the API server' })),
      );
    const members = controlPlane.filter(({ component }) => component === 'etcd');
    const sick = members.filter(({ ready }) => !ready);
    const named = sick.map(({ name }) => ({ kind: 'Pod', namespace: 'kube-system', name, detail: 'is not ready' }));
    if (members.length === 0) {
      if (settings.read && settings.value.kubeadm?.externalEtcd)
        return passes('The API server is at ease with its etcd, which runs outside the cluster.');
      if (controlPlane.length === 0) return doesNotApply('The control plane, etcd with it, runs outside the cluster.');
      return isUnknown('No member of etcd shows itself, and kubeadm says of none outside the cluster.');
    }
    const healthy = members.length - sick.length;
    const quorum = Math.floor(members.length / 2) + 1;
    if (healthy < quorum)
      return fails(`Of ${count(members.length, 'member')} of etcd, ${quorum} must be ready; not ready: ${namesText(named)}.`, named);
    if (sick.length > 0 && (healthy - 1 < quorum || target.minor < quorumSince))
      return fails(`Etcd has no member to spare while others restart; not ready: ${namesText(named)}.`, named);
    const rest = sick.length > 0 ? `; ${namesText(named)} not ready, with a quorum beside it` : '';
    return passes(`${healthy} of ${count(members.length, 'member')} of etcd ready${rest}.`);
  },
});
