import type { ClusterIdentity } from '../../../core/facts/index.ts';
import {
  type ControlPlanePod,
  type GateNode,
  type GatePod,
  type GateVersion,
  type GateWorkload,
  readGateVersion,
} from '../../../core/gate/index.ts';
import type { Named } from '../../check.ts';
import type { SkewRow } from '../../data/skew.ts';
import { findAddon, tagVersion } from '../addon/find.ts';

/** A component as it runs somewhere. */
export interface Running {
  readonly component: SkewRow['component'];
  /** What answers name: the node, or the pod or workload. */
  readonly where: Named;
  readonly node?: string;
  /** Absent where it cannot be told. */
  readonly version?: GateVersion;
}

const withVersion = (version: GateVersion | undefined): Pick<Running, 'version'> => (version === undefined ? {} : { version });
const tagOf = (image: string): string => /:([^:/@]+)(?:@.*)?$/.exec(image)?.[1] ?? '';

export const kubelets = (nodes: readonly GateNode[]): readonly Running[] =>
  nodes.map(({ name, kubeletVersion }) => ({
    component: 'kubelet',
    where: { kind: 'Node', name },
    node: name,
    ...withVersion(readGateVersion(kubeletVersion)),
  }));

const isProxyImage = (image: string): boolean => /(^|\/)kube-proxy(-[a-z0-9]+)?(:|@|$)/.test(image);

/** kube-proxy by its pods: what a node says of it has been the version of the kubelet, and is gone since 1.33. */
export const proxies = (pods: readonly GatePod[]): readonly Running[] =>
  pods
    .filter(({ namespace, node }) => namespace === 'kube-system' && node !== undefined)
    .flatMap(({ namespace, name, node, images }) =>
      images.filter(isProxyImage).map((image) => ({
        component: 'kube-proxy' as const,
        where: { kind: 'Pod', namespace, name },
        ...(node === undefined ? {} : { node }),
        ...withVersion(tagVersion(tagOf(image))),
      })),
    );

/** Static pods of the control plane, etcd left out: it has versions of its own. */
export const controlPlaneComponents = (pods: readonly ControlPlanePod[]): readonly Running[] =>
  pods.flatMap(({ component, name, node, version }) =>
    component === 'etcd'
      ? []
      : {
          component,
          where: { kind: 'Pod', namespace: 'kube-system', name },
          node,
          ...withVersion(version === undefined ? undefined : tagVersion(version)),
        },
  );

/** The vSphere cloud provider, which is a cloud controller manager. */
export const cloudControllers = (workloads: readonly GateWorkload[]): readonly Running[] =>
  findAddon(workloads, /(^|\/)cloud-provider-vsphere(\/cpi\/release\/manager)?$/).map(({ where: { kind, namespace, name }, version }) => ({
    component: 'cloud-controller-manager',
    where: { kind, name, ...(namespace === undefined ? {} : { namespace }) },
    ...withVersion(version),
  }));

/** The API servers of the cluster: its static pods, or the one that answered where the control plane is not to be seen. */
export const apiServers = (pods: readonly ControlPlanePod[], cluster: ClusterIdentity, current: GateVersion): readonly Running[] => {
  const seen = controlPlaneComponents(pods).filter(({ component }) => component === 'kube-apiserver');
  return seen.length > 0 ? seen : [{ component: 'kube-apiserver', where: { kind: 'Cluster', name: cluster.name }, version: current }];
};
