import { gateCasesFor } from '../../check.ts';
import { examplePod } from '../../shared/examples.ts';
import { crashingPods } from './crashing-pods.check.ts';

export const cases = gateCasesFor(crashingPods, [
  { name: 'all well', given: { pods: [examplePod()] }, expect: 'pass' },
  { name: 'one that is just being started', given: { pods: [examplePod({ ready: false, waiting: 'ContainerCreating' })] }, expect: 'pass' },
  {
    name: 'two that crash',
    given: { pods: [examplePod({ waiting: 'CrashLoopBackOff' }), examplePod({ name: 'front-2', waiting: 'CrashLoopBackOff' })] },
    expect: 'fail',
    says: '2 pods are crashing or not starting, of shop/front',
  },
  { name: 'no image', given: { pods: [examplePod({ waiting: 'ImagePullBackOff' })] }, expect: 'fail', says: 'ImagePullBackOff' },
]);
