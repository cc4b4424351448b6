import { gateCasesFor } from '../../check.ts';
import { examplePod, nakedPod } from '../../shared/examples.ts';
import { nakedPods } from './naked-pods.check.ts';

export const cases = gateCasesFor(nakedPods, [
  { name: 'a pod of a Deployment', given: { pods: [examplePod()] }, expect: 'pass' },
  { name: 'a static pod', given: { pods: [nakedPod({ namespace: 'kube-system', isMirror: true })] }, expect: 'pass' },
  { name: 'a pod by itself', given: { pods: [nakedPod({ name: 'debug' })] }, expect: 'fail', says: 'shop/debug' },
]);
