import type { Network } from '../report.ts';

/** What one vantage tried and reached. */
export type Reach = Network['vantages'][number];

/** Ports at which nobody looked, as part of a list; empty where there are none. */
export const untriedText = ({ notAsked = 0, notAble = 0 }: Reach): string =>
  [notAsked > 0 && `, ${notAsked} not asked for want of time`, notAble > 0 && `, ${notAble} this machine could not connect to`]
    .filter((part) => typeof part === 'string')
    .join('');

/** The coverage line: what was tried and what answered. Formats that show the numbers themselves leave this sentence out of their statements. */
export const reachStatement = (one: Reach): string =>
  `From the ${one.vantage} vantage ${one.reached} of ${one.targets} targets were reached: ${one.ports} ports tried, ${one.open} open, ${one.closed} closed, ${one.filtered} filtered${untriedText(one)}; ${one.timedOut} of ${one.requests} requests timed out.`;

/** The statements of a report without the coverage lines of its vantages, for places that show their numbers apart. */
export const otherStatements = ({
  coverage,
  network,
}: {
  readonly coverage: { readonly statements: readonly string[] };
  readonly network?: Network | undefined;
}): readonly string[] => {
  const shown = new Set(network?.vantages.map(reachStatement));
  return coverage.statements.filter((statement) => !shown.has(statement));
};
