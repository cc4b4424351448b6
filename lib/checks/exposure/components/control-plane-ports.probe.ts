import { decidedBy } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';
import { bindToLoopback, componentLeaves, componentSigns } from './control-plane.ts';

const ports = [10257, 10259];

export const controlPlanePorts = defineProbe({
  id: 'exposure/components/control-plane-ports',
  covers: ['CMP-01'],
  title: 'Controller manager and scheduler answer nobody outside their node',
  severity: 'high',
  why: 'Their metrics and configuration name every namespace, node and queue; profiles show their memory, in which credentials of the cluster lie.',
  repair: bindToLoopback,
  techniques: ['T1133', 'T1613'],
  references: ['https://kubernetes.io/docs/reference/networking/ports-and-protocols/'],
  intrusiveness: 'reading',
  leaves: componentLeaves,
  doors: { places: ['node'], ports },
  ...decidedBy(...componentSigns('A component of the control plane', ports)),
});
