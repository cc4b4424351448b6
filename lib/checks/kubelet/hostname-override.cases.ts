import { kubelet, silent } from '../../../test/support/control-plane.ts';
import { exampleNode } from '../../../test/support/node-files.ts';
import { seen, unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { hostnameOverride } from './hostname-override.check.ts';

const notLooked = unseen('Files and processes on the nodes were not looked at: scan with --node-facts.');
const started = (...argv: readonly string[]) => seen([exampleNode({ node: 'w1', role: 'worker', argv: { kubelet: argv } })]);

export const cases = casesFor(hostnameOverride, [
  {
    name: 'the kubelet says it is not set',
    expect: 'pass',
    given: { kubelets: [kubelet({}, { flags: { 'hostname-override': '' } })], nodeFiles: notLooked },
    says: '/flagz',
  },
  {
    name: 'the kubelet says it is',
    expect: 'fail',
    given: { kubelets: [kubelet({}, { flags: { 'hostname-override': 'other' } })], nodeFiles: notLooked },
    says: 'other',
  },
  {
    name: 'the process was started without',
    expect: 'pass',
    given: { kubelets: [kubelet({})], nodeFiles: started('--config=/var/lib/kubelet/config.yaml') },
    says: 'kubelet process',
  },
  {
    name: 'the process was started with it',
    expect: 'fail',
    given: { kubelets: [kubelet({})], nodeFiles: started('--hostname-override=other') },
  },
  {
    name: 'the process was started with it, as two words',
    expect: 'fail',
    given: { kubelets: [kubelet({})], nodeFiles: started('--hostname-override', 'other') },
  },
  {
    name: 'its value was not kept',
    expect: 'fail',
    given: { kubelets: [kubelet({})], nodeFiles: started('--hostname-override=(removed)') },
    says: 'given',
  },
  { name: 'set to nothing', expect: 'pass', given: { kubelets: [kubelet({})], nodeFiles: started('--hostname-override=') } },
  {
    name: 'the process is looked at even if the kubelet did not answer',
    expect: 'pass',
    given: { kubelets: [silent], nodeFiles: started('--v=2') },
  },
  { name: 'nobody looked', expect: 'unknown', given: { kubelets: [kubelet({})], nodeFiles: notLooked }, says: '--node-facts' },
  {
    name: 'the pod could not look on this node',
    expect: 'unknown',
    given: { kubelets: [kubelet({})], nodeFiles: seen([{ node: 'w1', role: 'worker', read: false, reason: 'The pod was not admitted.' }]) },
    says: 'not admitted',
  },
  {
    name: 'no kubelet process was found',
    expect: 'unknown',
    given: { kubelets: [kubelet({})], nodeFiles: seen([exampleNode({ node: 'w1', argv: {} })]) },
    says: 'no kubelet process',
  },
  {
    name: 'another node was looked at',
    expect: 'unknown',
    given: { kubelets: [kubelet({})], nodeFiles: seen([exampleNode({ node: 'w9' })]) },
  },
]);
