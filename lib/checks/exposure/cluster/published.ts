import type { Subject } from '../../../core/finding.ts';
import type { ServiceView } from '../../../core/probing/index.ts';

/** Whether a Service is reached from outside the cluster. */
export const isPublished = ({ type, externalIPs }: ServiceView): boolean =>
  type === 'NodePort' || type === 'LoadBalancer' || externalIPs.length > 0;

export const serviceSubject = ({ namespace, name }: ServiceView) => ({ kind: 'Service', namespace, name }) satisfies Subject;

/** How a Service is reached, for evidence. */
export const howPublished = ({ type, externalIPs, ports, externalTrafficPolicy }: ServiceView): string =>
  [
    type,
    ...ports.flatMap(({ nodePort }) => (nodePort === undefined ? [] : [`node port ${nodePort}`])),
    ...externalIPs.map((ip) => `external IP ${ip}`),
    ...(externalTrafficPolicy === undefined ? [] : [`externalTrafficPolicy ${externalTrafficPolicy}`]),
  ].join(', ');
