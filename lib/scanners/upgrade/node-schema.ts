import { z } from 'zod';

/** A quantity as the API writes it; a number where somebody wrote it so. */
export const Quantity = z.union([z.string(), z.number()]);
const Labels = z.record(z.string(), z.string()).nullish();

/** Annotations of nodes that checks look at: the runtime's socket, and by-passes and marks of Cluster API and Palette. */
const isKeptAnnotation = (name: string): boolean =>
  name === 'kubeadm.alpha.kubernetes.io/cri-socket' || /^(?:[a-z0-9-]+\.)*(?:cluster\.x-k8s\.io|spectrocloud\.com)\//.test(name);

/** A node (core/v1), as far as the gate uses it. Idempotent. */
export const Node = z.object({
  metadata: z.object({
    uid: z.string(),
    name: z.string(),
    creationTimestamp: z.string().nullish(),
    labels: Labels,
    annotations: Labels.transform((all) => Object.fromEntries(Object.entries(all ?? {}).filter(([name]) => isKeptAnnotation(name)))),
  }),
  spec: z
    .object({
      unschedulable: z.boolean().nullish(),
      providerID: z.string().nullish(),
      taints: z.array(z.object({ key: z.string(), value: z.string().nullish(), effect: z.string() })).nullish(),
    })
    .nullish(),
  status: z.object({
    conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish(),
    addresses: z.array(z.object({ type: z.string(), address: z.string() })).nullish(),
    daemonEndpoints: z.object({ kubeletEndpoint: z.object({ Port: z.number() }).nullish() }).nullish(),
    allocatable: z.object({ cpu: Quantity.nullish(), memory: Quantity.nullish(), pods: Quantity.nullish() }).nullish(),
    declaredFeatures: z.array(z.string()).nullish(),
    nodeInfo: z.object({
      kubeletVersion: z.string(),
      kubeProxyVersion: z.string().nullish(),
      containerRuntimeVersion: z.string(),
      osImage: z.string(),
      kernelVersion: z.string(),
    }),
  }),
});
export type Node = z.infer<typeof Node>;

/** A Lease of kube-node-lease (coordination.k8s.io/v1): its node and when it was last renewed. */
export const NodeLease = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ renewTime: z.string().nullish() }).nullish(),
});
