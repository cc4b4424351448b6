import { gateCasesFor } from '../../check.ts';
import { exampleBudget, examplePod } from '../../shared/examples.ts';
import { pdb } from './pdb.check.ts';

const pods = [examplePod(), examplePod({ name: 'front-2' })];
const closed = exampleBudget({ minAvailable: 2, disruptionsAllowed: 0, desiredHealthy: 2 });

export const cases = gateCasesFor(pdb, [
  { name: 'no budgets', given: { pods, budgets: [] }, expect: 'pass' },
  { name: 'one that lets a pod go', given: { pods, budgets: [exampleBudget()] }, expect: 'pass' },
  { name: 'one that lets none go', given: { pods, budgets: [closed] }, expect: 'fail', says: 'shop/front' },
  {
    name: 'one that may never lack one',
    given: { pods, budgets: [{ ...closed, maxUnavailable: 0 }] },
    expect: 'fail',
    says: 'maxUnavailable 0',
  },
  {
    name: 'the pods it keeps',
    given: { pods, budgets: [closed] },
    expect: 'fail',
    says: 'minAvailable 2, 2 of 2 healthy: lets none of 2 pods go',
  },
  {
    name: 'one that guards no pod',
    given: { pods, budgets: [exampleBudget({ selector: { matchLabels: { app: 'gone' } }, disruptionsAllowed: 0, expectedPods: 0 })] },
    expect: 'pass',
  },
  { name: 'one that guards nothing, by a selector of null', given: { pods, budgets: [{ ...closed, selector: null }] }, expect: 'pass' },
  {
    name: 'one that guards all of its namespace',
    given: { pods, budgets: [{ ...closed, name: 'all', selector: {} }] },
    expect: 'fail',
    says: 'shop/all',
  },
  {
    name: 'by an expression',
    given: { pods, budgets: [{ ...closed, selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['front', 'back'] }] } }] },
    expect: 'fail',
  },
  {
    name: 'one that guards a DaemonSet only',
    given: { pods: [examplePod({ owner: { kind: 'DaemonSet', name: 'agent' } })], budgets: [closed] },
    expect: 'pass',
  },
  {
    name: 'two on one pod, both generous',
    given: { pods, budgets: [exampleBudget(), exampleBudget({ name: 'all', selector: {} })] },
    expect: 'fail',
    says: 'shop/front, shop/all',
  },
  {
    name: 'unready pods and no word about them',
    given: { pods: [examplePod({ ready: false })], budgets: [exampleBudget({ disruptionsAllowed: 0, currentHealthy: 0 })] },
    expect: 'fail',
    says: 'unhealthyPodEvictionPolicy is not set',
  },
  {
    name: 'unready pods that may always go',
    given: {
      pods: [examplePod({ ready: false })],
      budgets: [exampleBudget({ disruptionsAllowed: 0, currentHealthy: 0, unhealthyPodEvictionPolicy: 'AlwaysAllow' })],
    },
    expect: 'pass',
  },
]);
