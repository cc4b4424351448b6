import type { Container, Pod } from './pod-schema.ts';
import { millicores, wholeUnits } from './quantity.ts';

type Resource = 'cpu' | 'memory';
const read = { cpu: millicores, memory: wholeUnits } as const;

const runsOn = ({ restartPolicy }: Container): boolean => restartPolicy === 'Always';

/**
 * What the scheduler sets aside for a pod: its containers with the init containers that run on beside them, or the peak while it starts, whichever is more, and the overhead of
 * its runtime. What the pod asks for as a whole counts instead of its containers.
 */
export const requestOf = ({ spec }: Pick<Pod, 'spec'>, resource: Resource): number => {
  const of = ({ resources }: Container): number => read[resource](resources?.requests?.[resource]);
  const overhead = read[resource](spec.overhead?.[resource]);
  const whole = spec.resources?.requests?.[resource];
  if (whole !== undefined && whole !== null) return read[resource](whole) + overhead;
  let beside = 0;
  let peak = 0;
  for (const init of spec.initContainers ?? []) {
    if (runsOn(init)) beside += of(init);
    peak = Math.max(peak, runsOn(init) ? beside : beside + of(init));
  }
  const running = spec.containers.reduce((sum, container) => sum + of(container), beside);
  return Math.max(running, peak) + overhead;
};
