import type {
  AdmissionFact,
  AdmissionPolicyFact,
  AdmissionRuleFact,
  AdmissionWebhookFact,
  LabelSelectorFact,
  Slice,
} from '../../core/facts/index.ts';
import { seen } from '../../core/facts/index.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { AdmissionPolicy, AdmissionPolicyBinding, type Rule, type Selector, WebhookConfiguration } from './admission-schema.ts';
import { byText, given, type Listing, readAll, together } from './listing.ts';

const listing = (resource: string, purpose: string): Listing => ({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource,
  feeds: ['admission'],
  purpose,
});
const listings = {
  validating: listing('validatingwebhookconfigurations', 'policy engines that see pods before they run'),
  mutating: listing('mutatingwebhookconfigurations', 'image verifiers that see pods before they run'),
  policies: listing('validatingadmissionpolicies', 'admission policies of the API server itself'),
  bindings: listing('validatingadmissionpolicybindings', 'which admission policies are in force'),
};
export const admissionListings: readonly Listing[] = Object.values(listings);

const selectorOf = (selector: Selector | null | undefined): LabelSelectorFact | undefined =>
  selector
    ? given<LabelSelectorFact>({
        matchLabels: selector.matchLabels ?? undefined,
        matchExpressions: selector.matchExpressions?.map(({ key, operator, values }) => ({ key, operator, values: values ?? [] })),
      })
    : undefined;

const ruleOf = ({ apiGroups, resources, operations }: Rule): AdmissionRuleFact => ({
  apiGroups: apiGroups ?? [],
  resources: resources ?? [],
  operations: operations ?? [],
});

const webhooksOf =
  (kind: AdmissionWebhookFact['kind']) =>
  ({ metadata, webhooks }: WebhookConfiguration): readonly AdmissionWebhookFact[] =>
    (webhooks ?? []).map(({ name, failurePolicy, clientConfig: { service, url }, rules, namespaceSelector }) =>
      given<AdmissionWebhookFact>({
        kind,
        configuration: metadata.name,
        name,
        failurePolicy: failurePolicy ?? 'Fail',
        target: service ? `${service.namespace}/${service.name}` : (URL.parse(url ?? '')?.host ?? ''),
        rules: (rules ?? []).map(ruleOf),
        namespaceSelector: selectorOf(namespaceSelector),
      }),
    );

const policyOf = (policy: AdmissionPolicy, bindings: readonly AdmissionPolicyBinding[]): AdmissionPolicyFact =>
  given<AdmissionPolicyFact>({
    name: policy.metadata.name,
    failurePolicy: policy.spec.failurePolicy ?? 'Fail',
    rules: (policy.spec.matchConstraints?.resourceRules ?? []).map(ruleOf),
    namespaceSelector: selectorOf(policy.spec.matchConstraints?.namespaceSelector),
    denyBindings: bindings
      .filter(({ spec }) => spec.policyName === policy.metadata.name && spec.validationActions?.includes('Deny'))
      .map(({ metadata, spec }) => given({ name: metadata.name, namespaceSelector: selectorOf(spec.matchResources?.namespaceSelector) })),
    expressions: (policy.spec.validations ?? []).map(({ expression }) => expression),
  });

/** Everything besides Pod Security that may stop a pod. ValidatingAdmissionPolicy is stable since Kubernetes 1.30; an older cluster has none. */
export const observeAdmission = async (access: ClusterAccess): Promise<Slice<AdmissionFact>> => {
  const whole = <T>(one: T): T => one;
  const read = together({
    validating: await readAll(access, listings.validating, WebhookConfiguration, webhooksOf('ValidatingWebhookConfiguration')),
    mutating: await readAll(access, listings.mutating, WebhookConfiguration, webhooksOf('MutatingWebhookConfiguration')),
    policies: await readAll(access, listings.policies, AdmissionPolicy, whole, { mayBeMissing: true }),
    bindings: await readAll(access, listings.bindings, AdmissionPolicyBinding, whole, { mayBeMissing: true }),
  });
  if (!read.read) return read;
  const { validating, mutating, policies, bindings } = read.value;
  return seen({
    webhooks: [...validating, ...mutating]
      .flat()
      .toSorted((a, b) => byText(`${a.configuration}/${a.name}`, `${b.configuration}/${b.name}`)),
    policies: policies.map((policy) => policyOf(policy, bindings)).toSorted((a, b) => byText(a.name, b.name)),
  });
};
