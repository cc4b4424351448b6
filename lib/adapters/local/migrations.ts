import { indexNames } from '../../ports/record-store.ts';

/**
 * One table of records with its sparse indexes. Places in an index are columns, so a record and its places change in one statement; a partial index holds only the records that have a place.
 * Text compares by its UTF-8 bytes (BINARY), as DynamoDB's sort keys do.
 */
const recordTable = (name: string): string => `
  CREATE TABLE ${name} (
    pk TEXT NOT NULL, sk TEXT NOT NULL, revision INTEGER NOT NULL, expires_at INTEGER, data TEXT NOT NULL,
    ${indexNames.map((index) => `${index}_pk TEXT, ${index}_sk TEXT`).join(', ')},
    PRIMARY KEY (pk, sk)
  ) STRICT;
  CREATE INDEX ${name}_expires ON ${name} (expires_at) WHERE expires_at IS NOT NULL;
  ${indexNames.map((index) => `CREATE INDEX ${name}_${index} ON ${name} (${index}_pk, ${index}_sk, pk, sk) WHERE ${index}_pk IS NOT NULL;`).join('\n')}`;

/** The schema's steps, in order; the number of steps done is the schema's version. A step that was released is never changed: add another. */
export const migrations: readonly string[] = [`${recordTable('core')}${recordTable('short')}`];
