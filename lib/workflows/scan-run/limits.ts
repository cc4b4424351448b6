import type { ScanKind } from '../../reports/report.ts';

/** Minutes after which a run of a kind is given up. Apart from the scanners, so that upkeep can tell what is too old without loading every check. */
export const limitMinutes = { configuration: 60, penetration: 60, conformance: 400 } as const satisfies Partial<Record<ScanKind, number>>;

/** The limit of a kind, if this version of Gatehouse can run it. */
export const limitOf = (kind: ScanKind): number | undefined => (limitMinutes as Partial<Record<ScanKind, number>>)[kind];
