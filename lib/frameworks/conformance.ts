import type { Framework } from './framework.ts';

/** A test that ran, as far as the table goes. */
export interface ConformanceRow {
  /** Id of its check. */
  readonly id: string;
  /** The group that owns it, e.g. `sig-node`. */
  readonly area: string;
  readonly hasPassed: boolean;
}

const areaTitles: Readonly<Record<string, string>> = {
  'sig-api-machinery': 'API machinery',
  'sig-apps': 'Workloads',
  'sig-architecture': 'Architecture',
  'sig-auth': 'Authentication and authorisation',
  'sig-autoscaling': 'Autoscaling',
  'sig-cli': 'kubectl',
  'sig-instrumentation': 'Events and metrics',
  'sig-network': 'Network',
  'sig-node': 'Nodes and pods',
  'sig-scheduling': 'Scheduling',
  'sig-storage': 'Storage',
};

/** The check that no run has: controls decided by it stay unknown. */
const cutOffCheck = 'conformance/cut-off';

/**
 * The table of a run: one control for each group of the project whose tests ran. The suite is a table of its own for every version of Kubernetes, so this one is made from what ran. Of a run that was cut off
 * nobody knows which tests were still to come: it decides a control only by a failure.
 */
export const conformanceFramework = (version: string, minor: number, tests: readonly ConformanceRow[], isWhole: boolean): Framework => {
  const byArea = Map.groupBy(tests, ({ area }) => area);
  const areas = [...byArea].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    id: 'kubernetes-conformance',
    version,
    minors: [minor, minor],
    controls: [
      ...areas.map(([area, own]) => ({
        id: area,
        title: areaTitles[area] ?? area,
        level: 1 as const,
        automated: true,
        checks: isWhole || own.some(({ hasPassed }) => !hasPassed) ? own.map(({ id }) => id) : [cutOffCheck],
      })),
      ...(isWhole
        ? []
        : [{ id: 'cut-off', title: 'Tests that the run did not come to', level: 1 as const, automated: true, checks: [cutOffCheck] }]),
    ],
  };
};
