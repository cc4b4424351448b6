import { z } from 'zod';
import { Node as KnownNode } from '../configuration/control-plane-schema.ts';
import { mirrorAnnotation, OwnerReference, templateHashLabel } from '../configuration/workload-schema.ts';

const Container = z.object({ name: z.string(), image: z.string().nullish() });
const Status = z.object({ name: z.string(), image: z.string().nullish(), imageID: z.string().nullish() });
const SecretNames = z.array(z.object({ name: z.string().nullish() })).nullish();

/** A pod (core/v1), as far as it says which images it runs. */
export const ImagePod = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    generateName: z.string().nullish(),
    labels: z.object({ [templateHashLabel]: z.string().nullish() }).nullish(),
    annotations: z.object({ [mirrorAnnotation]: z.string().nullish() }).nullish(),
    ownerReferences: z.array(OwnerReference).nullish(),
  }),
  spec: z.object({
    nodeName: z.string().nullish(),
    serviceAccountName: z.string().nullish(),
    imagePullSecrets: SecretNames,
    containers: z.array(Container),
    initContainers: z.array(Container).nullish(),
    ephemeralContainers: z.array(Container).nullish(),
  }),
  status: z
    .object({
      phase: z.string().nullish(),
      containerStatuses: z.array(Status).nullish(),
      initContainerStatuses: z.array(Status).nullish(),
      ephemeralContainerStatuses: z.array(Status).nullish(),
    })
    .nullish(),
});
export type ImagePod = z.infer<typeof ImagePod>;

/** A node (core/v1) with its processor. */
export const ImageNode = z.object({
  ...KnownNode.shape,
  status: z.object({
    ...KnownNode.shape.status.shape,
    nodeInfo: z.object({ ...KnownNode.shape.status.shape.nodeInfo.shape, architecture: z.string().nullish() }),
  }),
});
export type ImageNode = z.infer<typeof ImageNode>;

/** A ServiceAccount (core/v1): what it pulls with. */
export const PullAccount = z.object({ imagePullSecrets: SecretNames });

/** A pull secret (core/v1). Held in memory while images are pulled, and written nowhere. */
export const PullSecret = z.object({
  data: z.object({ '.dockerconfigjson': z.string().nullish(), '.dockercfg': z.string().nullish() }).nullish(),
});
