import { z } from 'zod';
import type { Outcome } from './outcome.ts';

export const Subject = z
  .object({
    kind: z.string().describe('Kubernetes kind, or `Cluster`, `File`, `Node`'),
    namespace: z.string().optional().describe('Namespace, for namespaced kinds'),
    name: z.string().describe('Name of the object, path of a file, or role of several nodes'),
    container: z.string().optional().describe('Container inside the workload, when the statement is about one'),
    role: z.string().optional().describe('Role of the node: `control-plane` or `worker`; part of the fingerprint in place of node names'),
    node: z.string().optional().describe('The node, when exactly one is concerned'),
    nodes: z
      .array(z.string())
      .optional()
      .describe('All nodes concerned, when the statement is about nodes; not part of the fingerprint, because a repave renames every node'),
  })
  .meta({
    id: 'Subject',
    description:
      'The thing a check judges. Names are the stable ones: the owning workload, not the pod; the role of a node where several nodes share it.',
  });
export type Subject = z.infer<typeof Subject>;

/** The subject as reports and waivers write it: `Deployment shop/front main`. */
export const subjectText = ({ kind, namespace, name, container }: Subject): string =>
  [kind, namespace === undefined ? name : `${namespace}/${name}`, ...(container === undefined ? [] : [container])].join(' ');

export const Evidence = z
  .object({
    source: z.string().describe('Where it was read: an API object, an endpoint, a file on a node'),
    looked: z.string().describe('What was looked at: a flag, a field, a path'),
    found: z.string().describe("What was found there, in the cluster's own terms"),
    nodes: z.array(z.string()).optional().describe('The nodes on which exactly this was found, when nodes were asked'),
  })
  .meta({ id: 'Evidence', description: 'One look: where, at what, and what was seen. Never a secret.' });
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
