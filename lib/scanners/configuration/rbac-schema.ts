import { z } from 'zod';

/** Kubernetes puts it on the roles and bindings it keeps itself; anybody else may put it on theirs. */
export const bootstrapLabel = 'kubernetes.io/bootstrapping';

const Metadata = z.object({
  name: z.string(),
  namespace: z.string().nullish(),
  labels: z.object({ [bootstrapLabel]: z.string().nullish() }).nullish(),
});
const Texts = z.array(z.string()).nullish();
const Rule = z.object({ verbs: Texts, apiGroups: Texts, resources: Texts, resourceNames: Texts, nonResourceURLs: Texts });

/** A Role or ClusterRole (rbac.authorization.k8s.io/v1). */
export const Role = z.object({
  metadata: Metadata,
  // only whether there is one: the controller manager keeps the sum in `rules`
  aggregationRule: z.object({}).nullish(),
  rules: z.array(Rule).nullish(),
});
export type Role = z.infer<typeof Role>;

/** A RoleBinding or ClusterRoleBinding (rbac.authorization.k8s.io/v1). */
export const RoleBinding = z.object({
  metadata: Metadata,
  roleRef: z.object({ kind: z.string(), name: z.string() }),
  subjects: z.array(z.object({ kind: z.string(), name: z.string(), namespace: z.string().nullish() })).nullish(),
});
export type RoleBinding = z.infer<typeof RoleBinding>;
