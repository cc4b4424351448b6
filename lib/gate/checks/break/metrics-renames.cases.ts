import { seen } from '../../../core/facts/index.ts';
import type { GateCrd } from '../../../core/gate/index.ts';
import { gateCasesFor } from '../../check.ts';
import { unread } from './examples.ts';
import { metricsRenames } from './metrics-renames.check.ts';

const crd: GateCrd = {
  name: 'prometheusrules.monitoring.coreos.com',
  group: 'monitoring.coreos.com',
  kind: 'PrometheusRule',
  versions: [{ name: 'v1', served: true, storage: true, deprecated: false }],
  storedVersions: ['v1'],
  conversion: { strategy: 'None' },
  nonStructural: false,
  established: true,
};

export const cases = gateCasesFor(metricsRenames, [
  { name: 'no operator', given: { crds: seen([]) }, expect: 'pass' },
  { name: 'rules may be there', given: { crds: seen([crd]) }, expect: 'fail', says: 'prometheusrules' },
  { name: 'a way that does not cross it', upgrade: '1.34.3 to 1.35.4', given: { crds: unread }, expect: 'not-applicable' },
]);
