// A process that writes records, evidence and secrets all the time, as a server with many scans does: `node backup-writer.ts <data folder>`.
import { setTimeout as wait } from 'node:timers/promises';
import { lockEngine } from '../../lib/adapters/local/durable/lock.ts';
import { createDurableTables } from '../../lib/adapters/local/durable/tables.ts';
import { systemClock } from '../../lib/adapters/local/system-clock.ts';
import { openDataFolder } from '../../lib/cli/serve/folder.ts';
import { createRecords } from '../../lib/records/index.ts';
import { scanFolder } from '../../lib/workflows/scan-run/store.ts';
import { must } from './answers.ts';
import { aCluster, aProject, scanAt } from './fleet.ts';

const [data = ''] = process.argv.slice(2);
const folder = must(await openDataFolder(data, systemClock, () => 'http://127.0.0.1'));
createDurableTables(folder.database);
const lock = must(lockEngine(folder.database, systemClock.now()));
// a lock that nobody can reach any more is collected, and gone
process.on('exit', () => lock.release());
const records = createRecords(folder.core);
must(await records.projects.create(aProject()));
must(await records.clusters.create(aCluster()));

for (let minute = 0; ; minute += 1) {
  const queuedAt = new Date(Date.parse('2026-01-01T00:00:00.000Z') + 60_000 * minute).toISOString();
  const scan = scanAt(queuedAt, { state: 'running', startedAt: queuedAt });
  const running = must(await records.scans.create(scan));
  const artefacts = [];
  for (const name of ['facts.json.gz', 'report.json', 'report.pdf']) {
    const body = Buffer.alloc(20_000 + (minute % 7) * 1000, `${scan.id}${name}`);
    const stored = must(
      await folder.objects.putIfAbsent(`${scanFolder(scan)}/${name}`, body, {
        contentType: 'application/json',
        retainUntil: '2027-01-01T00:00:00.000Z',
      }),
    );
    artefacts.push({ name, ...stored });
  }
  const manifest = {
    name: 'manifest.json',
    sequence: minute + 1,
    ...must(
      await folder.objects.putIfAbsent(`${scanFolder(scan)}/manifest.json`, Buffer.from(scan.id), { contentType: 'application/json' }),
    ),
  };
  must(await records.scans.replace(running, { ...scan, state: 'completed', endedAt: queuedAt, artefacts, manifest }));
  must(await folder.secrets.put('webhooks/one', `secret ${minute}`));
  must(await folder.signer.sign(Buffer.from(scan.id)));
  if (minute === 20) console.log('busy');
  await wait(1);
}
