import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../../adapters/local/database.ts';
import { openEd25519Signer } from '../../adapters/local/ed25519-signer.ts';
import { openFileObjects } from '../../adapters/local/file-objects.ts';
import { openFileSecrets } from '../../adapters/local/file-secrets.ts';
import { createSqliteRecords } from '../../adapters/local/sqlite-records.ts';
import { type Result, succeed } from '../../core/failure.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import type { Signer } from '../../ports/signer.ts';

/** Names in a data folder; `backup` and `restore` know them too. */
export const folderNames = { objects: 'evidence', secrets: 'secrets', signingKey: 'signing-key.pem' } as const;

/** Everything that lies in a data folder, opened. */
export interface DataFolder {
  readonly database: DatabaseSync;
  readonly core: RecordStore & { sweep(): number };
  readonly shortLived: RecordStore & { sweep(): number };
  readonly objects: ObjectStore;
  readonly secrets: SecretStore;
  readonly signer: Signer;
  /** Signs download links; new with every start, so links end with the process. */
  readonly linkSecret: Uint8Array;
}

/** Opens a data folder and makes what is not there yet. `baseUrl` is asked when a link is made: the port is known later. */
export const openDataFolder = async (folder: string, clock: Clock, baseUrl: () => string): Promise<Result<DataFolder>> => {
  const database = openDatabase(folder);
  if (!database.ok) return database;
  const linkSecret = randomBytes(32);
  const downloads = {
    secret: linkSecret,
    get baseUrl() {
      return baseUrl();
    },
  };
  const now = () => clock.now();
  const objects = await openFileObjects(join(folder, folderNames.objects), { now, downloads });
  const secrets = await openFileSecrets(join(folder, folderNames.secrets));
  const signer = await openEd25519Signer(join(folder, folderNames.signingKey));
  const broken = [objects, secrets, signer].find((one) => !one.ok);
  if (broken && !broken.ok) {
    database.value.close();
    return broken;
  }
  if (!objects.ok || !secrets.ok || !signer.ok) throw new Error('a part of the data folder is missing');
  return succeed({
    database: database.value,
    core: createSqliteRecords(database.value, { table: 'core', now }),
    shortLived: createSqliteRecords(database.value, { table: 'short', now }),
    objects: objects.value,
    secrets: secrets.value,
    signer: signer.value,
    linkSecret,
  });
};
