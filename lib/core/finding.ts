import { z } from 'zod';
import type { Outcome, Severity } from './outcome.ts';

export const vantages = ['external', 'internal'] as const;
export const Vantage = z.enum(vantages).meta({
  id: 'Vantage',
  description: 'From where something was seen: `external` is the network Gatehouse runs in, `internal` a pod of the cluster.',
});
export type Vantage = z.infer<typeof Vantage>;

export const Certainty = z.enum(['confirmed', 'potential']).meta({
  id: 'Certainty',
  description:
    '`confirmed`: the behaviour was seen. `potential`: concluded from a version alone; a vendor may have mended it under the same number.',
});
export type Certainty = z.infer<typeof Certainty>;

export const Subject = z
  .object({
    kind: z.string().describe('Kubernetes kind, or `Cluster`, `File`, `Node`'),
    namespace: z.string().optional().describe('Namespace, for namespaced kinds'),
    name: z.string().describe('Name of the object, path of a file, or role of several nodes'),
    container: z.string().optional().describe('Container inside the workload, when the statement is about one'),
    package: z
      .string()
      .optional()
      .describe('Package inside an image with its ecosystem, when the statement is about one: `Debian/openssl`, `npm/lodash`'),
    port: z.string().optional().describe('Port and transport, `10250/tcp`, when the statement is about one that listens'),
    endpoints: z
      .array(z.string())
      .optional()
      .describe('Addresses with their port at which that listens, `10.0.0.4:10250`; not part of the fingerprint, because addresses change'),
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

/** The subject as waivers name it: `Deployment shop/front main`, `Node worker 10250/tcp`, `Image docker.io/library/nginx Debian/openssl`. */
export const subjectName = ({ kind, namespace, name, container, package: found, port }: Subject): string =>
  [
    kind,
    namespace === undefined ? name : `${namespace}/${name}`,
    ...(container === undefined ? [] : [container]),
    ...(found === undefined ? [] : [found]),
    ...(port === undefined ? [] : [port]),
  ].join(' ');

/** Addresses a line of a report has room for. */
const mostEndpoints = 4;

/** The subject as reports write it: its name, and where it listens: `Node worker 10250/tcp at 10.0.0.5:10250, 10.0.0.6:10250`. */
export const subjectText = (subject: Subject): string => {
  const endpoints = subject.endpoints ?? [];
  if (endpoints.length === 0) return subjectName(subject);
  const more = endpoints.length - mostEndpoints;
  const named = more > 0 ? `${endpoints.slice(0, mostEndpoints).join(', ')} and ${more} more` : endpoints.join(', ');
  return `${subjectName(subject)} at ${named}`;
};

export const Evidence = z
  .object({
    source: z.string().describe('Where it was read: an API object, an endpoint, a file on a node'),
    looked: z.string().describe('What was looked at: a flag, a field, a path'),
    found: z.string().describe("What was found there, in the cluster's own terms"),
    nodes: z.array(z.string()).optional().describe('The nodes on which exactly this was found, when nodes were asked'),
    endpoints: z
      .array(z.string())
      .optional()
      .describe('The addresses and ports at which exactly this was found, when something was asked over the network'),
  })
  .meta({ id: 'Evidence', description: 'One look: where, at what, and what was seen. Never a secret.' });
export type Evidence = z.infer<typeof Evidence>;

export const Vulnerability = z
  .object({
    id: z.string().describe('The CVE where there is one'),
    aliases: z.array(z.string()).describe('Every other name of it'),
    package: z.string().describe('Name of the package as it is installed'),
    ecosystem: z.string().describe('Whose advisories say so, with the release: `Debian:12`, `npm`'),
    installed: z.array(z.string()).describe('Versions that are installed in the images of this repository'),
    fixed: z.array(z.string()).describe('First versions that are not affected any more; empty while nobody has a fix'),
    unscored: z.boolean().describe('Nobody rated it, so its severity `medium` is a guess'),
    score: z.number().optional().describe('CVSS base score'),
    vector: z.string().optional().describe('CVSS vector'),
    epss: z.number().optional().describe('Probability of exploitation within 30 days, 0 to 1 (EPSS)'),
    exploited: z.string().optional().describe('Since when CISA knows that it is exploited: ISO 8601 date'),
  })
  .meta({ id: 'Vulnerability', description: 'SBOM: a known vulnerability of an installed package.' });
export type Vulnerability = z.infer<typeof Vulnerability>;

/** What a check says of one subject. */
export interface Judgement {
  readonly subject: Subject;
  readonly outcome: Outcome;
  /** One sentence: what holds or does not hold, in this cluster. */
  readonly message: string;
  readonly evidence: readonly Evidence[];
  /** Overrides the check's own repair, where the cluster's case needs another one. */
  readonly repair?: string;
  /** Overrides the check's own severity, where the cluster's case is graver or milder. */
  readonly severity?: Severity;
  /** Whether it was seen or concluded from a version; only for what can be either. */
  readonly certainty?: Certainty;
  /** From where it was seen; only for what was looked at over the network. */
  readonly vantages?: readonly Vantage[];
  /** Which vulnerability of which package it is about; only for what was found in images. */
  readonly vulnerability?: Vulnerability;
}
