import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { exampleNode } from '../../../test/support/node-files.ts';
import { seen, unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { anonymousAuth } from './anonymous-auth.check.ts';

const nodeFiles = unseen('Files on nodes were not asked for.');
const path = '/etc/kubernetes/authn.yaml';
/** An API server on cp1 whose file says this of anonymous callers. */
const file = (anonymous: string, flags: Readonly<Record<string, string>> = {}) => ({
  ...apiServer({ 'authentication-config': path, ...flags }),
  nodeFiles: seen([
    exampleNode({
      documents: { [path]: `apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\njwt: []\n${anonymous}` },
    }),
  ]),
});

export const cases = casesFor(anonymousAuth, [
  { name: 'off', expect: 'pass', given: { ...apiServer({ 'anonymous-auth': 'false' }), nodeFiles } },
  { name: 'on', expect: 'fail', given: { ...apiServer({ 'anonymous-auth': 'true' }), nodeFiles } },
  { name: 'not set, on by default', expect: 'fail', given: { ...apiServer({}), nodeFiles }, says: 'default true' },
  {
    name: 'decided in a file',
    expect: 'manual',
    given: { ...apiServer({ 'authentication-config': '/etc/kubernetes/authn.yaml' }), nodeFiles },
    says: 'authn.yaml',
  },
  {
    name: 'a flag beside the file decides, because the file may not then',
    expect: 'fail',
    given: { ...apiServer({ 'authentication-config': '/etc/kubernetes/authn.yaml', 'anonymous-auth': 'true' }), nodeFiles },
  },
  {
    name: 'a flag that turns it off beside a file for tokens',
    expect: 'pass',
    given: { ...apiServer({ 'authentication-config': '/etc/kubernetes/authn.yaml', 'anonymous-auth': 'false' }), nodeFiles },
  },
  {
    name: 'the process cannot tell a default from a choice when there is a file',
    expect: 'manual',
    given: {
      ...controlPlane([], { apiServerFlagz: flagz({ 'authentication-config': '/etc/kubernetes/authn.yaml', 'anonymous-auth': 'true' }) }),
      nodeFiles,
    },
  },
  {
    name: 'the process has it off',
    expect: 'pass',
    given: { ...controlPlane([], { apiServerFlagz: flagz({ 'authentication-config': '', 'anonymous-auth': 'false' }) }), nodeFiles },
  },
  { name: 'off in the file', expect: 'pass', given: file('anonymous: {enabled: false}'), says: 'anonymous.enabled' },
  { name: 'on in the file', expect: 'fail', given: file('anonymous:\n  enabled: true\n') },
  { name: 'nothing of it in the file, so that the default counts', expect: 'fail', given: file(''), says: 'not set' },
  {
    name: 'health paths only',
    expect: 'pass',
    given: file('anonymous:\n  enabled: true\n  conditions:\n  - path: /livez\n  - path: /readyz\n'),
    says: 'reach /livez, /readyz only',
  },
  {
    name: 'health paths, and what a new node reads',
    expect: 'manual',
    given: file(
      'anonymous:\n  enabled: true\n  conditions: [{path: /livez}, {path: /api/v1/namespaces/kube-public/configmaps/cluster-info}]',
    ),
    says: 'also reach /api/v1/namespaces/kube-public/configmaps/cluster-info;',
  },
  { name: 'off by a flag, whatever the file says', expect: 'pass', given: file('', { 'anonymous-auth': 'false' }) },
  { name: 'another file than expected', expect: 'manual', given: file('kind: {}'), says: 'is not understood' },
]);
