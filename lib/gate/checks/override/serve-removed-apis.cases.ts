import { gateCasesFor } from '../../check.ts';
import { exampleComponents } from '../../shared/examples.ts';
import { serveRemovedApis } from './serve-removed-apis.check.ts';

export const cases = gateCasesFor(serveRemovedApis, [
  { name: 'not set', given: { controlPlane: exampleComponents('cp1') }, expect: 'pass' },
  {
    name: 'set',
    given: {
      controlPlane: exampleComponents('cp1').map((pod) => ({ ...pod, environment: ['KUBE_APISERVER_SERVE_REMOVED_APIS_FOR_ONE_RELEASE'] })),
    },
    expect: 'fail',
    says: 'kube-system/kube-apiserver-cp1',
  },
  { name: 'a managed control plane', given: { controlPlane: [] }, expect: 'not-applicable' },
]);
