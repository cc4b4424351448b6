import type { ControlPlanePod } from '../../core/gate/index.ts';
import { isComponent, readFlags } from '../configuration/argv.ts';
import { programIn } from '../configuration/control-plane-schema.ts';
import { given } from '../configuration/listing.ts';
import { tagOf } from './images.ts';
import { isMirror, type Pod } from './pod-schema.ts';

/** The components of the control plane that run in a static pod, found by program or label. One that a shell starts has no flags that can be read. */
export const controlPlaneIn = (pod: Pod, ready: boolean): readonly ControlPlanePod[] => {
  const { metadata, spec } = pod;
  if (!isMirror(pod) || metadata.namespace !== 'kube-system') return [];
  return spec.containers.flatMap((container) => {
    const started = programIn(container, metadata.labels?.component);
    if (started === undefined || !isComponent(started.program)) return [];
    const flags = 'argv' in started ? readFlags(started.argv) : {};
    return given<ControlPlanePod>({
      component: started.program,
      node: spec.nodeName ?? '',
      name: metadata.name,
      ready,
      image: container.image ?? '',
      version: tagOf(container.image ?? ''),
      // a flag that is given more than once is a list, or its last value counts; joined, nothing is lost
      flags: Object.fromEntries(Object.entries(flags).map(([name, values]) => [name, values.join(',')])),
      environment: (container.env ?? []).map(({ name }) => name),
    });
  });
};
