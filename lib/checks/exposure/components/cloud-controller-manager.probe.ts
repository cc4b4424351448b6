import { decidedBy } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';
import { bindToLoopback, componentLeaves, componentSigns } from './control-plane.ts';

const ports = [10258];

export const cloudControllerManager = defineProbe({
  id: 'exposure/components/cloud-controller-manager',
  covers: ['CMP-03'],
  title: 'The cloud controller manager answers nobody outside its node',
  severity: 'medium',
  why: 'Its metrics name the cloud behind the cluster (for vSphere the vCenter and its version) and how nodes are found there.',
  repair: bindToLoopback,
  techniques: ['T1613'],
  references: ['https://github.com/kubernetes/cloud-provider-vsphere'],
  intrusiveness: 'reading',
  leaves: componentLeaves,
  doors: { places: ['node', 'published', 'service'], ports },
  ...decidedBy(...componentSigns('The cloud controller manager', ports)),
});
