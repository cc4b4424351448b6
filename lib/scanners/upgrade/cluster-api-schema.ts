import { z } from 'zod';

const Text = z.string().nullish();
const Count = z.number().nullish();
const longest = 500;

/** Annotations of Cluster API's own groups, its providers' and its hooks' among them; copies of whole objects are left out. */
const isKept = (name: string): boolean =>
  /^(?:[a-z0-9-]+\.)*cluster\.x-k8s\.io\//.test(name) && !/\/(?:conversion-data|last-applied)/.test(name);

const Conditions = z
  .array(z.object({ type: z.string(), status: z.string(), reason: Text, message: Text.transform((text) => text?.slice(0, longest)) }))
  .nullish();
const Drain = { nodeDrainTimeout: Text, deletion: z.object({ nodeDrainTimeoutSeconds: Count }).nullish() };

/** Any object of Cluster API: v1beta1 and v1beta2 keep the same things in different places. Idempotent. */
export const ClusterApiObject = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: Text,
    deletionTimestamp: Text,
    labels: z.object({ 'cluster.x-k8s.io/cluster-name': Text }).nullish(),
    annotations: z
      .record(z.string(), z.string())
      .nullish()
      .transform((all) => Object.fromEntries(Object.entries(all ?? {}).filter(([name]) => isKept(name)))),
  }),
  /** Of Providers (clusterctl): the version that is installed. */
  version: Text,
  spec: z
    .object({
      version: Text,
      paused: z.boolean().nullish(),
      replicas: Count,
      topology: z.object({ version: Text }).nullish(),
      template: z.object({ spec: z.object({ version: Text, ...Drain }).nullish() }).nullish(),
      machineTemplate: z.object({ nodeDrainTimeout: Text, spec: z.object({ ...Drain }).nullish() }).nullish(),
      ...Drain,
    })
    .nullish(),
  status: z
    .object({
      version: Text,
      replicas: Count,
      readyReplicas: Count,
      certificatesExpiryDate: Text,
      vCenterVersion: Text,
      conditions: Conditions,
      v1beta2: z.object({ conditions: Conditions }).nullish(),
    })
    .nullish(),
});
export type ClusterApiObject = z.infer<typeof ClusterApiObject>;
