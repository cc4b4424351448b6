import type { AdmissionFact, AdmissionWebhookFact, NamespaceFact } from '../../core/facts/index.ts';
import type { Evidence } from '../../core/finding.ts';
import { selects } from '../../core/label-selector.ts';
import { seesPods } from './pod-admission.ts';

type Known = readonly (readonly [name: string, pattern: RegExp])[];

/** What verifies where images come from and does nothing else, by the name of webhook, configuration or service. */
const verifiers: Known = [
  ['Sigstore policy-controller', /policy\.sigstore\.dev|cosigned|sigstore-policy-controller/],
  ['Connaisseur', /connaisseur/],
  ['Portieris', /portieris|trust\.hooks\.securityenforcement/],
  ['Kritis', /kritis/],
  ['Binary Authorization', /binaryauthorization|binauthz/],
];

/** Policy engines: they verify images when one of their policies says so. */
const engines: Known = [
  ['Kyverno', /kyverno/],
  ['Gatekeeper', /gatekeeper/],
  ['Ratify', /ratify/],
  ['Kubewarden', /kubewarden/],
];

/** A known product, by a webhook that is asked about new pods. */
export interface Verifier {
  readonly name: string;
  readonly webhook: AdmissionWebhookFact;
}
const productsOf = (webhook: AdmissionWebhookFact, known: Known): readonly Verifier[] => {
  const text = `${webhook.name} ${webhook.configuration} ${webhook.target}`.toLowerCase();
  return known.flatMap(([name, pattern]) => (pattern.test(text) ? [{ name, webhook }] : []));
};
const find = ({ webhooks }: AdmissionFact, known: Known): readonly Verifier[] =>
  webhooks.filter(({ rules }) => seesPods(rules)).flatMap((webhook) => productsOf(webhook, known));

export const verifierEvidence = ({ name, webhook }: Verifier): Evidence => ({
  source: `${webhook.kind} ${webhook.configuration}`,
  looked: `webhook ${webhook.name} for pods`,
  found: `${name}, asks ${webhook.target}, failurePolicy ${webhook.failurePolicy}`,
});

/** Webhooks that verify the images of new pods. */
export const verifiersIn = (admission: AdmissionFact): readonly Verifier[] => find(admission, verifiers);

/** The namespaces into which pods get without the answer of any of these: not selected, or let in while the webhook is away. */
export const withoutVerifier = (some: readonly Verifier[], namespaces: readonly NamespaceFact[]): readonly string[] =>
  namespaces
    .filter(({ labels }) => !some.some(({ webhook }) => webhook.failurePolicy === 'Fail' && selects(webhook.namespaceSelector, labels)))
    .map(({ name }) => name);

/** What may verify the images of new pods, and how it shows. */
export interface Perhaps {
  readonly name: string;
  readonly evidence: Evidence;
}

/** Policy engines that are asked about new pods, and Ratify, which Gatekeeper asks in turn and which shows by its API group. */
export const enginesIn = (admission: AdmissionFact, apiGroups: readonly string[]): readonly Perhaps[] => [
  ...find(admission, engines).map((one) => ({ name: one.name, evidence: verifierEvidence(one) })),
  ...apiGroups
    .filter((group) => group.startsWith('config.ratify.'))
    .map((group) => ({ name: 'Ratify', evidence: { source: '/apis', looked: `API group ${group}`, found: 'Ratify' } })),
];

/** Webhooks that may refuse new pods and are no known product: what they look at cannot be told from here. */
export const strangersIn = ({ webhooks }: AdmissionFact): readonly Perhaps[] =>
  webhooks
    .filter(({ kind, rules }) => kind === 'ValidatingWebhookConfiguration' && seesPods(rules))
    .filter((webhook) => productsOf(webhook, [...verifiers, ...engines]).length === 0)
    .map((webhook) => ({ name: `webhook ${webhook.name}`, evidence: verifierEvidence({ name: 'not a product that is known', webhook }) }));

/** Admission policies of the API server that look at the images of new pods and deny: they can demand a registry or a digest, not a signature. */
export const imagePoliciesIn = ({ policies }: AdmissionFact): readonly Perhaps[] =>
  policies
    .filter(
      ({ rules, denyBindings, expressions }) =>
        seesPods(rules) && denyBindings.length > 0 && expressions.some((expression) => /\bimage\b/.test(expression)),
    )
    .map(({ name }) => ({
      name: `ValidatingAdmissionPolicy ${name}`,
      evidence: { source: `ValidatingAdmissionPolicy ${name}`, looked: 'expressions', found: 'looks at images of pods, and denies' },
    }));
