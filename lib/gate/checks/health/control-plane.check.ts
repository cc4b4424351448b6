import type { ControlPlanePod, GateWorkload } from '../../../core/gate/index.ts';
import { defineGateCheck, fails, type Named, namesText, passes } from '../../check.ts';

const components = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

const podName = (name: string, detail: string): Named => ({ kind: 'Pod', namespace: 'kube-system', name, detail });

/** Components that are not ready, and those that run beside others on no node or not on all. */
const brokenComponents = (pods: readonly ControlPlanePod[]): readonly Named[] => {
  const servers = new Set(pods.filter(({ component }) => component === 'kube-apiserver').map(({ node }) => node));
  return components.flatMap((component) => {
    const own = pods.filter((pod) => pod.component === component);
    const missing = [...servers].filter((node) => !own.some((pod) => pod.node === node));
    return [
      ...own.filter(({ ready }) => !ready).map(({ name }) => podName(name, 'is not ready')),
      ...missing.map((node) => podName(`${component}-${node}`, 'does not run')),
    ];
  });
};

const shortWorkloads = (workloads: readonly GateWorkload[]): readonly Named[] =>
  workloads
    .filter(({ namespace, available, replicas }) => namespace === 'kube-system' && available < replicas)
    .map(({ kind, namespace, name, available, replicas }) => ({ kind, namespace, name, detail: `${available} of ${replicas} available` }));

export const controlPlane = defineGateCheck({
  id: 'health.control-plane',
  category: 'health',
  title: 'The control plane and the workloads of kube-system are up',
  severity: 'critical',
  why: 'An upgrade replaces these components one by one, and what is broken before it cannot be told from what it broke.',
  repair: 'Look at what is named with `kubectl describe` and at its logs, and bring it up before upgrading.',
  links: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/'],
  reads: ['controlPlane', 'workloads'],
  evaluate: ({ controlPlane: pods, workloads }) => {
    const broken = [...brokenComponents(pods), ...shortWorkloads(workloads)];
    if (broken.length > 0) return fails(`Not up: ${namesText(broken)}.`, broken);
    return passes(
      pods.length === 0
        ? 'The workloads of kube-system are available; the control plane runs outside the cluster.'
        : 'Every component of the control plane is ready, and the workloads of kube-system are available.',
    );
  },
});
