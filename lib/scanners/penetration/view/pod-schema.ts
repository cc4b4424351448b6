import { z } from 'zod';
import { Container as CommonContainer, Pod as CommonPod } from '../../configuration/workload-schema.ts';
import { listenWords } from './listen-flags.ts';

const Words = z.array(z.string()).nullish();

const Container = CommonContainer.extend({
  ports: z
    .array(
      z.object({
        containerPort: z.number().nullish(),
        hostPort: z.number().nullish(),
        hostIP: z.string().nullish(),
        protocol: z.string().nullish(),
      }),
    )
    .nullish(),
  /** Of init containers: `Always` makes one run beside the others. */
  restartPolicy: z.string().nullish(),
  command: Words,
  args: Words,
});
export type Container = z.infer<typeof Container>;

/** Arguments may hold anything: only those that say where a program listens are kept, and only where that is a port of the node. */
const reduced = (container: Container, hostNetwork: boolean): Container => {
  const { command, args, ...rest } = container;
  const words = hostNetwork ? listenWords([...(command ?? []), ...(args ?? [])]) : [];
  return words.length > 0 ? { ...rest, args: [...words] } : rest;
};

/** A pod (core/v1) as the configuration scan reads it, with its addresses and the ports it has. Idempotent, so that a recording passes it again. */
export const Pod = CommonPod.extend({
  spec: CommonPod.shape.spec.extend({ containers: z.array(Container), initContainers: z.array(Container).nullish() }),
  status: z.object({ phase: z.string().nullish(), podIPs: z.array(z.object({ ip: z.string().nullish() })).nullish() }).nullish(),
}).transform((pod) => {
  const reduce = (container: Container) => reduced(container, pod.spec.hostNetwork ?? false);
  const { initContainers } = pod.spec;
  return {
    ...pod,
    spec: {
      ...pod.spec,
      containers: pod.spec.containers.map(reduce),
      ...(initContainers ? { initContainers: initContainers.map(reduce) } : {}),
    },
  };
});
export type Pod = z.infer<typeof Pod>;
