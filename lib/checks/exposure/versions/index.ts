import type { AnyStatement } from '../statement.ts';

export const versionStatements: readonly AnyStatement[] = [];
