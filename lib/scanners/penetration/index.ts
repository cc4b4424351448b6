import { probes, statements } from '../../checks/exposure/index.ts';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { sweepLeftovers } from '../pods/sweep.ts';
import type { Scanner } from '../scanner.ts';
import { type JudgedExposure, judgeProbes } from './judge/judge-probes.ts';
import { judgeStatements } from './judge/judge-statements.ts';
import { observePenetration } from './observe.ts';
import type { ObservedPenetration, PenetrationOptions, PenetrationTicket } from './options.ts';
import { probeHome, probePodNeeds } from './pod/home.ts';
import { penetrationNeeds } from './view/index.ts';

export { type PenetrationPlan, planPenetration } from './observe.ts';
export type * from './options.ts';
export { defaultProbeImage, probeHome } from './pod/home.ts';

const looksFromInside = ({ vantages }: PenetrationOptions): boolean => vantages?.includes('internal') === true;

/** Everything probes and statements say. Pure. */
export function* judgePenetration(facts: ObservedPenetration): Generator<JudgedExposure> {
  yield* judgeProbes(probes, facts);
  yield* judgeStatements(statements, facts, facts.observedAt);
}

/** What an attacker on the network, and inside a pod, can reach and do. */
export const penetrationScanner: Scanner<PenetrationOptions, PenetrationTicket, ObservedPenetration, Iterable<JudgedExposure>> = {
  kind: 'penetration',
  version: 1,
  needs: (options) => [...penetrationNeeds, ...(looksFromInside(options) ? probePodNeeds : [])],
  start: async ({ cluster, scanId }, options, { probing }): Promise<Result<PenetrationTicket>> =>
    probing
      ? succeed({ cluster, scanId, options })
      : failed('input-invalid', 'A penetration scan needs the network, and a recording has none; name a cluster.'),
  poll: (ticket, ports) => observePenetration(ticket, ports),
  judge: judgePenetration,
  cleanUp: async ({ scanId, options }, { cleaner, now, sleep }) =>
    cleaner && looksFromInside(options) ? sweepLeftovers({ home: probeHome, access: cleaner, scanId, now, sleep }) : succeed([]),
};
