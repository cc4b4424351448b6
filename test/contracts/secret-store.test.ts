import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileSecrets } from '../../lib/adapters/local/file-secrets.ts';
import { must } from '../support/answers.ts';
import { describeSecretStore } from './secret-store.contract.ts';

describeSecretStore('folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-secrets-'));
  return { store: must(await openFileSecrets(join(folder, 'secrets'))), close: () => rm(folder, { recursive: true }) };
});
