import { gateCasesFor } from '../../check.ts';
import { controlPlane, settings, unread } from './examples.ts';
import { inTreeUnregisterGates } from './in-tree-unregister-gates.check.ts';

const upgrade = '1.30.14 to 1.31.14';

export const cases = gateCasesFor(inTreeUnregisterGates, [
  { name: 'none', upgrade, given: { controlPlane: controlPlane(), settings: settings() }, expect: 'pass' },
  {
    name: 'in the configuration of kubelets',
    upgrade,
    given: { controlPlane: controlPlane(), settings: settings({ kubelet: { featureGates: { InTreePluginvSphereUnregister: true } } }) },
    expect: 'fail',
    says: 'kube-system/kubelet-config',
  },
  { name: 'long past it', given: { controlPlane: unread, settings: unread }, expect: 'not-applicable' },
]);
