import type { Case } from '../../lib/checks/check.ts';
import type { WorkloadFact } from '../../lib/core/facts/index.ts';
import { seen, unseen } from '../../lib/core/facts/index.ts';
import { admission, apiServers, namespace, node, podRules, policy, restrictedContext, stock, webhook, withContext } from './workloads.ts';

type PodSecurityCase = Case<'namespaces' | 'workloads', 'admission' | 'components' | 'apiServerFlagz' | 'nodes'>;
type Given = PodSecurityCase['given'];

const shop = namespace('shop');
const strict = namespace('shop', 'restricted');
/** Runs as every level admits. */
const harmless = withContext(restrictedContext, { name: 'harmless' });
const given = { ...stock, workloads: [harmless] };

/**
 * Cases that every check of what namespaces let in must answer alike. `level` is the mildest one that keeps the offender out; `offender` lives in `shop`. `windows` puts
 * a Windows node into the cluster.
 */
export const casesOfPodSecurity = (
  level: 'baseline' | 'restricted',
  offender: WorkloadFact,
  windows = false,
): readonly PodSecurityCase[] => {
  const around: Omit<Given, 'namespaces'> = windows ? { ...given, nodes: seen([node('linux'), node('windows', 'w-2')]) } : given;
  const one = (
    name: string,
    expect: PodSecurityCase['expect'],
    more: Partial<Given> & Pick<Given, 'namespaces'>,
    says?: string,
  ): PodSecurityCase => ({
    name,
    expect,
    given: { ...around, ...more },
    ...(says === undefined ? {} : { says }),
  });
  const runs = { workloads: [harmless, offender] };
  const file = { components: apiServers({ 'admission-control-config-file': ['/etc/kubernetes/admission.yaml'] }) };
  const selector = { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['shop'] }] };
  const engine = (more: object = {}) => ({ admission: admission({ webhooks: [webhook('validate.engine.io', more)] }) });
  const vap = (more: object = {}) => ({ admission: admission({ policies: [policy('keep-out', more)] }) });
  return [
    one('level restricted', 'pass', { namespaces: [strict] }, 'level restricted'),
    one('level baseline', level === 'baseline' ? 'pass' : 'fail', { namespaces: [namespace('shop', 'baseline')] }),
    one('level privileged', 'fail', { namespaces: [namespace('shop', 'privileged')] }),
    one('no level', 'fail', { namespaces: [shop] }, 'none runs there now'),
    one('a level that is none', 'fail', { namespaces: [namespace('shop', 'Restricted')] }, 'which is no level'),
    one(
      'levels that only warn and log',
      'fail',
      {
        namespaces: [
          namespace('shop', undefined, {
            'pod-security.kubernetes.io/warn': 'restricted',
            'pod-security.kubernetes.io/audit': 'restricted',
          }),
        ],
      },
      'which lets pods in',
    ),
    one('no level, and such a pod', 'fail', { ...runs, namespaces: [shop] }, `${offender.kind} shop/${offender.name}`),
    one('a level, and a pod from before', 'fail', { ...runs, namespaces: [strict] }, 'older than its label'),
    one('such a pod in another namespace', ['pass', 'fail'], {
      namespaces: [strict, namespace('web')],
      workloads: [{ ...offender, namespace: 'web' }],
    }),
    one("only the cluster's own namespaces", 'not-applicable', { namespaces: [namespace('kube-system'), namespace('kube-public')] }),
    one(
      "such a pod of the cluster's own",
      ['pass', 'not-applicable'],
      { namespaces: [strict, namespace('kube-system')], workloads: [{ ...offender, namespace: 'kube-system' }] },
      'kube-system/',
    ),
    one('a namespace that only looks like the cluster’s own', 'fail', { namespaces: [namespace('kube-tools')] }),
    one('a static pod, which nothing stops', ['pass', 'not-applicable'], {
      namespaces: [strict],
      workloads: [{ ...offender, isStatic: true }],
    }),
    one('defaults in a file', 'manual', { ...file, namespaces: [shop] }, '/etc/kubernetes/admission.yaml'),
    one('defaults in a file, and such a pod', 'fail', { ...file, ...runs, namespaces: [shop] }),
    one('defaults in a file, and a label that overrides them', 'fail', { ...file, namespaces: [namespace('shop', 'privileged')] }),
    one(
      'nobody knows of defaults',
      'unknown',
      { components: unseen('Looking needs list pods.'), namespaces: [shop] },
      'Looking needs list pods.',
    ),
    one('nobody knows of defaults, and a level', 'pass', { components: unseen('Looking needs list pods.'), namespaces: [strict] }),
    one('no mirror pods and no word of the API server', 'unknown', { components: seen([]), namespaces: [shop] }, 'No mirror pod'),
    one(
      'no mirror pods, but the word of the API server',
      'manual',
      { components: seen([]), apiServerFlagz: seen({ flags: { 'admission-control-config-file': '/etc/a.yaml' } }), namespaces: [shop] },
      '/etc/a.yaml',
    ),
    one(
      'the plugin is off on one API server',
      'fail',
      { components: apiServers({}, { 'disable-admission-plugins': ['PodSecurity,NodeRestriction'] }), namespaces: [strict] },
      '--disable-admission-plugins',
    ),
    one(
      'admission could not be read',
      'unknown',
      { admission: unseen('Looking needs list webhooks.'), namespaces: [shop] },
      'Looking needs list webhooks.',
    ),
    one('admission could not be read, but a level', 'pass', { admission: unseen('Looking needs list webhooks.'), namespaces: [strict] }),
    one('a policy engine', 'manual', { ...engine(), namespaces: [shop] }, 'webhook validate.engine.io'),
    one(
      'a policy engine that may be away',
      'manual',
      { ...engine({ failurePolicy: 'Ignore' }), namespaces: [shop] },
      'failurePolicy Ignore',
    ),
    one('a policy engine, and such a pod', 'fail', { ...engine(), ...runs, namespaces: [shop] }),
    one('a policy engine for other namespaces', 'fail', { ...engine({ namespaceSelector: selector }), namespaces: [shop] }),
    one('a webhook for other objects', 'fail', { ...engine({ rules: [{ ...podRules[0], resources: ['services'] }] }), namespaces: [shop] }),
    one('a webhook for other operations', 'fail', {
      ...engine({ rules: [{ ...podRules[0], operations: ['DELETE'] }] }),
      namespaces: [shop],
    }),
    one('a webhook for everything', 'manual', {
      ...engine({ rules: [{ apiGroups: ['*'], resources: ['*/*'], operations: ['*'] }] }),
      namespaces: [shop],
    }),
    one('a webhook that only changes pods', 'fail', { ...engine({ kind: 'MutatingWebhookConfiguration' }), namespaces: [shop] }),
    one('an admission policy', 'manual', { ...vap(), namespaces: [shop] }, 'ValidatingAdmissionPolicy keep-out'),
    one('an admission policy that does not deny', 'fail', { ...vap({ denyBindings: [] }), namespaces: [shop] }),
    one('an admission policy bound to other namespaces', 'fail', {
      ...vap({ denyBindings: [{ name: 'b', namespaceSelector: selector }] }),
      namespaces: [shop],
    }),
    one('an admission policy for other namespaces', 'fail', { ...vap({ namespaceSelector: selector }), namespaces: [shop] }),
    one(
      'more such workloads than anybody reads',
      'fail',
      { namespaces: [shop], workloads: Array.from({ length: 80 }, (_, index) => ({ ...offender, name: `app-${index}` })) },
      ' more',
    ),
  ];
};
