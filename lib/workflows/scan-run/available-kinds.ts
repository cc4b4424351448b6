import type { ScanKind } from '../../reports/report.ts';

/** Kinds that this version of Gatehouse can run. Apart from their scanners, so that the API can name them without loading every check. */
export const availableKinds: readonly ScanKind[] = ['configuration', 'penetration', 'conformance'];
