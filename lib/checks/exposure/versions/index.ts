import type { AnyStatement } from '../statement.ts';
import { cveStatements } from './cve-statement.ts';
import { endOfLifeStatement } from './end-of-life.statement.ts';
import { flaws } from './flaws.ts';

export const versionStatements: readonly AnyStatement[] = [endOfLifeStatement, ...cveStatements(flaws)];
