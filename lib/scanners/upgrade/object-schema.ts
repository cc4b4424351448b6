import { z } from 'zod';
import { ApiService as CommonApiService } from '../penetration/view/schema.ts';

const Texts = z.array(z.string()).nullish();
const Text = z.string().nullish();
const Count = z.number().nullish();
const Labels = z.record(z.string(), z.string()).nullish();
const Named = z.object({ name: z.string() });
const Placed = z.object({ namespace: z.string(), name: z.string() });
const Conditions = z.array(z.object({ type: z.string(), status: z.string(), reason: Text })).nullish();

export const Selector = z.object({
  matchLabels: Labels,
  matchExpressions: z.array(z.object({ key: z.string(), operator: z.string(), values: Texts })).nullish(),
});
export type Selector = z.infer<typeof Selector>;

/** A PodDisruptionBudget (policy/v1). */
export const Budget = z.object({
  metadata: Placed,
  spec: z
    .object({
      selector: Selector.nullish(),
      minAvailable: z.union([z.number(), z.string()]).nullish(),
      maxUnavailable: z.union([z.number(), z.string()]).nullish(),
      unhealthyPodEvictionPolicy: Text,
    })
    .nullish(),
  status: z.object({ disruptionsAllowed: Count, expectedPods: Count, currentHealthy: Count, desiredHealthy: Count }).nullish(),
});
export type Budget = z.infer<typeof Budget>;

/** A Deployment, StatefulSet or DaemonSet (apps/v1), whose counters have different names. */
export const Workload = z.object({
  metadata: Placed.extend({ generation: Count }),
  spec: z.object({
    replicas: Count,
    paused: z.boolean().nullish(),
    selector: Selector.nullish(),
    template: z.object({
      spec: z.object({
        containers: z.array(z.object({ image: Text })),
        initContainers: z.array(z.object({ image: Text })).nullish(),
      }),
    }),
  }),
  status: z
    .object({
      observedGeneration: Count,
      updatedReplicas: Count,
      availableReplicas: Count,
      desiredNumberScheduled: Count,
      updatedNumberScheduled: Count,
      numberAvailable: Count,
      conditions: Conditions,
    })
    .nullish(),
});
export type Workload = z.infer<typeof Workload>;

const Service = z.object({ namespace: z.string(), name: z.string(), port: Count });
/** A webhook configuration (admissionregistration.k8s.io/v1). Certificates are public. */
export const WebhookConfiguration = z.object({
  metadata: Named,
  webhooks: z
    .array(
      z.object({
        name: z.string(),
        failurePolicy: Text,
        timeoutSeconds: Count,
        matchPolicy: Text,
        clientConfig: z.object({ service: Service.nullish(), url: Text, caBundle: Text }),
        rules: z.array(z.object({ apiGroups: Texts, apiVersions: Texts, resources: Texts, operations: Texts, scope: Text })).nullish(),
        namespaceSelector: Selector.nullish(),
        objectSelector: Selector.nullish(),
        matchConditions: z.array(z.object({ name: Text })).nullish(),
      }),
    )
    .nullish(),
});
export type WebhookConfiguration = z.infer<typeof WebhookConfiguration>;

/** A CustomResourceDefinition (apiextensions.k8s.io/v1) without its schemas. */
export const Crd = z.object({
  metadata: Named,
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    versions: z.array(z.object({ name: z.string(), served: z.boolean(), storage: z.boolean(), deprecated: z.boolean().nullish() })),
    conversion: z
      .object({ strategy: z.string(), webhook: z.object({ clientConfig: z.object({ service: Service.nullish() }).nullish() }).nullish() })
      .nullish(),
  }),
  status: z.object({ storedVersions: Texts, conditions: Conditions }).nullish(),
});
export type Crd = z.infer<typeof Crd>;

/** An APIService (apiregistration.k8s.io/v1). */
export const ApiService = CommonApiService;
export type ApiService = z.infer<typeof ApiService>;

/** A CertificateSigningRequest (certificates.k8s.io/v1) without the request itself. */
export const SigningRequest = z.object({
  metadata: Named.extend({ creationTimestamp: Text }),
  spec: z.object({ signerName: z.string() }),
  status: z.object({ conditions: z.array(z.object({ type: z.string() })).nullish() }).nullish(),
});
export type SigningRequest = z.infer<typeof SigningRequest>;

/** An IngressClass (networking.k8s.io/v1). */
export const IngressClass = z.object({ metadata: Named, spec: z.object({ controller: Text }).nullish() });

/** A Backup (velero.io/v1). */
export const Backup = z.object({ metadata: Placed, status: z.object({ phase: Text, completionTimestamp: Text }).nullish() });
export type Backup = z.infer<typeof Backup>;
