import type { ControlPlanePod, GateNode, GatePod, GateWorkload } from '../../../core/gate/index.ts';
import { exampleNode, examplePod, exampleWorkload } from '../../shared/examples.ts';

// What cases and tests of the skew checks vary.

export const node = (name: string, kubeletVersion: string): GateNode => exampleNode({ name, kubeletVersion });

export const component = (name: ControlPlanePod['component'], tag: string, where = 'cp1'): ControlPlanePod => ({
  component: name,
  node: where,
  name: `${name}-${where}`,
  ready: true,
  image: `registry.k8s.io/${name}:${tag}`,
  ...(tag === '' ? {} : { version: tag }),
  flags: {},
  environment: [],
});

/** API server, controller manager and scheduler of one node. */
export const controlPlane = (tag: string, where = 'cp1'): readonly ControlPlanePod[] => [
  component('kube-apiserver', tag, where),
  component('kube-controller-manager', tag, where),
  component('kube-scheduler', tag, where),
];

export const proxy = (where: string, image: string): GatePod =>
  examplePod({
    namespace: 'kube-system',
    name: `kube-proxy-${where}`,
    node: where,
    labels: { 'k8s-app': 'kube-proxy' },
    owner: { kind: 'DaemonSet', name: 'kube-proxy' },
    images: [image],
  });

export const cloudProvider = (tag: string): GateWorkload =>
  exampleWorkload({
    kind: 'DaemonSet',
    namespace: 'kube-system',
    name: 'vsphere-cloud-controller-manager',
    images: [`registry.k8s.io/cloud-pv-vsphere/cloud-provider-vsphere:${tag}`],
  });
