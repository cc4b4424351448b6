import { gateCasesFor } from '../../check.ts';
import { controlPlane, kubeletFlags, settings, unread } from './examples.ts';
import { podInfraContainerImage } from './pod-infra-container-image.check.ts';

const upgrade = '1.34.3 to 1.35.4';

export const cases = gateCasesFor(podInfraContainerImage, [
  {
    name: 'other flags',
    upgrade,
    given: { controlPlane: controlPlane(), settings: kubeletFlags({ 'node-ip': '192.0.2.7' }) },
    expect: 'pass',
  },
  {
    name: 'set in a template',
    upgrade,
    given: { controlPlane: controlPlane(), settings: kubeletFlags({ 'pod-infra-container-image': 'x' }) },
    expect: 'fail',
    says: 'fleet/pool-a',
  },
  {
    name: 'kubelets that cannot be seen',
    upgrade,
    given: { controlPlane: controlPlane(), settings: settings() },
    expect: 'unknown',
    says: '--pod-infra-container-image',
  },
  {
    name: 'a way that does not cross it',
    upgrade: '1.32.4 to 1.32.11',
    given: { controlPlane: unread, settings: unread },
    expect: 'not-applicable',
  },
]);
