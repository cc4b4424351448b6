import { casesOfPodSecurity } from '../../../test/support/pod-security.ts';
import { namespace, node, stock, withContext, workload } from '../../../test/support/workloads.ts';
import { seen, unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { windowsHostProcess } from './windows-host-process.check.ts';

const around = { ...stock, nodes: seen([node('windows')]) };
export const cases = casesFor(windowsHostProcess, [
  ...casesOfPodSecurity('baseline', withContext({ hostProcess: true }), true),
  {
    name: 'by the pod',
    expect: 'fail',
    given: { ...around, namespaces: [namespace('shop', 'restricted')], workloads: [workload({ securityContext: { hostProcess: true } })] },
  },
  {
    name: 'taken back by the container',
    expect: 'pass',
    given: {
      ...around,
      namespaces: [namespace('shop', 'restricted')],
      workloads: [withContext({ hostProcess: false }, { securityContext: { hostProcess: true } })],
    },
  },
  {
    name: 'no Windows nodes',
    expect: 'not-applicable',
    given: { ...stock, namespaces: [namespace('shop')], workloads: [] },
    says: 'none of 1 node runs Windows',
  },
  {
    name: 'nodes that could not be read',
    expect: 'fail',
    given: { ...stock, nodes: unseen('No.'), namespaces: [namespace('shop')], workloads: [] },
  },
]);
