import { seen, unseen } from '../../../core/facts/index.ts';
import { gateCasesFor } from '../../check.ts';
import { deprecated } from './deprecated.check.ts';
import { call, oldObject, use } from './examples.ts';

const apiUse = seen(use('2026-11-01T00:00:00Z'));
const address = oldObject('networking.k8s.io/v1beta1', 'IPAddress', '10.96.0.10');
const budget = oldObject('policy/v1beta1', 'PodDisruptionBudget', 'front', { foundBy: 'helm-release' });

export const cases = gateCasesFor(deprecated, [
  { name: 'nothing old', given: { oldObjects: [], apiUse }, expect: 'pass' },
  { name: 'what goes later', given: { oldObjects: [address], apiUse }, expect: 'fail', says: 'gone in 1.37' },
  { name: 'what goes now is not its business', upgrade: '1.36.3 to 1.37.2', given: { oldObjects: [address], apiUse }, expect: 'pass' },
  { name: 'a stored manifest that is too old already', given: { oldObjects: [budget], apiUse }, expect: 'fail', says: 'use policy/v1' },
  {
    name: 'who once wrote it so, long ago',
    given: { oldObjects: [{ ...budget, foundBy: 'managed-fields' }], apiUse },
    expect: 'pass',
  },
  {
    name: 'a caller of what goes later',
    given: { oldObjects: [], apiUse: seen(use('2026-11-20T00:00:00Z', [call('resource.k8s.io/v1beta1', 'resourceclaims', '1.38')])) },
    expect: 'fail',
    says: 'resource.k8s.io/v1beta1 resourceclaims',
  },
  {
    name: 'a caller of what has no end',
    given: { oldObjects: [], apiUse: seen(use('2026-11-20T00:00:00Z', [call('v1', 'endpoints', '')])) },
    expect: 'pass',
  },
  { name: 'no metrics', given: { oldObjects: [], apiUse: unseen('No right to read /metrics.') }, expect: 'unknown' },
  { name: 'newer than the data', upgrade: '1.37.2 to 1.38.0', given: { oldObjects: [], apiUse }, expect: 'unknown', says: '2026-11-28' },
]);
