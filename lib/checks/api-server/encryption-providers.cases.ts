import { apiServer, controlPlane, flagz, instance } from '../../../test/support/control-plane.ts';
import { exampleNode, unreadNode } from '../../../test/support/node-files.ts';
import { seen, unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { encryptionProviders } from './encryption-providers.check.ts';

const path = '/etc/kubernetes/enc/enc.yaml';
const flag = { 'encryption-provider-config': path };
const head = 'apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n';
const keys = (name: string) => `      - ${name}:\n          keys:\n            - name: x\n              secret: x\n`;
const identity = '      - identity: {}\n';
const entry = (resources: string, ...providers: readonly string[]) =>
  `  - resources: [${resources}]\n    providers:\n${providers.join('')}`;

/** An API server on cp1 with this configuration. */
const given = (...entries: readonly string[]) => document(head + entries.join(''));
const document = (text: string) => ({ ...apiServer(flag), nodeFiles: seen([exampleNode({ documents: { [path]: text } })]) });
const nothing = unseen('Files on nodes were not asked for.');

export const cases = casesFor(encryptionProviders, [
  { name: 'aescbc first', expect: 'pass', given: given(entry('secrets', keys('aescbc'), identity)), says: 'entry 1 for secrets' },
  { name: 'secretbox first', expect: 'pass', given: given(entry('secrets', keys('secretbox'), identity)) },
  {
    name: 'kms first',
    expect: 'pass',
    given: given(entry('secrets', '      - kms: {apiVersion: v2, name: x, endpoint: unix:x}\n', identity)),
  },
  { name: 'everything, by a wildcard', expect: 'pass', given: given(entry("'*.*'", keys('aescbc'))) },
  { name: 'the core group, by a wildcard', expect: 'pass', given: given(entry("'*.'", keys('aescbc'))) },
  {
    name: 'identity first: everything is written in clear text',
    expect: 'fail',
    given: given(entry('secrets', identity, keys('aescbc'))),
    says: '`identity` comes first',
  },
  { name: 'identity alone', expect: 'fail', given: given(entry('secrets', identity)) },
  { name: 'aesgcm, which the benchmark does not accept', expect: 'fail', given: given(entry('secrets', keys('aesgcm'))), says: 'aesgcm' },
  {
    name: 'the second entry is weak',
    expect: 'fail',
    given: given(entry('secrets', keys('aescbc')), entry('configmaps', identity)),
    says: 'configmaps',
  },
  {
    name: 'the first entry that covers Secrets counts',
    expect: 'fail',
    given: given(entry('secrets', identity), entry("'*.*'", keys('aescbc'))),
  },
  {
    name: 'events left out of everything, as Kubernetes documents it',
    expect: 'pass',
    given: given(entry('events', identity), entry("'*.*'", keys('aescbc'))),
  },
  { name: 'Secrets are not among the resources', expect: 'fail', given: given(entry('configmaps', keys('aescbc'))), says: 'No entry' },
  { name: 'another group of the same word', expect: 'fail', given: given(entry('secrets.example.com', keys('aescbc'))) },
  {
    name: 'JSON on one line',
    expect: 'fail',
    given: document(
      '{"kind":"EncryptionConfiguration","resources":[{"resources":["secrets"],"providers":[{"identity":{}},{"aescbc":{"keys":[]}}]}]}',
    ),
  },
  { name: 'a provider that nobody knows', expect: 'unknown', given: given(entry('secrets', keys('x'))) },
  { name: 'no YAML', expect: 'unknown', given: document('kind: [') },
  { name: 'another kind', expect: 'unknown', given: document('kind: Policy\nrules: []\n') },
  { name: 'no providers', expect: 'unknown', given: document(`${head}  - resources: [secrets]\n    providers: []\n`) },
  {
    name: 'no configuration at all, also where nobody looked at nodes',
    expect: 'fail',
    given: { ...apiServer({}), nodeFiles: nothing },
    says: 'clear text',
  },
  {
    name: 'a configuration, and nobody looked at nodes',
    expect: 'unknown',
    given: { ...apiServer(flag), nodeFiles: nothing },
    says: 'not asked for',
  },
  {
    name: 'a node that could not be looked at',
    expect: ['pass', 'unknown'],
    given: {
      ...controlPlane([instance('kube-apiserver', flag), instance('kube-apiserver', flag, { node: 'cp2' })]),
      nodeFiles: seen([exampleNode({ documents: { [path]: head + entry('secrets', keys('aescbc')) } }), unreadNode()]),
    },
    says: 'never started',
  },
  {
    name: 'the file is not on the node',
    expect: 'unknown',
    given: { ...apiServer(flag), nodeFiles: seen([exampleNode()]) },
    says: 'by a volume of its pod',
  },
  {
    name: 'the file could not be read',
    expect: 'unknown',
    given: { ...apiServer(flag), nodeFiles: seen([exampleNode({ unreadable: { [path]: 'the node refused to show it' } })]) },
    says: 'refused to show it',
  },
  {
    name: 'an API server whose node is not known',
    expect: 'unknown',
    given: { ...controlPlane([], { apiServerFlagz: flagz(flag) }), nodeFiles: seen([exampleNode()]) },
    says: 'not known on which node',
  },
  { name: 'no API server is seen', expect: 'unknown', given: { ...controlPlane([]), nodeFiles: nothing } },
]);
