import { apiServer, controlPlane } from '../../../test/support/control-plane.ts';
import { exampleNode } from '../../../test/support/node-files.ts';
import { seen, unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { auditPolicyContent } from './audit-policy-content.check.ts';

const path = '/etc/kubernetes/audit/policy.yaml';
const flag = { 'audit-policy-file': path };
const document = (text: string) => ({ ...apiServer(flag), nodeFiles: seen([exampleNode({ documents: { [path]: text } })]) });
const policy = (...rules: readonly string[]) =>
  document(`apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n${rules.map((rule) => `  - {${rule}}\n`).join('')}`);

const all = 'level: Metadata';
const secretThings =
  'level: Metadata, resources: [{group: "", resources: [secrets, configmaps]}, {group: authentication.k8s.io, resources: [tokenreviews]}]';
const everythingElse = 'level: RequestResponse';

export const cases = casesFor(auditPolicyContent, [
  { name: 'everything at Metadata', expect: 'pass', given: policy(all), says: 'requests for pods/exec' },
  { name: 'secret things at Metadata, all else with bodies', expect: 'pass', given: policy(secretThings, everythingElse) },
  { name: 'bodies of Secrets in the log', expect: 'fail', given: policy(everythingElse), says: 'logs the contents of secrets' },
  {
    name: 'bodies of what is written to Secrets',
    expect: 'fail',
    given: policy('level: Request'),
    says: 'secrets (create, update, patch, delete)',
  },
  {
    name: 'the first rule counts, not the strictest',
    expect: 'fail',
    given: policy('level: None, resources: [{group: "", resources: [secrets]}]', all),
    says: 'secrets (get, list, watch',
  },
  { name: 'nothing matches: not logged', expect: 'fail', given: policy(secretThings), says: 'pods/exec (get, create)' },
  {
    name: 'pods does not mean pods/exec',
    expect: 'fail',
    given: policy(secretThings, 'level: Metadata, resources: [{group: "", resources: [pods, services]}, {group: apps}]'),
    says: 'pods/exec (get, create)',
  },
  {
    name: 'sub-resources by wildcards',
    expect: 'pass',
    given: policy(
      secretThings,
      'level: Metadata, resources: [{group: "", resources: ["pods/*", "*/proxy"]}, {group: apps, resources: ["*"]}]',
    ),
  },
  {
    name: 'a shell over WebSockets is a get',
    expect: 'fail',
    given: policy(secretThings, 'level: Metadata, verbs: [create, update, patch, delete]'),
    says: 'pods/exec (get)',
  },
  {
    name: 'a group of its own for deployments',
    expect: 'fail',
    given: policy('level: Metadata, resources: [{group: ""}, {group: authentication.k8s.io}]'),
    says: 'deployments (create',
  },
  { name: 'rules for URLs that are no resources', expect: 'fail', given: policy('level: Metadata, nonResourceURLs: ["*"]') },
  {
    name: 'noise of Kubernetes itself may go',
    expect: 'pass',
    given: policy('level: None, users: ["system:kube-controller-manager"]', 'level: None, userGroups: ["system:nodes"], verbs: [get]', all),
  },
  { name: 'a person is left out', expect: 'manual', given: policy('level: None, users: [alice]', all), says: 'number 1' },
  { name: 'a namespace is left out', expect: 'manual', given: policy('level: None, namespaces: [monitoring]', all) },
  {
    name: 'objects are left out by name',
    expect: 'manual',
    given: policy('level: None, resources: [{group: "", resources: [configmaps], resourceNames: [leader]}]', all),
  },
  {
    name: 'names without resources mean nothing',
    expect: 'fail',
    given: policy('level: None, resources: [{group: "", resourceNames: [leader]}]', all),
  },
  {
    name: 'everybody who has logged in is left out',
    expect: 'fail',
    given: policy('level: None, userGroups: ["system:authenticated"]', all),
  },
  { name: 'only one person is logged', expect: 'fail', given: policy('level: Metadata, users: [alice]') },
  {
    name: 'bodies of one person are logged',
    expect: 'fail',
    given: policy('level: RequestResponse, users: [alice]', all),
    says: 'contents of secrets',
  },
  {
    name: 'only one namespace is logged, and what has none',
    expect: 'fail',
    given: policy('level: Metadata, namespaces: ["", kube-system]'),
  },
  {
    name: 'a namespace says nothing of what has none',
    expect: 'manual',
    given: policy('level: None, namespaces: [x], resources: [{group: authentication.k8s.io}, {group: apps}]', all),
    says: 'number 1',
  },
  {
    name: 'every stage that would be logged is left out',
    expect: 'fail',
    given: document(
      'kind: Policy\nomitStages: [RequestReceived]\nrules:\n  - {level: Metadata, omitStages: [ResponseStarted, ResponseComplete, Panic]}\n',
    ),
  },
  {
    name: 'one stage left out, as is usual',
    expect: 'pass',
    given: document('kind: Policy\nomitStages: [RequestReceived]\nrules:\n  - level: Metadata\n'),
  },
  { name: 'no rules', expect: 'fail', given: document('kind: Policy\nrules:\n') },
  { name: 'no policy', expect: 'unknown', given: document('kind: EncryptionConfiguration\n') },
  { name: 'no audit policy at all', expect: 'fail', given: { ...apiServer({}), nodeFiles: unseen('Nobody looked.') } },
  {
    name: 'nobody looked at nodes',
    expect: 'unknown',
    given: { ...apiServer(flag), nodeFiles: unseen('Nobody looked.') },
    says: 'Nobody looked.',
  },
  { name: 'no API server is seen', expect: 'unknown', given: { ...controlPlane([]), nodeFiles: unseen('Nobody looked.') } },
]);
