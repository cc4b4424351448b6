import { admission, apiServers, namespace, policy, stock, webhook, workload } from '../../../test/support/workloads.ts';
import { unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { policyControl } from './policy-control.check.ts';

const given = { ...stock, workloads: [workload()], namespaces: [namespace('shop')] };
export const cases = casesFor(policyControl, [
  { name: 'restricted', expect: 'pass', given: { ...given, namespaces: [namespace('shop', 'restricted')] } },
  { name: 'baseline', expect: 'pass', given: { ...given, namespaces: [namespace('shop', 'baseline')] }, says: 'level baseline' },
  { name: 'privileged, which asks nothing', expect: 'fail', given: { ...given, namespaces: [namespace('shop', 'privileged')] } },
  { name: 'nothing', expect: 'fail', given, says: 'which runs 1 workload' },
  { name: 'nothing, and nothing runs', expect: 'fail', given: { ...given, workloads: [] }, says: 'which runs no workloads' },
  { name: 'one of two', expect: ['pass', 'fail'], given: { ...given, namespaces: [namespace('shop'), namespace('web', 'restricted')] } },
  {
    name: 'an admission policy',
    expect: 'pass',
    given: { ...given, admission: admission({ policies: [policy('p')] }) },
    says: 'ValidatingAdmissionPolicy p',
  },
  {
    name: 'an admission policy that does not deny',
    expect: 'fail',
    given: { ...given, admission: admission({ policies: [policy('p', { denyBindings: [] })] }) },
  },
  {
    name: 'a webhook',
    expect: 'manual',
    given: { ...given, admission: admission({ webhooks: [webhook('v.kyverno.svc')] }) },
    says: 'webhook v.kyverno.svc',
  },
  {
    name: 'defaults in a file',
    expect: 'manual',
    given: { ...given, components: apiServers({ 'admission-control-config-file': ['/a.yaml'] }) },
    says: '/a.yaml',
  },
  {
    name: 'admission could not be read',
    expect: 'unknown',
    given: { ...given, admission: unseen('Looking needs x.') },
    says: 'Looking needs x.',
  },
  { name: "only the cluster's own namespaces", expect: 'not-applicable', given: { ...given, namespaces: [namespace('kube-system')] } },
]);
