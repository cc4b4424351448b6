import { clusterStatements } from './cluster/index.ts';
import type { AnyStatement } from './statement.ts';
import { versionStatements } from './versions/index.ts';

export { probes } from './all-probes.ts';

/** Every statement that the API alone decides. */
export const statements: readonly AnyStatement[] = [...clusterStatements, ...versionStatements];
