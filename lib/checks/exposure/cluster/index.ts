import type { AnyStatement } from '../statement.ts';

export const clusterStatements: readonly AnyStatement[] = [];
