import { gateCasesFor } from '../../check.ts';
import { eventRecordQps0 } from './event-record-qps-0.check.ts';
import { settings, unread } from './examples.ts';

const upgrade = '1.36.3 to 1.37.2';
const rate = (eventRecordQPS: number) => ({ settings: settings({ kubelet: { featureGates: {}, eventRecordQPS } }) });

export const cases = gateCasesFor(eventRecordQps0, [
  { name: 'the default', upgrade, given: { settings: settings() }, expect: 'pass' },
  { name: '50', upgrade, given: rate(50), expect: 'pass' },
  { name: '0', upgrade, given: rate(0), expect: 'fail', says: 'kube-system/kubelet-config' },
  { name: 'before it', given: { settings: unread }, expect: 'not-applicable' },
]);
