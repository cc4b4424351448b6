import type { DoorState, Sight } from '../core/probing/index.ts';
import { penetrationFramework } from '../frameworks/penetration.ts';
import { finish } from '../reports/finish/index.ts';
import { reachStatement } from '../reports/renderers/reach.ts';
import type { Network, Report, Scan } from '../reports/report.ts';
import { penetrationScanner } from '../scanners/penetration/index.ts';
import type { ObservedPenetration } from '../scanners/penetration/options.ts';
import type { RunDescription } from './judge-facts.ts';

const describeScan = ({ cluster, view: { nodes } }: ObservedPenetration, run: RunDescription): Scan => ({
  id: run.scanId,
  kind: 'penetration',
  startedAt: run.startedAt,
  endedAt: run.endedAt,
  trigger: run.trigger,
  actor: run.actor,
  cluster: {
    ...cluster,
    nodes: nodes.read ? nodes.value.map(({ name, role, kubeletVersion, osImage = '' }) => ({ name, role, kubeletVersion, osImage })) : [],
  },
  tool: { name: 'gatehouse', version: run.toolVersion, scannerVersion: penetrationScanner.version },
  benchmark: { framework: penetrationFramework.id, version: penetrationFramework.version, range: 'any version', inRange: true },
});

const coverageOf = ({ vantage, doors, exchanges, timedOut }: Sight): Network['vantages'][number] => {
  const tcp = doors.filter(({ door }) => door.transport === 'tcp');
  const count = (...states: readonly string[]): number => tcp.filter(({ state }) => states.includes(state)).length;
  const [notAsked, notAble] = [count('unasked'), count('unable')];
  const owners = (some: typeof tcp): number => new Set(some.map(({ door }) => door.owner)).size;
  return {
    vantage,
    targets: owners(tcp),
    reached: owners(tcp.filter(({ state }) => state === 'open' || state === 'closed')),
    ports: tcp.length - notAsked - notAble,
    open: count('open'),
    closed: count('closed'),
    filtered: count('filtered', 'forbidden'),
    ...(notAsked > 0 ? { notAsked } : {}),
    ...(notAble > 0 ? { notAble } : {}),
    timedOut,
    requests: exchanges.length,
  };
};

const networkOf = ({ sights, refused }: ObservedPenetration): Network => ({
  vantages: sights.map(coverageOf),
  refused: [...refused],
  exchanges: sights.flatMap(({ vantage, exchanges }) => exchanges.map((one) => ({ ...one, vantage }))),
});

const refusedStatement = (count: number): string =>
  count === 1
    ? 'One address that the cluster names was not contacted; the annex says which and why.'
    : `${count} addresses that the cluster names were not contacted; the annex says which and why.`;

/** Ports, in words. */
const portsText = (count: number): string => (count === 1 ? 'One port was' : `${count} ports were`);

/** What was not tried, and why: whoever reads the numbers must know before trusting them. */
const untriedStatements = ({ sights, leftOut = [] }: ObservedPenetration): readonly string[] =>
  sights.flatMap(({ vantage, doors, exchanges }) => {
    const count = (state: DoorState): number => doors.filter((one) => one.state === state).length;
    const [unasked, unable] = [count('unasked'), count('unable')];
    const faults = [...new Set(exchanges.flatMap(({ answered }) => /^local-fault (\w+)/.exec(answered)?.[1] ?? []))].toSorted();
    const left = leftOut.filter((one) => one.vantage === vantage).reduce((sum, one) => sum + one.doors, 0);
    return [
      unasked > 0 &&
        `${portsText(unasked)} not tried from the ${vantage} vantage, because the time of the scan was over; what is behind is unknown. Name parts of the cluster as targets, and scan them one after the other.`,
      unable > 0 &&
        `${portsText(unable)} not tried from the ${vantage} vantage, because the machine that looked could not connect${faults.length > 0 ? ` (${faults.join(', ')})` : ''}; what is behind is unknown. Look at its limit of open files, its network and its firewall.`,
      left > 0 && `${portsText(left)} left out of the ${vantage} vantage, because other targets were named; what is behind is unknown.`,
    ].filter((sentence) => typeof sentence === 'string');
  });

const statementsFor = (facts: ObservedPenetration, network: Network): readonly string[] => {
  const unread = Object.values(facts.view).flatMap((slice) => (slice.read ? [] : [slice.reason]));
  return [
    ...network.vantages.map(reachStatement),
    ...network.vantages.flatMap(({ vantage, reached }) =>
      reached === 0
        ? [
            `Nothing was reached from the ${vantage} vantage, so it proves nothing: look at routes and firewalls between here and the cluster.`,
          ]
        : [],
    ),
    ...untriedStatements(facts),
    ...facts.blind.map(({ vantage, why }) => `Nobody could look from the ${vantage} vantage: ${why}`),
    ...(facts.refused.length > 0 ? [refusedStatement(facts.refused.length)] : []),
    ...new Set(unread),
  ];
};

/** From what a penetration scan observed to its report, without changes: judge → finish. Pure. */
export const judgePenetrationFacts = (facts: ObservedPenetration, run: RunDescription): Report => {
  const network = networkOf(facts);
  const report = finish({
    scan: describeScan(facts, run),
    framework: penetrationFramework,
    judged: penetrationScanner.judge(facts),
    waivers: run.waivers,
    statements: [...statementsFor(facts, network), ...run.statements],
  });
  return { ...report, network };
};
