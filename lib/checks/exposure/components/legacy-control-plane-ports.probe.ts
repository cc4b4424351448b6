import { decidedBy } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';
import { componentLeaves, componentSigns } from './control-plane.ts';

/** Ports without TLS and without a login, gone since Kubernetes 1.23. Health is no milder here: whatever else is offered is offered to everybody. */
const ports = [10251, 10252];
const signs = componentSigns('An old port without a login of the control plane', ports).flatMap((sign) =>
  sign.outcome === 'fail' ? [{ ...sign, severity: 'high' as const }] : [],
);

export const legacyControlPlanePorts = defineProbe({
  id: 'exposure/components/legacy-control-plane-ports',
  covers: ['CMP-02'],
  title: 'The old ports without a login of controller manager and scheduler are closed',
  severity: 'high',
  why: 'These ports know neither TLS nor logins: metrics and profiles of the control plane are for anybody.',
  repair: 'Set `--port=0` for kube-controller-manager and kube-scheduler, or update to a version that has no such ports.',
  techniques: ['T1133', 'T1613'],
  references: ['https://github.com/kubernetes/kubernetes/pull/96345'],
  intrusiveness: 'reading',
  leaves: componentLeaves,
  doors: { places: ['node'], ports },
  ...decidedBy(...signs),
});
