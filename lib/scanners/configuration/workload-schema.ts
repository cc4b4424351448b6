import { z } from 'zod';

/** Schemas name only what is kept and never transform, so that what they let through passes them again. Values of environment variables are not named: they are never kept. */

const Capabilities = z.object({ add: z.array(z.string()).nullish(), drop: z.array(z.string()).nullish() });
const SecurityContext = z.object({
  privileged: z.boolean().nullish(),
  allowPrivilegeEscalation: z.boolean().nullish(),
  runAsUser: z.number().nullish(),
  runAsNonRoot: z.boolean().nullish(),
  readOnlyRootFilesystem: z.boolean().nullish(),
  capabilities: Capabilities.nullish(),
  seccompProfile: z.object({ type: z.string() }).nullish(),
  windowsOptions: z.object({ hostProcess: z.boolean().nullish() }).nullish(),
  // named only so that setting one of these counts as having a security context
  runAsGroup: z.number().nullish(),
  procMount: z.string().nullish(),
  fsGroup: z.number().nullish(),
  fsGroupChangePolicy: z.string().nullish(),
  supplementalGroups: z.array(z.number()).nullish(),
  supplementalGroupsPolicy: z.string().nullish(),
  seLinuxOptions: z.object({ type: z.string().nullish() }).nullish(),
  appArmorProfile: z.object({ type: z.string() }).nullish(),
  sysctls: z.array(z.object({ name: z.string() })).nullish(),
});
export type SecurityContext = z.infer<typeof SecurityContext>;

const SecretName = z.object({ name: z.string().nullish() }).nullish();
/** A container of a pod, reduced. */
export const Container = z.object({
  name: z.string(),
  image: z.string().nullish(),
  securityContext: SecurityContext.nullish(),
  ports: z.array(z.object({ hostPort: z.number().nullish() })).nullish(),
  env: z.array(z.object({ valueFrom: z.object({ secretKeyRef: SecretName }).nullish() })).nullish(),
  envFrom: z.array(z.object({ secretRef: SecretName })).nullish(),
});
export type Container = z.infer<typeof Container>;

/** Marks a pod that stands for a static pod of a node. */
export const mirrorAnnotation = 'kubernetes.io/config.mirror';
/** Set by the Deployment controller on its ReplicaSets and their pods. */
export const templateHashLabel = 'pod-template-hash';

/** Who controls an object (meta/v1), reduced. */
export const OwnerReference = z.object({ kind: z.string(), name: z.string(), controller: z.boolean().nullish() });
export type OwnerReference = z.infer<typeof OwnerReference>;

/** A pod (core/v1), reduced. */
export const Pod = z.object({
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
    automountServiceAccountToken: z.boolean().nullish(),
    hostNetwork: z.boolean().nullish(),
    hostPID: z.boolean().nullish(),
    hostIPC: z.boolean().nullish(),
    os: z.object({ name: z.string() }).nullish(),
    securityContext: SecurityContext.nullish(),
    volumes: z.array(z.object({ hostPath: z.object({ path: z.string() }).nullish() })).nullish(),
    containers: z.array(Container),
    initContainers: z.array(Container).nullish(),
    ephemeralContainers: z.array(Container).nullish(),
  }),
  status: z.object({ phase: z.string().nullish() }).nullish(),
});
export type Pod = z.infer<typeof Pod>;

/** An object by metadata (PartialObjectMetadata, meta/v1): its name and who controls it. */
export const Named = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string().nullish(), ownerReferences: z.array(OwnerReference).nullish() }),
});
export type Named = z.infer<typeof Named>;

/** A Namespace by metadata. All labels are kept, because selectors of webhooks and policies may ask for any of them. */
export const Namespace = z.object({ metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).nullish() }) });

/** A ServiceAccount (core/v1). */
export const ServiceAccount = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  automountServiceAccountToken: z.boolean().nullish(),
});
