import { apiServers, namespace, podRules, policy, stock, webhook } from '../../../test/support/workloads.ts';
import { seen, unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { imageProvenance } from './image-provenance.check.ts';

const { components, apiServerFlagz, nodes } = stock;
const given = {
  components,
  apiServerFlagz,
  nodes,
  admission: { webhooks: [], policies: [] },
  namespaces: [namespace('shop'), namespace('kube-system')],
  apiGroups: seen(['apps']),
};
const plugin = { 'enable-admission-plugins': ['NodeRestriction,ImagePolicyWebhook'] };
const having = (...webhooks: readonly ReturnType<typeof webhook>[]) => ({ ...given, admission: { webhooks, policies: [] } });
const onlyShop = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } };
const two = [namespace('shop'), namespace('web')];
const imageRule = policy('digests', { expressions: ["object.spec.containers.all(c, c.image.contains('@sha256:'))"] });
export const cases = casesFor(imageProvenance, [
  { name: 'nothing', expect: 'fail', given, says: 'NodeRestriction' },
  { name: 'nothing, and where that was looked for', expect: 'fail', given, says: 'what may verify images of new pods' },
  {
    name: 'a webhook of somebody',
    expect: 'manual',
    given: having(webhook('images.example.com')),
    says: 'Webhook images.example.com may verify images',
  },
  {
    name: 'a webhook that changes pods and refuses none',
    expect: 'fail',
    given: having(webhook('vpa.k8s.io', { kind: 'MutatingWebhookConfiguration' })),
  },
  { name: 'the plugin', expect: 'pass', given: { ...given, components: apiServers(plugin, plugin) }, says: 'ImagePolicyWebhook' },
  { name: 'the plugin on one API server of two', expect: 'fail', given: { ...given, components: apiServers(plugin, {}) }, says: '1 of 2' },
  {
    name: 'flags that could not be read',
    expect: 'unknown',
    given: { ...given, components: unseen('Looking needs list pods.') },
    says: 'Looking needs list pods.',
  },
  {
    name: 'the word of the API server',
    expect: 'pass',
    given: { ...given, components: seen([]), apiServerFlagz: seen({ flags: { 'enable-admission-plugins': '[ImagePolicyWebhook]' } }) },
  },
  { name: 'Sigstore', expect: 'pass', given: having(webhook('policy.sigstore.dev')), says: 'Sigstore policy-controller verifies' },
  {
    name: 'Connaisseur, which changes tags into digests',
    expect: 'pass',
    given: having(webhook('connaisseur-svc.connaisseur.svc', { kind: 'MutatingWebhookConfiguration' })),
  },
  {
    name: 'a verifier that may be away',
    expect: 'fail',
    given: having(webhook('policy.sigstore.dev', { failurePolicy: 'Ignore' })),
    says: 'no namespace depends on its answer',
  },
  {
    name: 'a verifier for one namespace of two',
    expect: 'manual',
    given: { ...having(webhook('policy.sigstore.dev', onlyShop)), namespaces: two },
    says: 'not surely in web',
  },
  {
    name: 'a verifier for no namespace',
    expect: 'fail',
    given: having(webhook('policy.sigstore.dev', { namespaceSelector: { matchLabels: { 'policy.sigstore.dev/include': 'true' } } })),
  },
  {
    name: 'a webhook of a verifier that is not asked about pods',
    expect: 'fail',
    given: having(webhook('policy.sigstore.dev', { rules: podRules.map((rule) => ({ ...rule, resources: ['x'] })) })),
  },
  {
    name: 'Kyverno, which may verify images',
    expect: 'manual',
    given: having(webhook('validate.kyverno.svc-fail')),
    says: 'Kyverno may verify images',
  },
  {
    name: 'Ratify, by its API group',
    expect: 'manual',
    given: { ...given, apiGroups: seen(['config.ratify.deislabs.io']) },
    says: 'Ratify may verify',
  },
  {
    name: 'an admission policy about images',
    expect: 'manual',
    given: { ...given, admission: { webhooks: [], policies: [imageRule] } },
    says: 'ValidatingAdmissionPolicy digests',
  },
  {
    name: 'an admission policy about something else',
    expect: 'fail',
    given: { ...given, admission: { webhooks: [], policies: [policy('p')] } },
  },
]);
