import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEd25519Signer } from '../../lib/adapters/local/ed25519-signer.ts';
import { must } from '../support/answers.ts';
import { describeSigner } from './signer.contract.ts';

describeSigner('Ed25519 key in a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-signer-'));
  const signer = must(await openEd25519Signer(join(folder, 'signing.key')));
  return { signer, algorithm: 'ed25519', close: () => rm(folder, { recursive: true }) };
});
