import { checks } from '../../checks/index.ts';
import { type Judged, judge } from '../../checks/judge.ts';
import type { ClusterIdentity, ConfigurationFacts, NodeFilesFact, Slice } from '../../core/facts/index.ts';
import { succeed } from '../../core/failure.ts';
import { sweepLeftovers } from '../pods/sweep.ts';
import type { Scanner } from '../scanner.ts';
import { apiNeeds, kubeletProxyNeeds, nodeFactsNeeds, tokenSecretNeeds } from './needs.ts';
import { nodeFactsHome } from './node-facts/manifest.ts';
import { observeConfiguration } from './observe.ts';

export { defaultNodeFactsImage, nodeFactsHome, nodeFactsNamespace } from './node-facts/manifest.ts';

/** What the user chose. */
export interface ConfigurationOptions {
  /** Look at files and processes on every node, by one short-lived pod each. */
  readonly nodeFacts?: boolean | undefined;
  /** Image of that pod. */
  readonly nodeFactsImage?: string | undefined;
  /** Ask kubelets through the API server where they cannot be reached. */
  readonly kubeletProxy?: boolean | undefined;
  /** Name token Secrets; only `needs` asks, a scan uses the right when it is there. */
  readonly tokenSecrets?: boolean | undefined;
  /** Node facts that were recorded with an earlier scan. */
  readonly recordedNodeFiles?: Slice<readonly NodeFilesFact[]> | undefined;
}

export interface ConfigurationTicket {
  readonly cluster: ClusterIdentity;
  readonly options: ConfigurationOptions;
  readonly scanId: string;
}

/** CIS configuration security. */
export const configurationScanner: Scanner<ConfigurationOptions, ConfigurationTicket, ConfigurationFacts, Iterable<Judged>> = {
  kind: 'configuration',
  version: 1,
  needs: ({ nodeFacts, tokenSecrets, kubeletProxy }) => [
    ...apiNeeds,
    ...(nodeFacts ? nodeFactsNeeds : []),
    ...(tokenSecrets ? tokenSecretNeeds : []),
    ...(kubeletProxy ? kubeletProxyNeeds : []),
  ],
  start: async ({ cluster, scanId }, options) => succeed({ cluster, scanId, options }),
  poll: async (ticket, ports) => succeed(await observeConfiguration(ticket, ports)),
  judge: (facts) => judge(checks, facts),
  // node facts remove their own pods as soon as they have been read; this is for a scan that was cut off, and for what a killed one left
  cleanUp: async ({ scanId, options }, { cleaner, now, sleep }) =>
    cleaner && options.nodeFacts ? sweepLeftovers({ home: nodeFactsHome, access: cleaner, scanId, now, sleep }) : succeed([]),
};
