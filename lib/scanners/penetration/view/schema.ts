import { z } from 'zod';
import { Node as NodeObject, RoleLabels } from '../../configuration/control-plane-schema.ts';

// Only fields that are used; what these let through passes them again.

const Uid = z.string();
const Address = z.object({ ip: z.string().nullish() });
const LoadBalancer = z.object({ loadBalancer: z.object({ ingress: z.array(Address).nullish() }).nullish() }).nullish();

/** A node with its UID and versions. */
export const Node = NodeObject.extend({
  metadata: z.object({ uid: Uid, name: z.string(), labels: RoleLabels }),
  status: NodeObject.shape.status.extend({
    nodeInfo: NodeObject.shape.status.shape.nodeInfo.extend({ kubeProxyVersion: z.string().nullish() }),
  }),
});
export type Node = z.infer<typeof Node>;

/** A Service (core/v1). */
export const Service = z.object({
  metadata: z.object({ uid: Uid, namespace: z.string(), name: z.string() }),
  spec: z.object({
    type: z.string().nullish(),
    clusterIP: z.string().nullish(),
    clusterIPs: z.array(z.string()).nullish(),
    externalIPs: z.array(z.string()).nullish(),
    externalTrafficPolicy: z.string().nullish(),
    selector: z.record(z.string(), z.string()).nullish(),
    ports: z
      .array(
        z.object({
          name: z.string().nullish(),
          appProtocol: z.string().nullish(),
          protocol: z.string().nullish(),
          port: z.number(),
          targetPort: z.union([z.number(), z.string()]).nullish(),
          nodePort: z.number().nullish(),
        }),
      )
      .nullish(),
  }),
  status: LoadBalancer,
});
export type Service = z.infer<typeof Service>;

/** An Ingress (networking.k8s.io/v1). */
export const Ingress = z.object({
  metadata: z.object({ uid: Uid, namespace: z.string(), name: z.string() }),
  spec: z
    .object({
      rules: z.array(z.object({ host: z.string().nullish() })).nullish(),
      tls: z.array(z.object({ hosts: z.array(z.string()).nullish() })).nullish(),
    })
    .nullish(),
  status: LoadBalancer,
});
export type Ingress = z.infer<typeof Ingress>;

/** Label by which an EndpointSlice belongs to a Service. */
export const serviceLabel = 'kubernetes.io/service-name';

/** An EndpointSlice (discovery.k8s.io/v1). */
export const EndpointSlice = z.object({
  metadata: z.object({ namespace: z.string(), labels: z.object({ [serviceLabel]: z.string().nullish() }).nullish() }),
  addressType: z.string(),
  endpoints: z
    .array(z.object({ addresses: z.array(z.string()), conditions: z.object({ ready: z.boolean().nullish() }).nullish() }))
    .nullish(),
  ports: z.array(z.object({ port: z.number().nullish() })).nullish(),
});
export type EndpointSlice = z.infer<typeof EndpointSlice>;

/** An APIService (apiregistration.k8s.io/v1). */
export const ApiService = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    service: z.object({ namespace: z.string().nullish(), name: z.string().nullish() }).nullish(),
    insecureSkipTLSVerify: z.boolean().nullish(),
  }),
  status: z
    .object({ conditions: z.array(z.object({ type: z.string(), status: z.string(), reason: z.string().nullish() })).nullish() })
    .nullish(),
});
export type ApiService = z.infer<typeof ApiService>;

/** The answer to a question about one's own rights. */
export const AccessReview = z.object({ status: z.object({ allowed: z.boolean() }) });
