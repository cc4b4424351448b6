import { gateCasesFor } from '../../check.ts';
import { exampleWorkload } from '../../shared/examples.ts';
import { capi } from './capi.check.ts';

const runs = (tag: string) => ({
  workloads: [
    exampleWorkload({
      namespace: 'capi-system',
      name: 'capi-controller-manager',
      images: [`registry.k8s.io/cluster-api/cluster-api-controller:${tag}`],
    }),
  ],
});

export const cases = gateCasesFor(capi, [
  { name: '1.14 on 1.36', given: runs('v1.14.0'), expect: 'pass' },
  { name: '1.12 on 1.36, with the patch that allows it', given: runs('v1.12.8'), expect: 'pass' },
  { name: '1.12 on 1.36, before that patch', given: runs('v1.12.7'), expect: 'fail', says: '1.12.8 does' },
  {
    name: '1.13 on 1.31',
    upgrade: '1.30.14 to 1.31.14',
    given: runs('v1.13.2'),
    expect: 'fail',
    says: 'capi-system/capi-controller-manager',
  },
  { name: 'a Kubernetes without a row', upgrade: '1.36.3 to 1.37.2', given: runs('v1.14.0'), expect: 'unknown', says: '2026-08-21' },
  { name: 'a release without a row', given: runs('v1.9.4'), expect: 'unknown' },
  { name: 'none', given: { workloads: [exampleWorkload()] }, expect: 'not-applicable' },
]);
