import { z } from 'zod';

const Texts = z.array(z.string()).nullish();
const Selector = z.object({
  matchLabels: z.record(z.string(), z.string()).nullish(),
  matchExpressions: z.array(z.object({ key: z.string(), operator: z.string(), values: Texts })).nullish(),
});
export type Selector = z.infer<typeof Selector>;
const Rule = z.object({ apiGroups: Texts, resources: Texts, operations: Texts });
export type Rule = z.infer<typeof Rule>;

/** A ValidatingWebhookConfiguration or MutatingWebhookConfiguration (admissionregistration.k8s.io/v1). */
export const WebhookConfiguration = z.object({
  metadata: z.object({ name: z.string() }),
  webhooks: z
    .array(
      z.object({
        name: z.string(),
        failurePolicy: z.string().nullish(),
        clientConfig: z.object({ service: z.object({ namespace: z.string(), name: z.string() }).nullish(), url: z.string().nullish() }),
        rules: z.array(Rule).nullish(),
        namespaceSelector: Selector.nullish(),
      }),
    )
    .nullish(),
});
export type WebhookConfiguration = z.infer<typeof WebhookConfiguration>;

/** A ValidatingAdmissionPolicy (admissionregistration.k8s.io/v1). */
export const AdmissionPolicy = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    failurePolicy: z.string().nullish(),
    matchConstraints: z.object({ resourceRules: z.array(Rule).nullish(), namespaceSelector: Selector.nullish() }).nullish(),
    validations: z.array(z.object({ expression: z.string() })).nullish(),
  }),
});
export type AdmissionPolicy = z.infer<typeof AdmissionPolicy>;

/** A ValidatingAdmissionPolicyBinding (admissionregistration.k8s.io/v1). */
export const AdmissionPolicyBinding = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    policyName: z.string().nullish(),
    validationActions: Texts,
    matchResources: z.object({ namespaceSelector: Selector.nullish() }).nullish(),
  }),
});
export type AdmissionPolicyBinding = z.infer<typeof AdmissionPolicyBinding>;
