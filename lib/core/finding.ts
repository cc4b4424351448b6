import { z } from 'zod';
import type { Outcome } from './outcome.ts';

/** The thing a check judges. Names are the stable ones: the owning workload, not the pod; the role of a node where several nodes share it. */
export const Subject = z.object({
  /** Kubernetes kind, or `Cluster`, `File`, `Node`. */
  kind: z.string(),
  /** Namespace, for namespaced kinds. */
  namespace: z.string().optional(),
  /** Name of the object, path of a file, or role of several nodes. */
  name: z.string(),
  /** Container inside the workload, when the statement is about one. */
  container: z.string().optional(),
  /** Role of the node: `control-plane` or `worker`; part of the fingerprint in place of node names. */
  role: z.string().optional(),
  /** The node, when exactly one is concerned. */
  node: z.string().optional(),
  /** All nodes concerned, when the statement is about nodes; not part of the fingerprint, because a repave renames every node. */
  nodes: z.array(z.string()).optional(),
});
export type Subject = z.infer<typeof Subject>;

/** The subject as reports and waivers write it: `Deployment shop/front main`. */
export const subjectText = ({ kind, namespace, name, container }: Subject): string =>
  [kind, namespace === undefined ? name : `${namespace}/${name}`, ...(container === undefined ? [] : [container])].join(' ');

/** One look: where, at what, and what was seen. Never a secret. */
export const Evidence = z.object({
  /** Where it was read: an API object, an endpoint, a file on a node. */
  source: z.string(),
  /** What was looked at: a flag, a field, a path. */
  looked: z.string(),
  /** What was found there, in the cluster's own terms. */
  found: z.string(),
  /** The nodes on which exactly this was found, when nodes were asked. */
  nodes: z.array(z.string()).optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** What a check says of one subject. */
export interface Judgement {
  readonly subject: Subject;
  readonly outcome: Outcome;
  /** One sentence: what holds or does not hold, in this cluster. */
  readonly message: string;
  readonly evidence: readonly Evidence[];
  /** Overrides the check's own repair, where the cluster's case needs another one. */
  readonly repair?: string;
}
