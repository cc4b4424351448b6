import { apiServer, controlPlane, flagz, instance, node } from '../../../test/support/control-plane.ts';
import { seen, unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { profiling } from './profiling.check.ts';

export const cases = casesFor(profiling, [
  { name: 'off', expect: 'pass', given: apiServer({ profiling: 'false' }), says: '--profiling=false' },
  { name: 'on', expect: 'fail', given: apiServer({ profiling: 'true' }) },
  { name: 'not set, on by default', expect: 'fail', given: apiServer({}), says: 'not set, default true' },
  {
    name: 'nodes disagree: each is judged',
    expect: ['pass', 'fail'],
    given: controlPlane([instance('kube-apiserver', { profiling: 'false' }), instance('kube-apiserver', {}, { node: 'cp2' })]),
  },
  {
    name: 'a value that only the kubelet could fill in',
    expect: 'unknown',
    given: apiServer({ profiling: '$(PROFILING)' }),
    says: '--profiling that cannot be read',
  },
  {
    name: 'a shell starts it',
    expect: 'unknown',
    given: apiServer({}, { unreadable: 'A shell starts kube-apiserver, so its flags cannot be read.' }),
    says: 'A shell',
  },
  {
    name: 'one of two control-plane nodes shows no pod',
    expect: ['pass', 'unknown'],
    given: controlPlane([instance('kube-apiserver', { profiling: 'false' })], {
      nodes: seen([node('cp1'), node('cp2'), node('w1', { role: 'worker' })]),
    }),
    says: 'none on cp2',
  },
  {
    name: 'no mirror pod: the process tells',
    expect: 'fail',
    given: controlPlane([], { apiServerFlagz: flagz({ profiling: 'true' }, 'cp1') }),
    says: '/flagz',
  },
  {
    name: 'pods may not be listed, but the process tells',
    expect: 'pass',
    given: controlPlane([], { components: unseen('Looking needs list pods.'), apiServerFlagz: flagz({ profiling: 'false' }) }),
  },
  {
    name: 'pods may not be listed, and there is no /flagz',
    expect: 'unknown',
    given: controlPlane([], { components: unseen('Looking needs list pods.') }),
    says: 'needs list pods',
  },
  { name: 'neither pod nor process', expect: 'unknown', given: controlPlane([]), says: 'look at its command line' },
]);
