import { fails, isUnknown, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

export const cgroupV1 = defineBreak({
  name: 'cgroup-v1',
  title: 'Every node runs on cgroup v2',
  severity: 'critical',
  why: 'From 1.35 on the kubelet does not start on a cgroup v1 host unless `failCgroupV1: false` is set, and the checks of kubeadm refuse such a host.',
  repair: 'Move the nodes to an image with cgroup v2; setting `failCgroupV1: false` in the kubelet configuration only buys time.',
  links: ['https://kubernetes.io/docs/concepts/architecture/cgroups/'],
  at: ['1.35'],
  needs: ['nodes', 'cgroups', 'settings'],
  judge: ({ nodes, cgroups, settings }) => {
    const of = (version: number | undefined) =>
      nodes.filter(({ name }) => cgroups[name] === version).map(({ name, osImage }) => ({ kind: 'Node', name, detail: osImage }));
    const old = of(1);
    if (old.length > 0 && settings.kubelet?.failCgroupV1 !== false)
      return fails(`The kubelet will not start on the cgroup v1 hosts ${namesText(old)}.`, old);
    const untold = of(undefined);
    if (untold.length > 0)
      return isUnknown(
        `The cgroup version of ${namesText(untold)} was not told; stat -fc %T /sys/fs/cgroup on the node says cgroup2fs for v2.`,
        untold,
      );
    if (old.length > 0) return passes(`${namesText(old)} still run on cgroup v1; failCgroupV1 is false, so their kubelets start.`);
    return passes('Every node runs on cgroup v2.');
  },
});
